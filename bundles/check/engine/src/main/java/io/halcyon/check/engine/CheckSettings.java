package io.halcyon.check.engine;

import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Refusal;
import io.halcyon.settings.Schema;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a check has whatever its type; the type's own keys are still in the text. Immutable.
 *
 * @param name name of the check
 * @param text its configuration as it was written
 * @param type name of its type
 * @param intervalNanos time between two starts
 * @param timeoutNanos limit of one run
 * @param rise successes in a row that make it UP
 * @param fall failures in a row that make it DOWN
 * @param weight for trackers without one of their own
 * @param initFail whether it starts as DOWN
 * @param warnings what is allowed but hardly meant
 */
record CheckSettings(
        String name,
        ConfigText text,
        String type,
        long intervalNanos,
        long timeoutNanos,
        int rise,
        int fall,
        Weight weight,
        boolean initFail,
        List<String> warnings) {

    static final Schema<CheckKeys> SCHEMA = Schema.of(CheckKeys.class);

    static CheckSettings of(ConfigText text) throws Refusal {
        var keys = text.bind(SCHEMA);
        var weight = Weight.parse(keys.weight());
        if (weight == null) {
            throw text.refuse("weight", Weight.ALLOWED);
        }
        double timeout = keys.timeout() == 0 ? keys.interval() : keys.timeout();
        return new CheckSettings(
                text.object(),
                text,
                keys.type(),
                nanos(keys.interval()),
                nanos(timeout),
                keys.rise(),
                keys.fall(),
                weight,
                keys.init_fail(),
                warnings(keys));
    }

    long timeoutMillis() {
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(timeoutNanos));
    }

    /** A hung run costs the next start; where no timeout is written, keepalived's default does the same without a word. */
    private static List<String> warnings(CheckKeys keys) {
        if (keys.timeout() < keys.interval()) {
            return List.of();
        }
        return List.of("timeout = " + plain(keys.timeout()) + " is not shorter than interval = "
                + plain(keys.interval()) + ": a run that hangs delays the next one");
    }

    private static String plain(double seconds) {
        return BigDecimal.valueOf(seconds).stripTrailingZeros().toPlainString();
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }
}
