package io.halcyon.check.ping;

import io.halcyon.spi.check.CheckResult;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts what became of the requests of one run, and judges it. */
final class Tally {

    private static final BigDecimal NANOS_PER_MILLI = BigDecimal.valueOf(1_000_000);

    private final String host;
    private final PingPlan plan;
    private int replies;
    private int refusals;
    private long shortestNanos = Long.MAX_VALUE;
    private long longestNanos;
    private long sumNanos;
    private @Nullable String refusal;

    Tally(String host, PingPlan plan) {
        this.host = host;
        this.plan = plan;
    }

    void replied(long rttNanos) {
        replies++;
        sumNanos += rttNanos;
        shortestNanos = Math.min(shortestNanos, rttNanos);
        longestNanos = Math.max(longestNanos, rttNanos);
    }

    void refused(String words) {
        refusals++;
        refusal = words;
    }

    /** Whether nothing more can come. */
    boolean isComplete() {
        return replies + refusals == plan.count();
    }

    /** The words are the same as long as the finding is; the numbers are among the details. */
    CheckResult result() {
        var result = judged().withDetails(details());
        return replies == 0 ? result : result.withLatency(Duration.ofNanos(sumNanos / replies));
    }

    private CheckResult judged() {
        var limits = plan.limits();
        if (replies < limits.repliesMin()) {
            return CheckResult.down(tooFew());
        }
        if (lossPercent() > limits.lossMax()) {
            return CheckResult.degraded(host + " answers, but more requests are lost than loss.max = "
                    + plain(limits.lossMax()) + " percent");
        }
        if (isAbove(longestNanos, limits.rttMax())) {
            return CheckResult.degraded(host + " answers, but slower than rtt.max = " + plain(limits.rttMax()) + " s");
        }
        if (isAbove(sumNanos / replies, limits.rttAvgMax())) {
            return CheckResult.degraded(
                    host + " answers, but on average slower than rtt.avg.max = " + plain(limits.rttAvgMax()) + " s");
        }
        return CheckResult.up(host + " answers");
    }

    private String tooFew() {
        var cause = refusal == null ? "" : ": " + refusal;
        if (replies > 0) {
            return host + " answers fewer requests than replies.min = "
                    + plan.limits().repliesMin() + cause;
        }
        return refusal == null ? host + " does not answer" : host + " cannot be reached" + cause;
    }

    private double lossPercent() {
        return 100.0 * (plan.count() - replies) / plan.count();
    }

    private Map<String, String> details() {
        var details = new TreeMap<String, String>();
        details.put("sent", Integer.toString(plan.count()));
        details.put("received", Integer.toString(replies));
        if (refusal != null) {
            details.put("refusal", refusal);
        }
        if (replies > 0) {
            details.put("rtt.min", millis(shortestNanos));
            details.put("rtt.avg", millis(sumNanos / replies));
            details.put("rtt.max", millis(longestNanos));
        }
        return details;
    }

    private static boolean isAbove(long nanos, double limitSeconds) {
        return limitSeconds > 0 && nanos > Math.round(limitSeconds * 1e9);
    }

    private static String millis(long nanos) {
        return BigDecimal.valueOf(nanos).divide(NANOS_PER_MILLI, 3, RoundingMode.HALF_UP) + " ms";
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
