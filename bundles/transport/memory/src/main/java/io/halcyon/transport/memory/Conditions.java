package io.halcyon.transport.memory;

/**
 * How well frames get from one node to another.
 *
 * @param loss share of frames that never arrive, 0 to 1
 * @param duplication share of frames that arrive twice, 0 to 1
 * @param minDelayNanos shortest way
 * @param maxDelayNanos longest way; each frame draws its own between the two
 * @param reordering whether a frame may overtake an earlier one between the same two nodes
 */
public record Conditions(double loss, double duplication, long minDelayNanos, long maxDelayNanos, boolean reordering) {

    /** Every frame arrives once and at once. */
    public static final Conditions PERFECT = new Conditions(0, 0, 0, 0, false);

    public Conditions {
        requireShare("loss", loss);
        requireShare("duplication", duplication);
        if (minDelayNanos < 0 || maxDelayNanos < minDelayNanos) {
            throw new IllegalArgumentException("delay " + minDelayNanos + " to " + maxDelayNanos + " ns");
        }
    }

    public Conditions withLoss(double share) {
        return new Conditions(share, duplication, minDelayNanos, maxDelayNanos, reordering);
    }

    public Conditions withDuplication(double share) {
        return new Conditions(loss, share, minDelayNanos, maxDelayNanos, reordering);
    }

    public Conditions withDelay(long minNanos, long maxNanos) {
        return new Conditions(loss, duplication, minNanos, maxNanos, reordering);
    }

    public Conditions withReordering() {
        return new Conditions(loss, duplication, minDelayNanos, maxDelayNanos, true);
    }

    private static void requireShare(String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " " + share + " is not within 0 to 1");
        }
    }
}
