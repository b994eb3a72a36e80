package io.halcyon.linux.netlink;

import io.halcyon.linux.Errno;
import io.halcyon.linux.LinuxException;
import java.io.IOException;
import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Predicate;

/**
 * Connections that the kernel tracks, in the network namespace of the thread that opens it. Needs CAP_NET_ADMIN. Not thread-safe:
 * one owner at a time.
 */
public final class Conntrack implements AutoCloseable {

    private static final int GET = 1;
    private static final int DELETE = 2;
    private static final int BATCH = 200;
    private static final int LARGEST_BYTES = 192;
    private static final int RECEIVE_BUFFER_BYTES = 4 << 20;

    private final Exchange exchange;

    private Conntrack(Exchange exchange) {
        this.exchange = exchange;
    }

    public static Conntrack open() throws IOException {
        return new Conntrack(new Exchange(
                NetlinkSocket.open(Netlink.NETLINK_NETFILTER, 0, RECEIVE_BUFFER_BYTES), BATCH, LARGEST_BYTES));
    }

    /** Connections of both families that are wanted. */
    public List<TrackedConnection> connections(Predicate<TrackedConnection> wanted) throws IOException {
        return dump(0, wanted);
    }

    /** Those whose destination was translated: on kernels that can tell them apart (5.19) only they are read. */
    public List<TrackedConnection> translated(Predicate<TrackedConnection> wanted) throws IOException {
        return dump(
                TrackedConnection.STATUS_DESTINATION_TRANSLATED,
                connection -> connection.translated() && wanted.test(connection));
    }

    /** Forgets connections: what comes of them then is new, or belongs to nobody. Those that are gone already are no failure. */
    public void forget(List<TrackedConnection> connections) throws IOException {
        List<Refused> refused = exchange.apply(connections.size(), (writer, position, sequence) -> {
            TrackedConnection connection = connections.get(position);
            connection.write(Netfilter.begin(
                    writer,
                    Netfilter.type(Netfilter.SUBSYSTEM_CONNTRACK, DELETE),
                    0,
                    sequence,
                    connection.client() instanceof Inet6Address ? Netlink.AF_INET6 : Netlink.AF_INET));
            writer.end();
        });
        for (Refused one : refused) {
            if (one.errno() != Errno.ENOENT) {
                throw new LinuxException("deleting a tracked connection", one.errno());
            }
        }
    }

    @Override
    public void close() {
        exchange.close();
    }

    private List<TrackedConnection> dump(int status, Predicate<TrackedConnection> wanted) throws IOException {
        return exchange.ask(
                (writer, position, sequence) -> {
                    AttributeWriter attributes = Netfilter.begin(
                            writer,
                            Netfilter.type(Netfilter.SUBSYSTEM_CONNTRACK, GET),
                            Netlink.NLM_F_DUMP,
                            sequence,
                            Netfilter.FAMILY_ANY);
                    if (status != 0) {
                        attributes.bytes(TrackedConnection.STATUS, bigEndian(status));
                        attributes.bytes(TrackedConnection.STATUS_MASK, bigEndian(status));
                    }
                    writer.end();
                },
                message -> {
                    if (message.type() >> 8 != Netfilter.SUBSYSTEM_CONNTRACK) {
                        return null;
                    }
                    TrackedConnection connection = TrackedConnection.read(Netfilter.attributes(message));
                    return connection != null && wanted.test(connection) ? connection : null;
                });
    }

    static byte[] bigEndian(long value) {
        return ByteBuffer.allocate(4).putInt((int) value).array();
    }
}
