package io.halcyon.vip.netlink;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.linux.Urgency;
import io.halcyon.linux.netlink.RouteEvents;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The manager's thread {@code vip-netlink}: takes orders and does the most urgent thing.
 *
 * <p>Renewals go first, between any two batches of other work; a newer renewal order replaces an older one.
 */
final class Keeper implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final int RETRY_MILLIS = 1_000;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final Queue<Order> orders = new ConcurrentLinkedQueue<>();
    private final Map<Account, Order.Renew> renewals = new LinkedHashMap<>();
    private final Wanted wanted = new Wanted();
    private final RouteEvents events;
    private final Kernel kernel;
    private final Tasks tasks;
    private final Repair repair;
    private final Proof proof;
    private final LongSupplier boottime;
    /** Takeovers that are none, one batch at a time when there is nothing else to do. */
    private final Deque<Tasks> rehearsals = new ArrayDeque<>();

    private boolean retrying;
    private long retryNanos;
    private volatile boolean closed;

    Keeper(RouteEvents events, Kernel kernel, LongSupplier boottime) {
        this.events = events;
        this.kernel = kernel;
        this.boottime = boottime;
        tasks = new Tasks(kernel, wanted, boottime);
        repair = new Repair(kernel, wanted, tasks, boottime);
        proof = new Proof(kernel, boottime);
    }

    /** Leaves an order. Any thread. */
    void post(Order order) {
        orders.add(order);
        events.wake();
    }

    /** Ends the thread when what was ordered is done. Any thread. */
    void stop() {
        closed = true;
        events.wake();
    }

    @Override
    public void run() {
        try {
            Urgency.ofProcess().claim(false);
            boolean busy = true;
            while (busy || !closed) {
                busy = guardedTurn();
            }
        } finally {
            events.close();
            kernel.close();
        }
    }

    /** Returns whether there may be more to do. */
    private boolean guardedTurn() {
        try {
            boolean busy = turn();
            if (!busy && !closed) {
                await();
            }
            return busy;
        } catch (IOException e) {
            LOG.warn("vip-netlink cannot reach the kernel, trying again: {}", e.getMessage());
            repair.onOverrun();
        } catch (RuntimeException | Error e) {
            // Without this thread every lease would run out, and the routers would go on advertising.
            LOG.error("vip-netlink failed in one turn", e);
        }
        pause();
        return false;
    }

    /** Does the most urgent thing; false if there is nothing to do. */
    private boolean turn() throws IOException {
        // First what others did: an order may mean something else after it.
        events.drain(repair);
        repair.compareIfAsked();
        for (Order order = orders.poll(); order != null; order = orders.poll()) {
            take(order);
        }
        if (!renewals.isEmpty()) {
            Order.Renew first = renewals.values().iterator().next();
            renewals.remove(first.account());
            tasks.renew(first);
            return true;
        }
        return repair.step() || tasks.performNext() || rehearseNext();
    }

    private void await() throws IOException {
        if (!repair.missing()) {
            retrying = false;
            events.await(-1);
            return;
        }
        // Renewals of others wake this thread each second: the time until a retry must not begin anew with each.
        if (!retrying) {
            retrying = true;
            retryNanos = System.nanoTime() + RETRY_MILLIS * NANOS_PER_MILLI;
        }
        long leftNanos = retryNanos - System.nanoTime();
        if (leftNanos > 0) {
            events.await((int) (leftNanos / NANOS_PER_MILLI) + 1);
        } else {
            retrying = false;
            repair.retry();
        }
    }

    private void pause() {
        try {
            events.await(RETRY_MILLIS);
        } catch (IOException e) {
            LOG.debug("vip-netlink cannot wait: {}", e.getMessage());
        }
    }

    private void take(Order order) throws IOException {
        if (order instanceof Order.Hold hold) {
            hold(hold);
        } else if (order instanceof Order.Rehearse rehearse) {
            rehearse(rehearse.hold());
        } else if (order instanceof Order.Renew renew) {
            if (renew.account().leaseSeconds > 0) {
                renewals.put(renew.account(), renew);
            }
        } else if (order instanceof Order.Look look) {
            proof.agoNanos(look.addresses()).ifPresent(look.account().listener::onLeftOvers);
        } else if (order instanceof Order.Release release) {
            release(release);
        } else if (order instanceof Order.Close close) {
            close(close.account());
        } else if (order instanceof Order.Show show) {
            show.answer().complete(new Inventory(kernel, wanted).list());
        }
    }

    /** What was ordered before is done first: addresses that stay behind have the lease that was meant for them. */
    private void close(Account account) throws IOException {
        try {
            Order.Renew renewal = renewals.remove(account);
            if (renewal != null) {
                tasks.renew(renewal);
            }
            tasks.finishInstalls(account);
        } finally {
            wanted.remove(account);
        }
    }

    private void hold(Order.Hold hold) {
        Account account = hold.account();
        if (tasks.late(account, hold.latestNanos())) {
            return;
        }
        rehearsals.clear();
        account.leaseSeconds = hold.leaseSeconds();
        account.proveFrom(boottime.getAsLong(), account.leaseSeconds);
        List<Held> gone = wanted.replace(account, hold.addresses());
        tasks.cancelInstalls(account);
        tasks.add(new Work.Install(account, List.copyOf(account.held.values()), hold.latestNanos(), 1));
        if (!gone.isEmpty()) {
            tasks.add(new Work.Remove(account, gone));
        }
    }

    /** Everything that a hold does, down to the kernel's answers, for an account of its own that nobody hears of. */
    private void rehearse(Order.Hold hold) {
        Account account = hold.account().unheard();
        Wanted itsOwn = new Wanted();
        itsOwn.replace(account, hold.addresses());
        account.leaseSeconds = hold.leaseSeconds();
        Tasks takeover = new Tasks(kernel.rehearsing(), itsOwn, boottime);
        takeover.cancelInstalls(account);
        takeover.add(new Work.Install(account, List.copyOf(account.held.values()), hold.latestNanos(), 1));
        rehearsals.add(takeover);
    }

    /** One batch of what is rehearsed; false if nothing is. */
    private boolean rehearseNext() throws IOException {
        Tasks first = rehearsals.poll();
        // One that fails is not tried again: nobody waits for it.
        if (first != null && first.performNext()) {
            rehearsals.addFirst(first);
        }
        return first != null;
    }

    private void release(Order.Release release) {
        List<Held> unwanted = new ArrayList<>();
        for (VirtualAddress address : release.addresses()) {
            Held held = wanted.remove(release.account(), address);
            unwanted.add(held != null ? held : new Held(release.account(), address));
        }
        tasks.add(new Work.Remove(release.account(), unwanted));
    }
}
