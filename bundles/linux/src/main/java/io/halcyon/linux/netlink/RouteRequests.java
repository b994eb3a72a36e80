package io.halcyon.linux.netlink;

import io.halcyon.linux.Errno;
import io.halcyon.linux.LinuxException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks the kernel for addresses and links, and to change addresses. Not thread-safe: one owner at a time. */
public final class RouteRequests implements AutoCloseable {

    /** Changes that go out in one system call; more are cut into batches. */
    public static final int BATCH = 250;

    private static final int RECEIVE_BUFFER_BYTES = 4 << 20;
    private static final int LARGEST_CHANGE_BYTES = 192;
    private static final int ANSWER_TIMEOUT_MILLIS = 2_000;
    private static final int DUMP_ATTEMPTS = 5;
    // RTEXT_FILTER_SKIP_STATS: counters are most of a link's message, and nobody here reads them.
    private static final int SKIP_STATISTICS = 8;

    /** Makes an object of a message, or null if it is not for us. */
    private interface Reader<T> {
        @Nullable
        T read(Message message);
    }

    private final NetlinkSocket socket;
    private final MessageWriter writer = new MessageWriter(BATCH * LARGEST_CHANGE_BYTES);
    private int sequence;

    private RouteRequests(NetlinkSocket socket) {
        this.socket = socket;
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
        return socket.port();
    }

    /** All addresses of both families, in the kernel's order. */
    public List<KernelAddress> addresses() throws IOException {
        return dump(Netlink.RTM_GETADDR, Netlink.RTM_NEWADDR, 8, KernelAddress::read);
    }

    /** All interfaces. */
    public List<KernelLink> links() throws IOException {
        return dump(Netlink.RTM_GETLINK, Netlink.RTM_NEWLINK, 16, KernelLink::read);
    }

    /**
     * Makes changes in order. One that fails does not stop the others.
     *
     * @return those the kernel refused
     * @throws IOException if the kernel could not be asked; how much was done is unknown then
     */
    public List<Refused> apply(List<? extends Change> changes) throws IOException {
        List<Refused> refused = new ArrayList<>();
        for (int start = 0; start < changes.size(); start += BATCH) {
            int from = start;
            int to = Math.min(from + BATCH, changes.size());
            try {
                applyBatch(changes, from, to, refused);
            } catch (OverrunException e) {
                // Some answers are lost. Doing it again one by one is harmless, and tells which failed (what was added
                // the first time exists now).
                discardAnswers();
                refused.removeIf(lost -> lost.position() >= from);
                for (int i = from; i < to; i++) {
                    applyBatch(changes, i, i + 1, refused);
                }
            }
        }
        return refused;
    }

    @Override
    public void close() {
        socket.close();
    }

    private void applyBatch(List<? extends Change> changes, int from, int to, List<Refused> refused)
            throws IOException {
        int first = sequence + 1;
        writer.clear();
        for (int i = from; i < to; i++) {
            changes.get(i).write(writer, ++sequence);
        }
        writer.addFlagToLast(Netlink.NLM_F_ACK);
        socket.send(writer.written());
        // The kernel answers each message that fails, in order, and the last one in any case.
        answers(first, sequence, answer -> {
            int errno = -answer.body().getInt(0);
            if (errno != 0) {
                refused.add(new Refused(from + answer.sequence() - first, errno, explanation(answer)));
            }
            return answer.sequence() == sequence;
        });
    }

    private <T> List<T> dump(int request, int answer, int headerBytes, Reader<T> reader) throws IOException {
        List<T> found = new ArrayList<>();
        for (int attempt = 1; attempt < DUMP_ATTEMPTS; attempt++) {
            found.clear();
            if (dumpOnce(request, headerBytes, message -> {
                if (message.type() == answer) {
                    T read = reader.read(message);
                    if (read != null) {
                        found.add(read);
                    }
                }
            })) {
                return found;
            }
        }
        // Something changes all the time. The last picture is good enough: what changed since is an event.
        return found;
    }

    /** Whether the dump is whole: nothing changed and nothing was lost meanwhile. */
    private boolean dumpOnce(int request, int headerBytes, Consumer<Message> reader) throws IOException {
        writer.clear().begin(request, Netlink.NLM_F_REQUEST | Netlink.NLM_F_DUMP, ++sequence);
        for (int i = 0; i < headerBytes; i += 4) {
            writer.u32(0);
        }
        if (request == Netlink.RTM_GETLINK) {
            writer.attributeU32(Netlink.IFLA_EXT_MASK, SKIP_STATISTICS);
        }
        writer.end();
        socket.send(writer.written());
        boolean[] whole = {true};
        int[] errno = {0};
        try {
            answers(sequence, sequence, message -> {
                whole[0] &= !message.has(Netlink.NLM_F_DUMP_INTR);
                if (message.type() == Netlink.NLMSG_ERROR) {
                    errno[0] = -message.body().getInt(0);
                }
                reader.accept(message);
                return message.type() == Netlink.NLMSG_DONE || message.type() == Netlink.NLMSG_ERROR;
            });
        } catch (OverrunException e) {
            discardAnswers();
            return false;
        }
        if (errno[0] != 0) {
            throw new LinuxException("netlink dump", errno[0]);
        }
        return whole[0];
    }

    /** Reads answers to our sequence numbers until {@code last} says that this was the last one. */
    private void answers(int first, int lastSequence, Function<Message, Boolean> last) throws IOException {
        boolean[] done = {false};
        while (!done[0]) {
            ByteBuffer datagram = socket.receive();
            if (datagram == null) {
                awaitAnswer();
                continue;
            }
            Message.forEach(datagram, message -> {
                // Others are late answers to requests that were given up.
                if (message.sequence() - first >= 0 && message.sequence() - lastSequence <= 0) {
                    done[0] |= last.apply(message);
                }
            });
        }
    }

    /** After an overrun the kernel says nothing more, not even that, until its queue for us is empty. */
    private void discardAnswers() throws IOException {
        boolean empty = false;
        while (!empty) {
            try {
                empty = socket.receive() == null;
            } catch (OverrunException e) {
                empty = false;
            }
        }
    }

    private void awaitAnswer() throws IOException {
        long deadline = System.nanoTime() + ANSWER_TIMEOUT_MILLIS * 1_000_000L;
        while (!socket.await(ANSWER_TIMEOUT_MILLIS)) {
            if (System.nanoTime() - deadline >= 0) {
                throw new LinuxException("netlink answer", Errno.ETIMEDOUT);
            }
        }
    }

    /** The text behind an error: a capped answer repeats only the header of the request. */
    private static String explanation(Message answer) {
        if (!answer.has(Netlink.NLM_F_ACK_TLVS) || !answer.has(Netlink.NLM_F_CAPPED)) {
            return "";
        }
        String[] text = {""};
        answer.attributes(4 + Netlink.HEADER_BYTES, (type, value) -> {
            if (type == Netlink.NLMSGERR_ATTR_MSG) {
                text[0] = Text.of(value);
            }
        });
        return text[0];
    }
}
