package io.halcyon.check.heartbeat;

import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/** Looks when the last beat came. */
final class HeartbeatCheck implements BlockingCheck {

    private final Pulse pulse;
    private final String source;
    private final long deadlineNanos;
    private final LongSupplier clock;
    private long beganNanos;
    private boolean began;

    HeartbeatCheck(Pulse pulse, String source, long deadlineNanos, LongSupplier clock) {
        this.pulse = pulse;
        this.source = source;
        this.deadlineNanos = deadlineNanos;
        this.clock = clock;
    }

    @Override
    public CheckResult look(long timeoutMillis) {
        long now = clock.getAsLong();
        if (!began) {
            began = true;
            beganNanos = now;
        }
        try {
            var beat = pulse.last(now);
            return beat == null ? silence(now - beganNanos) : judge(beat, now - beat.atNanos());
        } catch (IOException e) {
            return CheckResult.unknown("no beat can come by " + source + ": " + e.getMessage());
        }
    }

    /** After a start, an edit or an update the sender has as long as always; until then nothing is known that was not before. */
    private CheckResult silence(long nanos) {
        if (nanos <= deadlineNanos) {
            return CheckResult.hold("no beat by " + source + " yet, deadline is " + seconds(deadlineNanos));
        }
        return CheckResult.down("no beat by " + source + " within the deadline of " + seconds(deadlineNanos));
    }

    private CheckResult judge(Beat beat, long ageNanos) {
        var details = Map.of("age", seconds(Math.max(0, ageNanos)), "message", beat.message());
        if (ageNanos <= deadlineNanos) {
            return CheckResult.up("beats come in time").withDetails(details);
        }
        var said = beat.message().isEmpty() ? "" : ", it said: " + beat.message();
        // Without the age, which differs at every look: trackers are told of every new reason.
        return CheckResult.down("the last beat is older than the deadline of " + seconds(deadlineNanos) + said)
                .withDetails(details);
    }

    @Override
    public void close() {
        pulse.close();
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }
}
