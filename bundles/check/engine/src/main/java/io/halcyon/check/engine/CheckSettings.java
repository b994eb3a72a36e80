package io.halcyon.check.engine;

import io.halcyon.api.check.Health;
import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Refusal;
import io.halcyon.settings.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a check has whatever its type; the type's own keys are still in the text. Immutable.
 *
 * @param name name of the check
 * @param text its configuration as it was written
 * @param type name of its type
 * @param intervals time between two starts
 * @param timeoutNanos limit of one run
 * @param rise successes in a row that make it UP
 * @param fall failures in a row that make it DOWN
 * @param weight for trackers without one of their own
 * @param init what it stands for before its first result
 * @param flapping when its verdict is held because it changes too often
 * @param unknownIsDown whether it is told as DOWN when nobody knows
 * @param log what of it gets into the log
 * @param warmupNanos within what its first look comes, at random; negative for its turn within a second
 * @param warnings what is allowed but hardly meant
 * @param refusal why it is there and does not look, null if it can
 */
record CheckSettings(
        String name,
        ConfigText text,
        String type,
        Intervals intervals,
        long timeoutNanos,
        int rise,
        int fall,
        Weight weight,
        Standing init,
        FlapDamping.Limits flapping,
        boolean unknownIsDown,
        LogPolicy log,
        long warmupNanos,
        List<String> warnings,
        @Nullable String refusal) {

    static final Schema<CheckKeys> SCHEMA = Schema.of(CheckKeys.class);

    /** What a check stands for of which nobody knows anything. */
    static final Standing NOT_YET = new Standing(Health.UNKNOWN, "it has not run yet");

    /** No warmup: checks that come together look one after the other. */
    static final long IN_TURN = -1;

    private static final double SHORTEST_SECONDS = 0.001;

    /** How far a check backs off if nothing is said of it. */
    private static final int USUAL_BACKOFF_LIMIT = 10;

    static CheckSettings of(ConfigText text) throws Refusal {
        var keys = text.bind(SCHEMA);
        var weight = Weight.parse(keys.weight());
        if (weight == null) {
            throw text.refuse("weight", Weight.ALLOWED);
        }
        var intervals = intervals(text, keys);
        double timeout = keys.timeout() == 0 ? keys.interval() : keys.timeout();
        return new CheckSettings(
                text.object(),
                text,
                keys.type(),
                intervals,
                nanos(timeout),
                keys.rise(),
                keys.fall(),
                weight,
                init(text, keys),
                new FlapDamping.Limits(keys.flap_changes(), nanos(keys.flap_window()), nanos(keys.flap_hold())),
                keys.unknown().equals("down"),
                LogPolicy.ofWord(keys.log()),
                text.has("warmup") ? nanos(keys.warmup()) : IN_TURN,
                isDefined(text.object()) ? List.of() : warnings(keys, intervals),
                null);
    }

    /** Of a text that is refused, and whose check is there nevertheless to say so. */
    static CheckSettings refused(ConfigText text, Refusal refusal) {
        return new CheckSettings(
                text.object(),
                text,
                text.written().getOrDefault("type", ""),
                Intervals.EVERY_SECOND,
                TimeUnit.SECONDS.toNanos(1),
                1,
                1,
                new Weight(0, false),
                NOT_YET,
                FlapDamping.Limits.OFF,
                false,
                LogPolicy.TRANSITIONS,
                IN_TURN,
                List.of(),
                refusal.getMessage());
    }

    long timeoutMillis() {
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(timeoutNanos));
    }

    private static Intervals intervals(ConfigText text, CheckKeys keys) throws Refusal {
        requireInterval(text, "interval.up", keys.interval_up());
        requireInterval(text, "interval.down", keys.interval_down());
        requireInterval(text, "interval.changing", keys.interval_changing());
        double down = or(keys.interval_down(), keys.interval());
        double downMax = or(keys.interval_down_max(), USUAL_BACKOFF_LIMIT * down);
        if (downMax < down) {
            throw text.refuse("interval.down.max", "0, or at least the interval while it is DOWN, " + plain(down));
        }
        return new Intervals(
                nanos(or(keys.interval_up(), keys.interval())),
                nanos(down),
                nanos(or(keys.interval_changing(), keys.interval())),
                keys.backoff(),
                nanos(downMax));
    }

    private static void requireInterval(ConfigText text, String key, double seconds) throws Refusal {
        if (seconds > 0 && seconds < SHORTEST_SECONDS) {
            throw text.refuse(key, "0, or a number from 0.001 to 86400");
        }
    }

    private static Standing init(ConfigText text, CheckKeys keys) throws Refusal {
        if (keys.init_fail()) {
            if (keys.init().equals("up")) {
                throw text.refuse("init", "unknown or down beside init.fail");
            }
            return new Standing(Health.DOWN, "init.fail: no success yet");
        }
        return switch (keys.init()) {
            case "up" -> new Standing(Health.UP, "init = up: no failure yet");
            case "down" -> new Standing(Health.DOWN, "init = down: no success yet");
            default -> NOT_YET;
        };
    }

    /** Of a check that has no file the times are somebody else's, who knows what they are good for. */
    private static boolean isDefined(String name) {
        return name.contains("/");
    }

    /** A hung run costs the next start; where no timeout is written, keepalived's default does the same without a word. */
    private static List<String> warnings(CheckKeys keys, Intervals intervals) {
        var warnings = new ArrayList<String>();
        if (keys.timeout() > 0 && nanos(keys.timeout()) >= intervals.shortestNanos()) {
            warnings.add("timeout = " + plain(keys.timeout()) + " is not shorter than " + shortest(keys, intervals)
                    + ": a run that hangs delays the next one");
        }
        return List.copyOf(warnings);
    }

    /** The key of the shortest interval, as it is or as it could be written. */
    private static String shortest(CheckKeys keys, Intervals intervals) {
        long nanos = intervals.shortestNanos();
        String key = nanos == nanos(keys.interval())
                ? "interval"
                : nanos == intervals.changingNanos()
                        ? "interval.changing"
                        : nanos == intervals.upNanos() ? "interval.up" : "interval.down";
        return key + " = " + plain(nanos / 1e9);
    }

    private static double or(double seconds, double otherwise) {
        return seconds == 0 ? otherwise : seconds;
    }

    private static String plain(double seconds) {
        return BigDecimal.valueOf(seconds).stripTrailingZeros().toPlainString();
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }
}
