package io.halcyon.check.process;

/** A change counts when it has lasted for a while; the first thing that is seen counts at once. */
final class Settling {

    private final long betterNanos;
    private final long worseNanos;
    private boolean known;
    private boolean good;
    private boolean changing;
    private long sinceNanos;

    Settling(long betterNanos, long worseNanos) {
        this.betterNanos = betterNanos;
        this.worseNanos = worseNanos;
    }

    /** Takes what is seen now; false while it has not lasted long enough. */
    boolean counts(boolean seen, long nowNanos) {
        if (!known || seen == good) {
            settle(seen);
            return true;
        }
        if (!changing) {
            changing = true;
            sinceNanos = nowNanos;
        }
        if (nowNanos - sinceNanos < (seen ? betterNanos : worseNanos)) {
            return false;
        }
        settle(seen);
        return true;
    }

    private void settle(boolean seen) {
        known = true;
        good = seen;
        changing = false;
    }
}
