package io.halcyon.check.file;

import io.halcyon.spi.check.CheckResult;
import java.nio.file.Path;

/**
 * The number in a file as a weight, as keepalived's {@code track_file} has it. Immutable.
 *
 * <p>Trackers add a positive weight while a check is UP and subtract a negative one while it is DOWN; so the sign decides.
 *
 * @param multiplier what the number is multiplied by
 */
record WeightNumber(int multiplier) {

    private static final int LIMIT = 253;

    CheckResult judge(Path file, String line) {
        if (!line.matches("[+-]?\\d{1,10}")) {
            return CheckResult.down(file + (line.isEmpty() ? " is empty" : " does not hold an integer"));
        }
        long number = Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, Long.parseLong(line)));
        return judge(number, "the number is " + number);
    }

    CheckResult judge(long number, String words) {
        if (multiplier == 0) {
            return number == 0
                    ? CheckResult.up(words).withWeight(0)
                    : CheckResult.down(words + ", not 0").withWeight(0);
        }
        long weight = number * multiplier;
        if (weight < -LIMIT) {
            // Weight 0 is keepalived's word for FAULT.
            return CheckResult.down(words + ", weight " + weight + " is below -" + LIMIT + " and means FAULT")
                    .withWeight(0);
        }
        int allowed = (int) Math.min(weight, LIMIT);
        var reason = words + ", weight " + allowed;
        return (allowed < 0 ? CheckResult.down(reason) : CheckResult.up(reason)).withWeight(allowed);
    }
}
