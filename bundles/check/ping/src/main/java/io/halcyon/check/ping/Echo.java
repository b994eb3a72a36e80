package io.halcyon.check.ping;

import io.halcyon.linux.socket.EchoSocket.Way;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One echo request that waits for its reply.
 *
 * @param way by which it went
 * @param data what the reply must bring back; nobody else can know it
 * @param outcome hears once what became of it, on the thread of the loop
 */
record Echo(Way way, ByteBuffer data, Outcome outcome) {

    /** Its data begin with so many octets that nobody can guess. */
    static final int RANDOM_BYTES = 16;

    /** What became of a request; nothing is said of one that nobody answers. */
    interface Outcome {

        /** The host answered. */
        void replied(long atNanos);

        /** It was not delivered, in somebody's words; null if nobody can answer any more. */
        void refused(@Nullable String words);
    }

    /** Whether this answers the request; others send and receive echoes too, and some would like to answer for the host. */
    boolean isAnsweredBy(EchoMessage.Answer answer, InetAddress sender) {
        if (answer instanceof EchoMessage.Reply reply) {
            return sender.equals(way.target()) && reply.data().equals(data);
        }
        if (answer instanceof EchoMessage.Refusal refusal) {
            return refusal.target().equals(way.target()) && isBeginning(refusal.data());
        }
        throw new AssertionError(answer);
    }

    /** Routers quote as much as they like, and may put something behind it. */
    private boolean isBeginning(ByteBuffer quoted) {
        int length = Math.min(quoted.remaining(), RANDOM_BYTES);
        return quoted.slice(0, length).equals(data.slice(0, length));
    }
}
