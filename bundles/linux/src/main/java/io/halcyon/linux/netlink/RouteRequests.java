package io.halcyon.linux.netlink;

import java.io.IOException;
import java.util.List;

/** Asks the kernel for addresses and links, and to change addresses. Not thread-safe: one owner at a time. */
public final class RouteRequests implements AutoCloseable {

    /** Changes that go out in one system call; more are cut into batches. */
    public static final int BATCH = 250;

    private static final int RECEIVE_BUFFER_BYTES = 4 << 20;
    private static final int LARGEST_CHANGE_BYTES = 192;
    // RTEXT_FILTER_SKIP_STATS: counters are most of a link's message, and nobody here reads them.
    private static final int SKIP_STATISTICS = 8;

    private final Exchange exchange;

    private RouteRequests(NetlinkSocket socket) {
        exchange = new Exchange(socket, BATCH, LARGEST_CHANGE_BYTES);
    }

    public static RouteRequests open() throws IOException {
        return open(RECEIVE_BUFFER_BYTES);
    }

    static RouteRequests open(int receiveBufferBytes) throws IOException {
        return new RouteRequests(NetlinkSocket.open(0, receiveBufferBytes));
    }

    /** Index of an interface by its name, 0 if there is none. */
    public static int indexOf(String name) {
        return Libc.if_nametoindex(name);
    }

    /** Netlink port of this socket: notifications of IPv4 changes made through it carry it. */
    public int port() {
        return exchange.port();
    }

    /** All addresses of both families, in the kernel's order. */
    public List<KernelAddress> addresses() throws IOException {
        return exchange.ask(
                (writer, position, sequence) ->
                        dump(writer, Netlink.RTM_GETADDR, 8, sequence).end(),
                message -> message.type() == Netlink.RTM_NEWADDR ? KernelAddress.read(message) : null);
    }

    /** All interfaces. */
    public List<KernelLink> links() throws IOException {
        return exchange.ask(
                (writer, position, sequence) -> dump(writer, Netlink.RTM_GETLINK, 16, sequence)
                        .attributeU32(Netlink.IFLA_EXT_MASK, SKIP_STATISTICS)
                        .end(),
                message -> message.type() == Netlink.RTM_NEWLINK ? KernelLink.read(message) : null);
    }

    /**
     * Makes changes in order. One that fails does not stop the others.
     *
     * @return those the kernel refused
     * @throws IOException if the kernel could not be asked; how much was done is unknown then
     */
    public List<Refused> apply(List<? extends Change> changes) throws IOException {
        return exchange.apply(changes.size(), (writer, position, sequence) -> changes.get(position)
                .write(writer, sequence));
    }

    @Override
    public void close() {
        exchange.close();
    }

    private static MessageWriter dump(MessageWriter writer, int request, int headerBytes, int sequence) {
        writer.begin(request, Netlink.NLM_F_REQUEST | Netlink.NLM_F_DUMP, sequence);
        for (int i = 0; i < headerBytes; i += 4) {
            writer.u32(0);
        }
        return writer;
    }
}
