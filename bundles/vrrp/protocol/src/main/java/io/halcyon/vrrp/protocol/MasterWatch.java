package io.halcyon.vrrp.protocol;

import io.halcyon.vrrp.protocol.Effect.Note;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a backup knows of the master, and when it takes over: RFC 9568 section 6.4.2. Owned by its {@link VirtualRouter}.
 */
final class MasterWatch {

    private static final long NEVER = Long.MAX_VALUE;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private Timing timing;

    // since becoming BACKUP
    private long startNanos;
    private long deadlineNanos;
    private long intervalNanos;
    private long heardNanos = NEVER;
    private @Nullable InetAddress master;
    private int masterPriority;
    private boolean gaveUp;
    private boolean deferring;
    private boolean betterHeard;
    private long preemptNanos = NEVER;

    MasterWatch(Timing timing) {
        this.timing = timing;
        intervalNanos = timing.ownIntervalNanos();
    }

    /** Becomes BACKUP with no master known. */
    void begin(long now) {
        forget(now);
        deadlineNanos = now + masterDownNanos();
    }

    /** Becomes BACKUP to let somebody else be master, whatever its priority. */
    void defer(long patienceNanos, long now) {
        forget(now);
        deferring = true;
        deadlineNanos = now + patienceNanos;
    }

    /** Becomes BACKUP because of an advertisement. */
    void yieldTo(Advertisement advertisement, InetAddress source, long now) {
        forget(now);
        betterHeard = true;
        follow(advertisement, source, now);
    }

    private void forget(long now) {
        startNanos = now;
        intervalNanos = timing.ownIntervalNanos();
        heardNanos = NEVER;
        master = null;
        masterPriority = 0;
        gaveUp = false;
        deferring = false;
        betterHeard = false;
        preemptNanos = NEVER;
    }

    void hear(Advertisement advertisement, InetAddress source, long now, List<Effect> out) {
        if (advertisement.priority() == Advertisement.PRIORITY_RELEASE) {
            releaseHeard(source, now);
            return;
        }
        note(advertisement, source, out);
        if (accepts(advertisement, now)) {
            noteInterval(advertisement, out);
            follow(advertisement, source, now);
        } else {
            // Discarded (RFC 9568 section 6.4.2): the timer runs out and we take over.
            remember(advertisement, source, now);
        }
    }

    private void releaseHeard(InetAddress source, long now) {
        // It is said twice by masters like us: the second must not lengthen the wait.
        if (!gaveUp) {
            deadlineNanos = now + skewNanos();
        }
        gaveUp = true;
        deferring = false;
        master = source;
        masterPriority = 0;
        heardNanos = now;
    }

    private boolean accepts(Advertisement advertisement, long now) {
        if (advertisement.priority() >= timing.priority()) {
            betterHeard = true;
            preemptNanos = NEVER;
            return true;
        }
        if (timing.priority() == RouterConfig.OWNER_PRIORITY) {
            // RFC 9568 section 6.1: the owner always preempts. It is here after an edit, or handed over by command.
            return deferring;
        }
        return !timing.config().preempt() || deferring || delaysPreemption(now);
    }

    /** keepalived's preempt_delay: counted from the first advertisement of lower priority, not from our start. */
    private boolean delaysPreemption(long now) {
        long delayNanos = timing.config().preemptDelayNanos();
        if (delayNanos > 0 && preemptNanos == NEVER) {
            preemptNanos = now + delayNanos;
        }
        return delayNanos > 0 && now < preemptNanos;
    }

    private void follow(Advertisement advertisement, InetAddress source, long now) {
        remember(advertisement, source, now);
        gaveUp = false;
        if (advertisement.version() == 3) {
            intervalNanos = Timing.nanos(advertisement.intervalCentis());
        }
        deadlineNanos = now + masterDownNanos();
    }

    private void remember(Advertisement advertisement, InetAddress source, long now) {
        master = source;
        masterPriority = advertisement.priority();
        heardNanos = now;
    }

    private void note(Advertisement advertisement, InetAddress source, List<Effect> out) {
        if (!source.equals(master)) {
            out.add(new Note(
                    Note.Kind.NEW_MASTER,
                    source.getHostAddress() + " is master with priority " + advertisement.priority()));
        }
    }

    private void noteInterval(Advertisement advertisement, List<Effect> out) {
        long theirs = Timing.nanos(advertisement.intervalCentis());
        if (advertisement.version() == 3 && theirs != intervalNanos) {
            out.add(new Note(
                    Note.Kind.INTERVAL_ADOPTED,
                    "advertisement interval of the master is " + theirs / NANOS_PER_MILLI + " ms, before it was "
                            + intervalNanos / NANOS_PER_MILLI + " ms"));
        }
    }

    /** Priority or configuration changed: what is left of the running timer is shifted by the difference. */
    void retime(Timing next) {
        long before = gaveUp ? skewNanos() : masterDownNanos();
        timing = next;
        if (master == null || next.config().version() == 2) {
            intervalNanos = next.ownIntervalNanos();
        }
        deadlineNanos += (gaveUp ? skewNanos() : masterDownNanos()) - before;
    }

    /** After a stall in which nothing was heard: a master that is alive is given one interval to say so. */
    void resume(long stallBeganNanos, long now) {
        boolean heard = heardNanos != NEVER && heardNanos >= stallBeganNanos;
        if (!heard) {
            deadlineNanos = Math.max(deadlineNanos, now + intervalNanos + skewNanos());
        }
    }

    long deadline() {
        return deadlineNanos;
    }

    long intervalNanos() {
        return intervalNanos;
    }

    long skewNanos() {
        return timing.skewNanos(intervalNanos);
    }

    long masterDownNanos() {
        return timing.masterDownNanos(intervalNanos);
    }

    @Nullable
    InetAddress master() {
        return master;
    }

    int masterPriority() {
        return masterPriority;
    }

    boolean gaveUp() {
        return gaveUp;
    }

    boolean deferring() {
        return deferring;
    }

    boolean delayingPreemption() {
        return preemptNanos != NEVER;
    }

    /** Whether there was a master and it fell silent without a word. */
    boolean silent(long now) {
        boolean preempted = masterPriority < timing.priority() && now - heardNanos < 2 * intervalNanos;
        return master != null && !gaveUp && !preempted;
    }

    /** What decides if the timer runs out now. */
    Effect.Transition.Ground ground(long now) {
        if (gaveUp || silent(now)) {
            return Effect.Transition.Ground.PEER;
        }
        return betterHeard ? Effect.Transition.Ground.PRIORITY : Effect.Transition.Ground.ARRIVAL;
    }

    /** Why the timer ran out. */
    String reason(long now) {
        if (master == null) {
            return "nobody advertised for " + (now - startNanos) / NANOS_PER_MILLI + " ms";
        }
        String who = master.getHostAddress();
        if (gaveUp) {
            return who + " gave up (priority 0)";
        }
        long silentNanos = now - heardNanos;
        if (!silent(now)) {
            return who + " advertises priority " + masterPriority + ", ours is " + timing.priority();
        }
        return "nothing heard from " + who + " for " + silentNanos / NANOS_PER_MILLI + " ms";
    }
}
