package io.halcyon.vip.exec;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.vip.exec.Outcome.Answer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One place: who wants it, what is known of it, what is to be done next. One attempt at a time. Belongs to the keeper's
 * thread, except {@link #provenUntilNanos}, which workers read.
 */
final class Target {

    /** What is to be done. */
    enum Step {
        NOTHING,
        CLAIM,
        VERIFY,
        RELEASE,
        /** Nothing is to be released: it is not ours. */
        LET_GO
    }

    /** Between the end of its proof and its release: a process that stood still hears the news first. */
    private static final long EXPIRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long LONGEST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int MOST_DOUBLINGS = 10;
    private static final long NEVER = Long.MAX_VALUE;

    final Place place;
    VirtualAddress address;
    /** Routers that hold it. */
    final Set<Account> holders = new LinkedHashSet<>();
    /** Routers that want to hear that it is gone, with the address as they wrote it. */
    final Map<Account, VirtualAddress> leaving = new LinkedHashMap<>();

    /** Until when a router that holds it is known to be master, on CLOCK_BOOTTIME. */
    volatile long provenUntilNanos;

    /** What verify said last; FOREIGN until its owner takes it away. */
    Answer presence = Answer.UNKNOWN;

    boolean ours;
    /** The attempt that is under way. */
    @Nullable
    Job job;

    Step running = Step.NOTHING;
    Troubles.@Nullable Kind trouble;
    String note = "";
    /** How often verify did not know, in a row. */
    int unknowns;

    private int failures;
    private long notBeforeNanos;
    private long nextVerifyNanos;
    private long overdueSinceNanos = NEVER;

    Target(Place place, VirtualAddress address, boolean ours) {
        this.place = place;
        this.address = address;
        this.ours = ours;
    }

    Step next(long now) {
        if (job != null) {
            return Step.NOTHING;
        }
        if (isUnwanted(now)) {
            return !ours || presence == Answer.FOREIGN ? Step.LET_GO : atTime(now, notBeforeNanos, Step.RELEASE);
        }
        if (isLeftAlone(now)) {
            return Step.NOTHING;
        }
        return isHere() ? atTime(now, nextVerifyNanos, Step.VERIFY) : atTime(now, notBeforeNanos, Step.CLAIM);
    }

    private static Step atTime(long now, long due, Step step) {
        return now >= due ? step : Step.NOTHING;
    }

    private boolean isUnwanted(long now) {
        return (holders.isEmpty() && !leaving.isEmpty()) || (presence == Answer.HERE && isExpired(now));
    }

    /** Whether it is neither looked at nor claimed. */
    private boolean isLeftAlone(long now) {
        return now > provenUntilNanos || holders.stream().allMatch(holder -> holder.yielded.contains(place));
    }

    /** When another step may be due, unless something happens before. */
    long due(long now) {
        if (job != null) {
            return NEVER;
        }
        if (isUnwanted(now)) {
            return notBeforeNanos;
        }
        long look = isLeftAlone(now) ? NEVER : isHere() ? nextVerifyNanos : notBeforeNanos;
        return presence == Answer.HERE ? Math.min(look, expiryNanos()) : look;
    }

    private long expiryNanos() {
        if (provenUntilNanos == NEVER) {
            return NEVER;
        }
        return overdueSinceNanos == NEVER ? provenUntilNanos + 1 : overdueSinceNanos + EXPIRY_NANOS;
    }

    /** Whether nobody said for so long that its router is master that a peer may be. Its first look starts the grace. */
    boolean isExpired(long now) {
        if (now <= provenUntilNanos) {
            overdueSinceNanos = NEVER;
            return false;
        }
        if (overdueSinceNanos == NEVER) {
            overdueSinceNanos = now;
        }
        return now - overdueSinceNanos >= EXPIRY_NANOS;
    }

    boolean isHere() {
        return presence == Answer.HERE || presence == Answer.FOREIGN;
    }

    /** Nobody wants it and nothing is left to do. */
    boolean isOver() {
        return job == null && holders.isEmpty() && leaving.isEmpty() && presence != Answer.HERE;
    }

    /** Takes over how long its holders are known to be masters; what nobody holds keeps what it had. */
    void refreshProof() {
        provenUntilNanos = holders.stream()
                .mapToLong(holder -> holder.provenUntilNanos)
                .max()
                .orElse(provenUntilNanos);
    }

    /** What is new is tried at once, and its retries begin anew. */
    void hurry() {
        failures = 0;
        notBeforeNanos = 0;
    }

    void lookAgainAt(long nanos) {
        nextVerifyNanos = nanos;
    }

    void failed(long now, long retryNanos) {
        long delay = retryNanos << Math.min(failures, MOST_DOUBLINGS);
        notBeforeNanos = now + Math.min(delay, LONGEST_RETRY_NANOS);
        failures++;
    }

    boolean hasFailed() {
        return failures > 0;
    }
}
