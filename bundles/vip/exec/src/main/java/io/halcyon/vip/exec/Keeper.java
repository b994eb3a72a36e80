package io.halcyon.vip.exec;

import io.halcyon.vip.exec.Outcome.Answer;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The manager's thread {@code vip-NAME}: takes orders and outcomes, and starts what is due. It owns all state and runs no
 * command itself.
 */
final class Keeper implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(VipKeys.PID);

    private static final long PAUSE_AFTER_DEFECT_MILLIS = 1_000;

    private final LinkedBlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
    private final Ledger ledger;
    private final Claims claims;
    private final Judge judge;
    private final Crew crew;
    private final LongSupplier boottime;
    private boolean stopping;
    private long stopNanos = Long.MAX_VALUE;

    Keeper(String name, Claims claims, Crew crew, LongSupplier boottime) {
        this.claims = claims;
        ledger = new Ledger(claims, boottime);
        this.crew = crew;
        this.boottime = boottime;
        judge = new Judge(new Troubles(name), claims, crew);
    }

    private void post(Runnable order) {
        mailbox.add(order);
    }

    /** Leaves an order about addresses. Any thread. */
    void order(Consumer<Ledger> order) {
        post(() -> order.accept(ledger));
    }

    /** Ends the thread when what is to be released is gone, or when the limit is over. Any thread. */
    void stop(long limitMillis) {
        post(() -> {
            stopping = true;
            stopNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMillis);
            ledger.targets().forEach(Ledger::giveUp);
        });
    }

    @Override
    public void run() {
        try {
            while (!over()) {
                try {
                    turn();
                } catch (RuntimeException | Error e) {
                    // Also where the host permits no more threads: nothing would be released any more.
                    LOG.error("{} failed in one turn", Thread.currentThread().getName(), e);
                    // What is due stays due: without a pause a defect would fill the disk.
                    TimeUnit.MILLISECONDS.sleep(PAUSE_AFTER_DEFECT_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void turn() throws InterruptedException {
        Runnable order = mailbox.poll(waitNanos(), TimeUnit.NANOSECONDS);
        while (order != null) {
            order.run();
            order = mailbox.poll();
        }
        long now = boottime.getAsLong();
        active().forEach(target -> step(target, now));
        ledger.settle();
    }

    private long waitNanos() {
        long now = boottime.getAsLong();
        long due = active().stream().mapToLong(target -> target.due(now)).min().orElse(Long.MAX_VALUE);
        long wait = due == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, due - now);
        return stopping ? Math.min(wait, Math.max(0, stopNanos - System.nanoTime())) : wait;
    }

    /** Those that something may be done for; when we stop, only what is to be released. */
    private List<Target> active() {
        return ledger.targets().stream()
                .filter(target -> !stopping || !target.leaving.isEmpty())
                .toList();
    }

    private boolean over() {
        if (!stopping || !mailbox.isEmpty()) {
            return false;
        }
        List<Target> left = active();
        boolean late = System.nanoTime() - stopNanos >= 0;
        if (late) {
            left.forEach(
                    target -> LOG.error("{} is not released, this node still has it: {}", target.place, target.note));
        }
        return late || left.isEmpty();
    }

    private void step(Target target, long now) {
        Target.Step step = target.next(now);
        if (step == Target.Step.LET_GO) {
            judge.letGo(target);
        } else if (step != Target.Step.NOTHING) {
            start(target, step);
        }
    }

    private void start(Target target, Target.Step step) {
        Job job = new Job();
        target.job = job;
        target.running = step;
        boolean ours = target.ours;
        boolean lookFirst = target.presence != Answer.HERE || target.hasFailed();
        Attempt attempt = crew.attempt(target);
        Job.Work work =
                switch (step) {
                    case CLAIM -> () -> attempt.claim(
                            ours,
                            () -> !job.isGivenUp() && boottime.getAsLong() <= target.provenUntilNanos,
                            () -> claims.add(target.place));
                    case RELEASE -> () -> attempt.release(lookFirst);
                    default -> attempt::verify;
                };
        crew.employ(() -> job.run(
                work,
                outcome -> post(() -> {
                    target.job = null;
                    target.running = Target.Step.NOTHING;
                    judge.ended(target, step, outcome, boottime.getAsLong());
                })));
    }
}
