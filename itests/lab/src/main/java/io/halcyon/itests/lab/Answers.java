package io.halcyon.itests.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What became of the probes to one address. Thread-safe; sequence numbers count up from 0.
 */
public final class Answers {

    /** An answer that comes later than this is no answer: the client has given up. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    /** Between what two threads of the laboratory see of the same stand-still. */
    private static final Duration MARGIN = Duration.ofMillis(50);

    private static final int MOST_LOSSES_TOLD = 5;

    private long[] sentAt = new long[1 << 14];
    private long[] answeredAt = new long[1 << 14];
    private @Nullable String[] answeredBy = new String[1 << 14];
    private int count;

    synchronized int sent(long at) {
        if (count == sentAt.length) {
            sentAt = Arrays.copyOf(sentAt, 2 * count);
            answeredAt = Arrays.copyOf(answeredAt, 2 * count);
            answeredBy = Arrays.copyOf(answeredBy, 2 * count);
        }
        sentAt[count] = at;
        return count++;
    }

    synchronized long sentAt(int probe) {
        return sentAt[probe];
    }

    synchronized void answered(Frame.ProbeReply reply) {
        int sequence = reply.sequence();
        if (sequence < count && answeredAt[sequence] == 0) {
            answeredAt[sequence] = reply.at();
            answeredBy[sequence] = reply.host();
        }
    }

    /**
     * What a client saw between two times.
     *
     * @param sent probes sent
     * @param lost probes not answered
     * @param outageMillis longest time between two answered probes with a lost one between them
     * @param hosts who answered, in order of their first answer
     * @param losses when the first of the lost probes were sent, and what became of them
     */
    public record Service(int sent, int lost, double outageMillis, List<String> hosts, List<String> losses) {}

    /** Waits until the answers to the last probes must have come, then counts. */
    public Service between(long from, long to) {
        Await.until("the last answers", Duration.ofMinutes(1), () -> Times.now() > to + PATIENCE.toNanos());
        return count(from, to);
    }

    private synchronized Service count(long from, long to) {
        int sent = 0;
        int lost = 0;
        long outage = 0;
        long lastGood = from;
        boolean pending = false;
        Set<String> hosts = new LinkedHashSet<>();
        List<String> losses = new ArrayList<>();
        for (int i = first(from); i < count && sentAt[i] <= to; i++) {
            sent++;
            var by = answeredBy[i];
            if (by == null || isTooLate(i)) {
                lost++;
                pending = true;
                if (losses.size() < MOST_LOSSES_TOLD) {
                    losses.add(fate(i, from));
                }
            } else {
                hosts.add(by);
                outage = pending ? Math.max(outage, sentAt[i] - lastGood) : outage;
                lastGood = sentAt[i];
                pending = false;
            }
        }
        outage = pending ? Math.max(outage, to - lastGood) : outage;
        return new Service(sent, lost, outage / 1e6, List.copyOf(hosts), List.copyOf(losses));
    }

    /** Not when the prober itself stood still as long as the answer took: then the machine did, not the address. */
    private boolean isTooLate(int probe) {
        long took = answeredAt[probe] - sentAt[probe];
        long stoodStill = probe + 1 < count ? sentAt[probe + 1] - sentAt[probe] : 0;
        return took > PATIENCE.toNanos() && stoodStill < took - MARGIN.toNanos();
    }

    private String fate(int probe, long from) {
        String sent = "sent after %.1f ms, ".formatted(Times.millis(from, sentAt[probe]));
        if (answeredBy[probe] == null) {
            return sent + "never answered";
        }
        return sent
                + "answered %.1f ms later by %s"
                        .formatted(Times.millis(sentAt[probe], answeredAt[probe]), answeredBy[probe]);
    }

    /** When the host first answered since a time, 0 if it did not. */
    public synchronized long firstBy(String host, long since) {
        for (int i = first(since); i < count; i++) {
            if (host.equals(answeredBy[i]) && answeredAt[i] >= since) {
                return answeredAt[i];
            }
        }
        return 0;
    }

    /** When the host last answered, 0 if it never did. */
    public synchronized long lastBy(String host) {
        for (int i = count - 1; i >= 0; i--) {
            if (host.equals(answeredBy[i])) {
                return answeredAt[i];
            }
        }
        return 0;
    }

    /** Whether the host, and nobody else, answered since a time. */
    public synchronized boolean onlyBy(String host, long since) {
        int mine = 0;
        for (int i = first(since); i < count; i++) {
            var by = answeredBy[i];
            if (by != null && !by.equals(host)) {
                return false;
            }
            mine += by == null ? 0 : 1;
        }
        return mine > 0;
    }

    private int first(long from) {
        int found = Arrays.binarySearch(sentAt, 0, count, from);
        return found >= 0 ? found : -found - 1;
    }
}
