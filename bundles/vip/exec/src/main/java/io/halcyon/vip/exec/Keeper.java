package io.halcyon.vip.exec;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.api.vip.AddressStatus;
import io.halcyon.vip.exec.Outcome.Answer;
import io.halcyon.vip.exec.Reports.Kind;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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

    private final String name;
    private final LinkedBlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
    private final Map<Place, Target> targets = new LinkedHashMap<>();
    private final Set<Account> accounts = new LinkedHashSet<>();
    private final Claims claims;
    private final Judge judge;
    private final Crew crew;
    private final LongSupplier boottime;
    private boolean stopping;
    private long stopNanos = Long.MAX_VALUE;

    Keeper(String name, Claims claims, Crew crew, LongSupplier boottime) {
        this.name = name;
        this.claims = claims;
        this.crew = crew;
        this.boottime = boottime;
        judge = new Judge(new Troubles(name), claims, crew);
    }

    /** Leaves something to do. Any thread. */
    void post(Runnable order) {
        mailbox.add(order);
    }

    /** Ends the thread when what is to be released is gone, or when the limit is over. Any thread. */
    void stop(long limitMillis) {
        post(() -> {
            stopping = true;
            stopNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMillis);
            targets.values().forEach(Keeper::giveUp);
        });
    }

    @Override
    public void run() {
        try {
            while (!over()) {
                try {
                    turn();
                } catch (RuntimeException e) {
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
        accounts.forEach(account -> account.reports.flush());
        targets.values().removeIf(Target::isOver);
    }

    private long waitNanos() {
        long now = boottime.getAsLong();
        long due = active().stream().mapToLong(target -> target.due(now)).min().orElse(Long.MAX_VALUE);
        long wait = due == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(0, due - now);
        return stopping ? Math.min(wait, Math.max(0, stopNanos - System.nanoTime())) : wait;
    }

    /** Those that something may be done for; when we stop, only what is to be released. */
    private List<Target> active() {
        return targets.values().stream()
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

    // orders

    void hold(Account account, List<VirtualAddress> addresses, long leaseSeconds, long latestNanos) {
        long now = boottime.getAsLong();
        if (now > latestNanos) {
            account.listener.onLate();
            return;
        }
        accounts.add(account);
        account.leaseSeconds = leaseSeconds;
        account.proveFrom(now);
        Map<Place, VirtualAddress> before = new LinkedHashMap<>(account.held);
        // A newer order says it all.
        before.values().forEach(address -> account.reports.cancel(Kind.INSTALLED, address));
        account.held.clear();
        for (VirtualAddress address : addresses) {
            account.held.put(account.place(address), address);
            hold(account, address);
        }
        before.keySet().removeAll(account.held.keySet());
        release(account, before.values());
    }

    private void hold(Account account, VirtualAddress address) {
        Target target = target(account, address);
        target.address = address;
        target.holders.add(account);
        // Those who let it go are done with it: somebody else holds it now.
        target.leaving.forEach((other, left) -> other.reports.end(Kind.RELEASED, left, other != account));
        target.leaving.clear();
        target.refreshProof();
        target.hurry();
        account.reports.expect(Kind.INSTALLED, address);
        if (target.isHere() && target.running != Target.Step.RELEASE) {
            account.reports.end(Kind.INSTALLED, address, true);
        }
    }

    void renew(Account account, long latestNanos) {
        if (account.leaseSeconds == 0 || account.held.isEmpty()) {
            return;
        }
        long now = boottime.getAsLong();
        if (now > latestNanos) {
            account.listener.onLate();
            return;
        }
        account.proveFrom(now);
        held(account).forEach(Target::refreshProof);
        account.listener.onRenewed(now);
    }

    void release(Account account, Collection<VirtualAddress> addresses) {
        accounts.add(account);
        for (VirtualAddress address : addresses) {
            Target target = target(account, address);
            account.held.remove(target.place);
            target.holders.remove(account);
            account.reports.end(Kind.INSTALLED, address, false);
            account.reports.expect(Kind.RELEASED, address);
            if (target.holders.isEmpty()) {
                target.leaving.put(account, address);
                target.hurry();
                giveUp(target);
            } else {
                target.refreshProof();
                account.reports.end(Kind.RELEASED, address, true);
            }
        }
    }

    void close(Account account) {
        account.reports.flush();
        held(account).forEach(target -> target.holders.remove(account));
        account.held.clear();
        accounts.remove(account);
    }

    private Target target(Account account, VirtualAddress address) {
        return targets.computeIfAbsent(account.place(address), place -> new Target(place, address, claims.has(place)));
    }

    /** A command that would claim it now would come too late. */
    private static void giveUp(Target target) {
        Job job = target.job;
        if (job != null && target.running == Target.Step.CLAIM) {
            job.giveUp();
        }
    }

    private List<Target> held(Account account) {
        return account.held.keySet().stream()
                .map(targets::get)
                .filter(Objects::nonNull)
                .toList();
    }

    List<AddressStatus> addresses() {
        return Inventory.list(name, targets.values(), claims);
    }
}
