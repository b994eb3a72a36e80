package io.halcyon.linux.netlink;

import io.halcyon.linux.Errno;
import io.halcyon.linux.LinuxException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sends requests through a socket of its own and reads what the kernel answers. Not thread-safe: one owner at a time. */
final class Exchange implements AutoCloseable {

    private static final int ANSWER_TIMEOUT_MILLIS = 2_000;
    private static final int ATTEMPTS = 5;

    /** Writes one of several requests. */
    interface Requests {
        void write(MessageWriter writer, int position, int sequence);
    }

    /** Makes an object of a message, or null if it is not for us. */
    interface Reader<T> {
        @Nullable
        T read(Message message);
    }

    private final NetlinkSocket socket;
    private final int batch;
    private final MessageWriter writer;
    private int sequence;

    /**
     * Takes a socket over.
     *
     * @param batch requests that go out in one system call at most
     * @param largestBytes length of the longest request
     */
    Exchange(NetlinkSocket socket, int batch, int largestBytes) {
        this.socket = socket;
        this.batch = batch;
        this.writer = new MessageWriter(batch * largestBytes);
    }

    int port() {
        return socket.port();
    }

    /**
     * Makes changes in order. One that fails does not stop the others.
     *
     * @return those the kernel refused
     * @throws IOException if the kernel could not be asked; how much was done is unknown then
     */
    List<Refused> apply(int count, Requests changes) throws IOException {
        List<Refused> refused = new ArrayList<>();
        for (int start = 0; start < count; start += batch) {
            int from = start;
            int to = Math.min(from + batch, count);
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

    /**
     * Asks for what has one answer or many; if things change meanwhile, several times.
     *
     * @param request with {@code NLM_F_DUMP}, or {@code NLM_F_ACK} as the mark that no more answers follow
     */
    <T> List<T> ask(Requests request, Reader<T> reader) throws IOException {
        List<T> found = new ArrayList<>();
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            found.clear();
            if (askOnce(request, reader, found)) {
                return found;
            }
        }
        // Something changes all the time. The last picture is good enough: what changed since is an event.
        return found;
    }

    @Override
    public void close() {
        socket.close();
    }

    private void applyBatch(Requests changes, int from, int to, List<Refused> refused) throws IOException {
        int first = sequence + 1;
        writer.clear();
        for (int i = from; i < to; i++) {
            changes.write(writer, i, ++sequence);
        }
        writer.addFlagToLast(Netlink.NLM_F_ACK);
        socket.send(writer.written());
        // The kernel answers each message that fails, in order, and the last one in any case.
        answers(first, sequence, answer -> {
            if (answer.type() != Netlink.NLMSG_ERROR) {
                return false;
            }
            int errno = -answer.body().getInt(0);
            if (errno != 0) {
                refused.add(new Refused(from + answer.sequence() - first, errno, explanation(answer)));
            }
            return answer.sequence() == sequence;
        });
    }

    /** Whether the answer is whole: nothing changed and nothing was lost meanwhile. */
    private <T> boolean askOnce(Requests request, Reader<T> reader, List<T> found) throws IOException {
        writer.clear();
        request.write(writer, 0, ++sequence);
        socket.send(writer.written());
        boolean[] whole = {true};
        int[] errno = {0};
        try {
            answers(sequence, sequence, message -> {
                whole[0] &= !message.has(Netlink.NLM_F_DUMP_INTR);
                if (message.type() == Netlink.NLMSG_ERROR || message.type() == Netlink.NLMSG_DONE) {
                    // A dump that fails ends with its error.
                    errno[0] = message.body().limit() < 4 ? 0 : -message.body().getInt(0);
                    return true;
                }
                T read = reader.read(message);
                if (read != null) {
                    found.add(read);
                }
                return false;
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
