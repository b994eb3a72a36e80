package io.halcyon.linux.netlink;

import io.halcyon.linux.LinuxException;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** Asks the kernel for addresses and links, and to change addresses and routes. Not thread-safe: one owner at a time. */
public final class RouteRequests implements AutoCloseable {

    /** Changes that go out in one system call; more are cut into batches. */
    public static final int BATCH = 250;

    private static final int RECEIVE_BUFFER_BYTES = 4 << 20;
    private static final int LARGEST_CHANGE_BYTES = 192;
    // RTEXT_FILTER_SKIP_STATS: counters are most of a link's message, and nobody here reads them.
    private static final int SKIP_STATISTICS = 8;

    /** Where {@code rtm_type} is in a {@code struct rtmsg}. */
    private static final int ROUTE_TYPE = 7;

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
     * Whether an IPv4 address is this host's own one: packets for it that come through this interface are taken, and answers
     * from it may leave. It need not be in the list of addresses.
     */
    public boolean isLocal(InetAddress address, int index) throws IOException {
        try {
            return exchange.ask(
                            (writer, position, sequence) -> question(writer, address, index, sequence),
                            message -> message.type() == Netlink.RTM_NEWROUTE
                                    ? Byte.toUnsignedInt(message.body().get(ROUTE_TYPE))
                                    : null)
                    .contains(Netlink.RTN_LOCAL);
        } catch (LinuxException e) {
            return false; // EINVAL: nothing may leave with this source
        }
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

    /** How a packet from an address to itself would go. */
    private static void question(MessageWriter writer, InetAddress address, int index, int sequence) {
        writer.begin(Netlink.RTM_GETROUTE, Netlink.NLM_F_REQUEST | Netlink.NLM_F_ACK, sequence);
        // rtmsg: family, dst_len, src_len, and nine octets that say nothing here
        writer.u8(Netlink.AF_INET).u8(32).u8(32).u8(0).u32(0).u32(0);
        writer.attribute(Netlink.RTA_DST, address);
        writer.attribute(Netlink.RTA_SRC, address);
        writer.attributeU32(Netlink.RTA_OIF, index);
        writer.end();
    }

    private static MessageWriter dump(MessageWriter writer, int request, int headerBytes, int sequence) {
        writer.begin(request, Netlink.NLM_F_REQUEST | Netlink.NLM_F_DUMP, sequence);
        for (int i = 0; i < headerBytes; i += 4) {
            writer.u32(0);
        }
        return writer;
    }
}
