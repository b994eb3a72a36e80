package io.halcyon.itests.lab;

import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Who answered each of the requests for an address: an address that two hosts have is answered by both. Thread-safe; numbers
 * count up from 0.
 */
public final class Claims {

    /** So many requests in a row can be told apart by what an answer repeats of them. */
    static final int TOLD_APART = 1 << 10;

    /** What comes later was not counted when its time was looked at. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private long[] askedAt = new long[1 << 12];
    private @Nullable String[] firstBy = new String[1 << 12];
    private final BitSet byTwo = new BitSet();
    private int count;

    synchronized int asked(long at) {
        if (count == askedAt.length) {
            askedAt = Arrays.copyOf(askedAt, 2 * count);
            firstBy = Arrays.copyOf(firstBy, 2 * count);
        }
        askedAt[count] = at;
        return count++;
    }

    synchronized void answered(Frame.Claim claim) {
        int number = count - 1 - Math.floorMod(count - 1 - claim.request(), TOLD_APART);
        if (number < 0) {
            return;
        }
        var first = firstBy[number];
        if (first == null) {
            firstBy[number] = claim.host();
        } else if (!first.equals(claim.host())) {
            byTwo.set(number);
        }
    }

    /**
     * What became of the requests between two times.
     *
     * @param asked requests sent
     * @param unanswered requests that no host answered
     * @param byTwo requests that more than one host answered
     * @param longestByTwoMillis longest time from the first of some such requests in a row to the request after the last of them
     */
    public record Tally(int asked, int unanswered, int byTwo, double longestByTwoMillis) {}

    /** Waits until the answers to the last requests must have come, then counts. */
    public Tally between(long from, long to) {
        Await.until("the last answers", Duration.ofMinutes(1), () -> Times.now() > to + PATIENCE.toNanos());
        return count(from, to);
    }

    private synchronized Tally count(long from, long to) {
        int asked = 0;
        int unanswered = 0;
        int twice = 0;
        int row = 0;
        long began = 0;
        long longest = 0;
        for (int i = first(from); i < count && askedAt[i] <= to; i++) {
            asked++;
            unanswered += firstBy[i] == null ? 1 : 0;
            if (byTwo.get(i)) {
                twice++;
                began = row++ == 0 ? askedAt[i] : began;
                longest = Math.max(longest, (i + 1 < count ? askedAt[i + 1] : to) - began);
            } else {
                row = 0;
            }
        }
        return new Tally(asked, unanswered, twice, longest / 1e6);
    }

    private int first(long from) {
        int found = Arrays.binarySearch(askedAt, 0, count, from);
        return found >= 0 ? found : -found - 1;
    }
}
