package io.halcyon.lvs.engine.server;

import io.halcyon.api.check.Health;

/** Whether enough weight is up, with keepalived's hysteresis. Confined to its virtual server's thread. */
final class Quorum {

    private Health health = Health.UNKNOWN;
    /** Whether it was there at the last decision, an earlier run's included. */
    private boolean kept;

    private long weight;
    private long sinceNanos;

    /** UNKNOWN until the first decision. */
    Health health() {
        return health;
    }

    long weight() {
        return weight;
    }

    long sinceNanos() {
        return sinceNanos;
    }

    boolean isLost() {
        return health == Health.DOWN;
    }

    /** It was there in an earlier run: the first decision is whether it still is. */
    void remember(boolean quorate) {
        kept = quorate;
    }

    /** What to remember. */
    boolean kept() {
        return kept;
    }

    /** Counts without deciding: not everybody is there yet. */
    void count(long total) {
        weight = total;
    }

    /**
     * Decides.
     *
     * @return what it was before, which is the same if nothing changed
     */
    Health decide(long total, Policy policy, long nowNanos) {
        Health before = health;
        weight = total;
        kept = total >= (kept ? least(policy) : gained(policy));
        health = kept ? Health.UP : Health.DOWN;
        if (health != before) {
            sinceNanos = nowNanos;
        }
        return before;
    }

    /** It ends. */
    Health end(long nowNanos) {
        Health before = health;
        health = Health.DOWN;
        weight = 0;
        sinceNanos = nowNanos;
        return before;
    }

    /** Weight at which it is gained. */
    static long gained(Policy policy) {
        return (long) policy.quorum() + policy.hysteresis();
    }

    /** Least weight with which it is kept. */
    static long least(Policy policy) {
        return (long) policy.quorum() - policy.hysteresis();
    }

    /** Why it is as it is, for a person. */
    String reason(Policy policy) {
        String words =
                switch (health) {
                    case UP -> "real servers that are up weigh " + weight + ", and " + least(policy)
                            + " keep the quorum";
                    case DOWN -> "real servers that are up weigh " + weight + ", and " + gained(policy)
                            + " are wanted for the quorum";
                    default -> "not all real servers are known yet";
                };
        return words + (policy.hysteresis() == 0 ? "" : " (hysteresis " + policy.hysteresis() + ")");
    }
}
