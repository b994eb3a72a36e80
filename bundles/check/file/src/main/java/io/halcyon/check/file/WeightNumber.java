package io.halcyon.check.file;

import io.halcyon.spi.check.CheckResult;
import java.nio.file.Path;

/**
 * The number in a file as a weight, as keepalived's {@code track_file} has it. Immutable.
 *
 * <p>Trackers add a positive weight while a check is UP and subtract a negative one while it is DOWN; so the sign decides. Who
 * tracks it is not known here: a router takes 253 at most and less than -253 for FAULT, a real server takes all of it.
 *
 * @param multiplier what the number is multiplied by
 */
record WeightNumber(int multiplier) {

    /** Least weight that is no FAULT for a router. */
    private static final int LEAST_OF_ROUTERS = -253;

    /** keepalived's least weight of real servers, which is FAULT for them. */
    private static final int FAULT = -Integer.MAX_VALUE;

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
        if (weight <= FAULT) {
            // Weight 0 is keepalived's word for FAULT.
            return CheckResult.down(words + ", weight " + weight + " means FAULT")
                    .withWeight(0);
        }
        int allowed = (int) Math.min(weight, -(FAULT + 1));
        var reason = words + ", weight " + allowed + (allowed < LEAST_OF_ROUTERS ? ", FAULT for a router" : "");
        return (allowed < 0 ? CheckResult.down(reason) : CheckResult.up(reason)).withWeight(allowed);
    }
}
