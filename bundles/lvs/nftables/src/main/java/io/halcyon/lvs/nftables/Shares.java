package io.halcyon.lvs.nftables;

import java.util.Arrays;

/** Weights as places in a round. Pure. */
final class Shares {

    /** Longer rounds cost too much; the error of a share is at most one place. */
    static final int MOST_PLACES = 509;

    private Shares() {}

    /**
     * A round in which each has as many places as it has weight, as far from each other as can be.
     *
     * @return who has which place
     */
    static int[] round(int[] weights) {
        int[] shares = reduced(weights, MOST_PLACES);
        int[] round = new int[Arrays.stream(shares).sum()];
        long[] credit = new long[shares.length];
        for (int place = 0; place < round.length; place++) {
            int next = 0;
            for (int i = 0; i < shares.length; i++) {
                credit[i] += shares[i];
                next = credit[i] > credit[next] ? i : next;
            }
            credit[next] -= round.length;
            round[place] = next;
        }
        return round;
    }

    /** Weights in the same proportion, as small as can be, and together no more than so many; none becomes 0. */
    static int[] reduced(int[] weights, int most) {
        int common = Arrays.stream(weights).reduce(0, Shares::divisor);
        int[] shares = Arrays.stream(weights).map(weight -> weight / common).toArray();
        long sum = Arrays.stream(shares).asLongStream().sum();
        // Those that are raised to 1 count for what they are above their share.
        int limit = Math.max(1, most - shares.length);
        if (sum <= most) {
            return shares;
        }
        int[] rounded = Arrays.stream(shares)
                .map(share -> (int) Math.max(1, Math.round((double) share * limit / sum)))
                .toArray();
        int again = Arrays.stream(rounded).reduce(0, Shares::divisor);
        return Arrays.stream(rounded).map(share -> share / again).toArray();
    }

    private static int divisor(int a, int b) {
        return b == 0 ? a : divisor(b, a % b);
    }
}
