package io.halcyon.lvs.engine;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The beginning: what is configured comes bit by bit, and what an earlier run left in the kernel must not go before all of it
 * is there. Owned by the loop thread.
 */
final class Settling {

    /**
     * How long it waits.
     *
     * @param gatheringNanos the first order, so that it is one for all that is known
     * @param graceNanos what an earlier run left, for all that is known and for what nobody knows of yet
     * @param rememberingNanos what an earlier run knew of virtual servers that nobody has heard of yet
     */
    record Patience(long gatheringNanos, long graceNanos, long rememberingNanos) {

        static final Patience USUAL =
                new Patience(TimeUnit.SECONDS.toNanos(1), TimeUnit.SECONDS.toNanos(5), TimeUnit.SECONDS.toNanos(60));
    }

    private final Patience patience;
    private final Set<String> awaited;
    private final boolean nobodyKnows;
    private final Runnable settle;
    private final Runnable forget;
    private boolean gathered;
    private boolean settled;

    /**
     * The beginning of a run.
     *
     * @param pids what is configured, as far as it is known
     * @param settle called once, when all of it is there or was waited for long enough
     * @param forget called once and much later, when all of it is there: what is not now has gone
     */
    Settling(Patience patience, Set<String> pids, Runnable settle, Runnable forget) {
        this.patience = patience;
        this.awaited = new HashSet<>(pids);
        this.nobodyKnows = pids.isEmpty();
        this.settle = settle;
        this.forget = forget;
        this.gathered = nobodyKnows;
    }

    void begin(LvsLoop loop) {
        loop.at(loop.nanos() + patience.gatheringNanos(), () -> gathered = true);
        loop.at(loop.nanos() + patience.graceNanos(), this::settle);
        loop.at(loop.nanos() + patience.rememberingNanos(), this::forget);
    }

    /** This one was applied, or there is nothing of it to apply. */
    void seen(String pid) {
        awaited.remove(pid);
        if (awaited.isEmpty() && !nobodyKnows) {
            settle();
        }
    }

    /** Whether the data planes may be told. */
    boolean gathered() {
        return gathered;
    }

    private void forget() {
        if (awaited.isEmpty()) {
            forget.run();
        }
    }

    private void settle() {
        gathered = true;
        if (!settled) {
            settled = true;
            settle.run();
        }
    }
}
