package io.halcyon.vrrp.protocol;

import io.halcyon.api.vrrp.RouterState;
import io.halcyon.vrrp.protocol.Effect.Note;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A time in which the loop slept: what it was before, and what was found out after it. Owned by its {@link VirtualRouter}. */
final class Stall {

    private static final long NANOS_PER_MILLI = 1_000_000L;

    private boolean lasts;
    private RouterState before = RouterState.INIT;
    private long lateNanos;
    private long beganNanos;
    private @Nullable String loser;

    void begin(RouterState state, long late, long now) {
        lasts = true;
        before = state;
        lateNanos = late;
        beganNanos = now;
        loser = null;
    }

    /** While it lasts, packets are being read and nothing is sent. */
    boolean lasts() {
        return lasts;
    }

    /** When what arrived meanwhile began to be read. */
    long beganNanos() {
        return beganNanos;
    }

    /** Somebody advertised who is not to be master. */
    void lost(Advertisement advertisement, InetAddress from) {
        loser = from.getHostAddress() + " advertised only priority " + advertisement.priority();
    }

    String text() {
        return "stalled for " + lateNanos / NANOS_PER_MILLI + " ms";
    }

    void end(RouterState after, List<Effect> out) {
        lasts = false;
        if (before == RouterState.BACKUP) {
            out.add(new Note(Note.Kind.STALL, "stays BACKUP"));
        } else if (before == RouterState.MASTER && after == RouterState.MASTER) {
            out.add(new Note(
                    Note.Kind.STALL, "stays MASTER: " + (loser == null ? "nobody else advertised meanwhile" : loser)));
        } else if (before == RouterState.MASTER && after == RouterState.BACKUP) {
            out.add(new Note(Note.Kind.STALL, "another node is master now"));
        }
    }
}
