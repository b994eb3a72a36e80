package io.halcyon.vip.netlink;

import java.util.List;

/** Kernel work that waits for its turn; it is done in batches, so that renewals never wait for all of it. */
sealed interface Work {

    /**
     * Puts addresses into the kernel.
     *
     * @param latestNanos latest permissible time to start a batch
     * @param batch how many at once; the first address goes alone, so that it is announced early
     */
    record Install(Account account, List<Held> held, long latestNanos, int batch) implements Work {}

    /**
     * Lets the host answer for addresses that wait to be put.
     *
     * @param first one that was put
     * @param latestNanos latest permissible time to begin, and to tell of a batch
     */
    record Reach(Account account, Held first, List<Held> rest, long latestNanos) implements Work {}

    /** Puts addresses back that were lost, for what is left of their lease. */
    record Restore(Account account, List<Held> held) implements Work {}

    /** Takes addresses out of the kernel: held ones, or left over from a run that ended badly. */
    record Remove(Account account, List<Held> held) implements Work {}
}
