package io.halcyon.linux.netlink;

import io.halcyon.linux.Errno;
import io.halcyon.linux.LinuxException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Speaks to one family of generic netlink, in the network namespace of the thread that opens it. Not thread-safe: one owner at
 * a time.
 */
public final class GenericRequests implements AutoCloseable {

    /** Requests that go out in one system call; more are cut into batches. */
    public static final int BATCH = 200;

    private static final int RECEIVE_BUFFER_BYTES = 1 << 20;
    private static final int CONTROL_VERSION = 2;

    private final Exchange exchange;
    private final int family;

    /** Makes an object of an answer, or null if it is not for us. */
    @FunctionalInterface
    public interface Reader<T> {
        @Nullable
        T read(int command, Attributes attributes);
    }

    private GenericRequests(Exchange exchange, int family) {
        this.exchange = exchange;
        this.family = family;
    }

    /**
     * Looks the family up, which makes the kernel load its module if there is one.
     *
     * @throws LinuxException with ENOENT if the kernel has no such family
     */
    public static GenericRequests open(String family) throws IOException {
        Exchange exchange = new Exchange(
                NetlinkSocket.open(Netlink.NETLINK_GENERIC, 0, RECEIVE_BUFFER_BYTES),
                BATCH,
                GenericRequest.LARGEST_BYTES);
        try {
            return new GenericRequests(exchange, number(exchange, family));
        } catch (IOException e) {
            exchange.close();
            throw e;
        }
    }

    /**
     * Makes changes in order. One that fails does not stop the others.
     *
     * @return those the kernel refused
     * @throws IOException if the kernel could not be asked; how much was done is unknown then
     */
    public List<Refused> apply(List<GenericRequest> changes) throws IOException {
        return exchange.apply(changes.size(), (writer, position, sequence) -> changes.get(position)
                .write(writer, family, 0, sequence));
    }

    /** Everything of a kind. */
    public <T> List<T> dump(GenericRequest request, Reader<T> reader) throws IOException {
        return ask(request, Netlink.NLM_F_DUMP, reader);
    }

    /** Answers to a request for one thing. */
    public <T> List<T> get(GenericRequest request, Reader<T> reader) throws IOException {
        return ask(request, Netlink.NLM_F_ACK, reader);
    }

    @Override
    public void close() {
        exchange.close();
    }

    private <T> List<T> ask(GenericRequest request, int flags, Reader<T> reader) throws IOException {
        return exchange.ask(
                (writer, position, sequence) -> request.write(writer, family, flags, sequence),
                message -> message.type() == family ? read(message, reader) : null);
    }

    private static <T> @Nullable T read(Message message, Reader<T> reader) {
        if (message.body().limit() < Netlink.GENL_HEADER_BYTES) {
            return null;
        }
        return reader.read(
                Byte.toUnsignedInt(message.body().get(0)), new Attributes(message.body(), Netlink.GENL_HEADER_BYTES));
    }

    private static int number(Exchange exchange, String family) throws IOException {
        GenericRequests control = new GenericRequests(exchange, Netlink.GENL_ID_CTRL);
        GenericRequest question = new GenericRequest(
                Netlink.CTRL_CMD_GETFAMILY,
                CONTROL_VERSION,
                attributes -> attributes.text(Netlink.CTRL_ATTR_FAMILY_NAME, family));
        try {
            List<Integer> numbers =
                    control.get(question, (command, attributes) -> attributes.u16(Netlink.CTRL_ATTR_FAMILY_ID));
            if (!numbers.isEmpty()) {
                return numbers.get(0);
            }
        } catch (LinuxException e) {
            throw new LinuxException("generic netlink family " + family, e.errno());
        }
        throw new LinuxException("generic netlink family " + family, Errno.ENOENT);
    }
}
