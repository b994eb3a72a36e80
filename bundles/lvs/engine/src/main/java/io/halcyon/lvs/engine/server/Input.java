package io.halcyon.lvs.engine.server;

import io.halcyon.api.lvs.RealServerHold;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that a virtual server is told. */
public sealed interface Input {

    /** Id of the event behind it, 0 if there is none. */
    default long cause() {
        return 0;
    }

    /** What an earlier run knew; only before the first {@link Configured}. */
    record Remembered(Memory memory) implements Input {}

    /**
     * Somebody had decided something by hand in an earlier run; only before the first {@link Configured}.
     *
     * @param deadlineNanos the hold's deadline on the clock of {@code nowNanos}, {@link Long#MAX_VALUE} for never
     * @param untilNanos the same of its end
     */
    record Restored(String realServer, RealServerHold hold, long deadlineNanos, long untilNanos) implements Input {}

    /**
     * The first configuration, or another one.
     *
     * @param known what checks with files of their own say already; others are not looked at
     */
    record Configured(ServerSettings settings, List<io.halcyon.api.check.Verdict> known) implements Input {
        public Configured {
            known = List.copyOf(known);
        }

        /** Where nothing is known of such checks. */
        public Configured(ServerSettings settings) {
            this(settings, List.of());
        }
    }

    /** What a check says now. */
    record Verdict(io.halcyon.api.check.Verdict verdict) implements Input {
        @Override
        public long cause() {
            return verdict.eventId();
        }
    }

    /** A check is gone; what it said last stays. */
    record VerdictGone(String check, long eventId) implements Input {
        @Override
        public long cause() {
            return eventId;
        }
    }

    /**
     * A host name has these addresses now.
     *
     * @param host the name that was asked for
     */
    record Resolved(String realServer, String host, List<InetAddress> addresses) implements Input {
        public Resolved {
            addresses = List.copyOf(addresses);
        }
    }

    /** A host name could not be resolved; what was known stays. */
    record ResolutionFailed(String realServer, String host, String reason) implements Input {}

    /** Whether the virtual server's address is on this host; it is not until this says so (ha.suspend only). */
    record AddressHere(boolean here) implements Input {}

    /**
     * A weight by hand.
     *
     * @param weight 0 to 2^31-1, -1 for the configured one
     * @param at wall clock time
     */
    record Weight(String realServer, int weight, Instant at) implements Input {}

    /**
     * No new connections from now on.
     *
     * @param reason why, may be empty
     * @param at wall clock time
     * @param deadline when its connections end, null for never
     * @param until when it returns by itself, null for not
     * @param deadlineNanos the deadline on the clock of {@code nowNanos}, {@link Long#MAX_VALUE} for never
     * @param untilNanos the same of the return
     */
    record Drain(
            String realServer,
            String reason,
            Instant at,
            @Nullable Instant deadline,
            @Nullable Instant until,
            long deadlineNanos,
            long untilNanos)
            implements Input {}

    /** New connections again. */
    record Undrain(String realServer) implements Input {}

    /** Its services are to be taken out of the data plane and put in anew. */
    record Rebuild() implements Input {}

    /** {@link VirtualServer#deadlineNanos()} is reached. */
    record Tick() implements Input {}

    /**
     * It ends. Nothing may follow.
     *
     * @param removed whether its configuration was removed; otherwise the node stops, and the data plane goes on as it is
     */
    record Stopping(boolean removed) implements Input {}
}
