package io.halcyon.notify.syslog;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What was written last: the messages of the last two seconds before the newest one. Not thread-safe. */
final class Tail {

    private static final long SPAN_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int MOST = 64;

    private static final class Written {

        final byte[] message;
        final long nanos;

        Written(byte[] message, long nanos) {
            this.message = message;
            this.nanos = nanos;
        }
    }

    private final Deque<Written> messages = new ArrayDeque<>();

    void add(byte[] message, long nowNanos) {
        messages.add(new Written(message, nowNanos));
        while (messages.size() > MOST || nowNanos - messages.element().nanos > SPAN_NANOS) {
            messages.remove();
        }
    }

    /** All of them, oldest first; it is empty then. */
    List<byte[]> take() {
        var all = messages.stream().map(written -> written.message).toList();
        messages.clear();
        return all;
    }
}
