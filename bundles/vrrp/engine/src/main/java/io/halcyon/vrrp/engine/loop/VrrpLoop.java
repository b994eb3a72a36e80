package io.halcyon.vrrp.engine.loop;

import io.halcyon.api.check.Verdict;
import io.halcyon.api.event.EventSink;
import io.halcyon.api.vrrp.RouterExplanation;
import io.halcyon.api.vrrp.RouterStatus;
import io.halcyon.spi.host.Host;
import io.halcyon.spi.host.Parker;
import io.halcyon.spi.link.LinkMonitor;
import io.halcyon.spi.transport.Transport;
import io.halcyon.spi.vip.VipManager;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs virtual routers: one thread, absolute deadlines, effects carried out in order.
 *
 * <p>Public methods are thread-safe: they leave an order in the mailbox and return. Everything else runs on the thread
 * {@code vrrp-loop} (or on the caller of {@link #turn}, for simulations) and owns all protocol state without a lock.
 */
public final class VrrpLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(VrrpLoop.class);

    /** A wake-up later than this reads what was received before any timer is looked at. */
    private static final long LATE_NANOS = 20_000_000L;

    /** After so many orders timers are looked at again: a flood of packets must not hold up an advertisement. */
    private static final int MOST_ORDERS_AT_ONCE = 256;

    private final Host host;
    private final Parker parker;
    private final Worker announcements = new Worker("vrrp-announce");
    private final Worker orders = new Worker("vrrp-addresses");
    private final Worker log = new Worker("vrrp-log");
    private final Worker events = new Worker("vrrp-events");
    private final Queue<Runnable> mailbox = new ConcurrentLinkedQueue<>();
    private final LinkMonitor.Subscription linkSubscription;
    private final Thread thread;
    private volatile boolean closed;

    // owned by the loop
    private final RouterTable routers;
    private final ChannelTable channels;
    private final Pulse pulse;
    private long plannedWakeNanos = Long.MAX_VALUE;
    private long bootAheadNanos;

    /**
     * A loop that is not running yet.
     *
     * @param host clocks
     * @param links interfaces
     * @param vips manager of addresses
     * @param sink where events go, on a thread of their own
     */
    public VrrpLoop(Host host, LinkMonitor links, VipManager vips, EventSink sink) {
        this.host = host;
        parker = host.newParker();
        EventPost post = new EventPost(events, sink);
        channels = new ChannelTable(host, log, post, this::post);
        routers = new RouterTable(
                new LoopContext(host, vips, orders, log, new Announcer(announcements), channels, post, this::post));
        pulse = new Pulse(host.supervisor());
        bootAheadNanos = host.boottimeNanos() - host.monotonicNanos();
        thread = new Thread(this::run, "vrrp-loop");
        thread.setDaemon(true);
        linkSubscription = links.watch(new LinkNews(this::post, routers::link));
    }

    /** Starts the thread {@code vrrp-loop} and those of its workers. */
    public void start() {
        orders.start();
        log.start();
        events.start();
        announcements.start();
        thread.start();
    }

    /** Adds or changes a router; touches no other. */
    public void configure(RouterSettings settings, int overridePriority) {
        post(() -> routers.configure(settings, overridePriority));
    }

    /** Gives a router another name, and nothing else unless its settings differ. */
    public void rename(String from, RouterSettings settings, int overridePriority) {
        post(() -> {
            routers.rename(from, settings.name());
            routers.configure(settings, overridePriority);
        });
    }

    /** Removes a router: a planned stop, then it is gone. */
    public void remove(String name, String cause) {
        post(() -> routers.remove(name, cause, false));
    }

    /**
     * Stops every router and completes when all handed over.
     *
     * @param now whether addresses go at once instead of after a backup announced them
     */
    public CompletableFuture<Void> stopAll(String cause, boolean now) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        post(() -> routers.removeAll(cause, now, () -> done.complete(null)));
        return done;
    }

    /**
     * Removes every router for a short while and completes when all are gone: each hands over or, if nobody takes over,
     * leaves its addresses to their lease, so that the next loop adopts them.
     */
    public CompletableFuture<Void> suspendAll(String cause) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        post(() -> routers.suspendAll(cause, () -> done.complete(null)));
        return done;
    }

    /** A transport is there; routers that waited for it start. */
    public void addTransport(Transport transport) {
        post(() -> {
            channels.add(transport);
            routers.refreshAll();
        });
    }

    /**
     * A transport is going: its routers hand over while it still works, then wait for it. Where nobody takes over, the
     * addresses stay to their lease.
     */
    public CompletableFuture<Void> removeTransport(Transport transport) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        if (closed) {
            // SCR deactivates the engine first and unbinds its transports then: nobody is left to hand over.
            done.complete(null);
        }
        post(() -> routers.leaveTransport(transport, () -> done.complete(null)));
        return done;
    }

    /** A verdict is there or has changed. */
    public void verdict(Verdict verdict) {
        post(() -> routers.verdict(verdict));
    }

    /** A check was removed. */
    public void verdictRemoved(String name) {
        post(() -> routers.verdictRemoved(name));
    }

    /** Overrides the base priority, 0 for the configured one. */
    public CompletableFuture<Void> priority(String name, int priority) {
        return ask(() -> {
            routers.require(name).override(priority);
            return null;
        });
    }

    /** Hands over now. */
    public CompletableFuture<Void> failover(String name) {
        return ask(() -> {
            routers.require(name).failover();
            return null;
        });
    }

    /** Status of all routers, by name. */
    public CompletableFuture<List<RouterStatus>> routers() {
        return ask(routers::status);
    }

    /** Why a router is where it is. */
    public CompletableFuture<RouterExplanation> explain(String name) {
        return ask(() -> RouterReport.explanation(routers.require(name)));
    }

    private <T> CompletableFuture<T> ask(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        post(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    private void post(Runnable order) {
        mailbox.add(order);
        parker.unpark();
    }

    private void run() {
        while (!closed) {
            try {
                parker.park(turn());
            } catch (RuntimeException | LinkageError | AssertionError e) {
                // A defect in one turn, or a class that cannot be loaded, must not silence every router for ever.
                LOG.error("turn of the loop failed", e);
            }
        }
    }

    /**
     * Does everything that is due.
     *
     * @return when to come back, on {@link Host#monotonicNanos()}, unless an order comes first
     */
    public long turn() {
        catchUp();
        boolean more = runOrders(MOST_ORDERS_AT_ONCE);
        // The process may have stood still since: no timer may send before that is known.
        catchUp();
        long now = host.monotonicNanos();
        long next = Math.min(routers.fireTimers(now), pulse.beat(now));
        plannedWakeNanos = more ? Math.min(next, now) : next;
        return plannedWakeNanos;
    }

    /** After a stall, what arrived meanwhile decides before anything is sent. */
    private void catchUp() {
        long lateNanos = lateNanos();
        if (lateNanos > LATE_NANOS) {
            channels.all().forEach(LinkChannel::drain);
            routers.stalled(lateNanos);
            runMailbox();
            routers.resumed();
        }
    }

    /**
     * How much later than planned it is, from where on the next lateness counts; a suspended machine shows only on the
     * clock that goes on.
     */
    private long lateNanos() {
        long now = host.monotonicNanos();
        long ahead = host.boottimeNanos() - now;
        long suspended = ahead - bootAheadNanos;
        bootAheadNanos = ahead;
        long late = plannedWakeNanos == Long.MAX_VALUE ? 0 : now - plannedWakeNanos;
        plannedWakeNanos = now;
        return Math.max(late, suspended);
    }

    private void runMailbox() {
        while (runOrders(MOST_ORDERS_AT_ONCE)) {
            // until nothing waits
        }
    }

    /** Carries out so many orders at most; returns whether more may wait. One that fails fails alone. */
    private boolean runOrders(int most) {
        for (int i = 0; i < most; i++) {
            Runnable order = mailbox.poll();
            if (order == null) {
                return false;
            }
            try {
                order.run();
            } catch (RuntimeException | AssertionError e) {
                LOG.error("an order of the loop failed", e);
            }
        }
        return true;
    }

    /** Does what waits besides the loop: orders about addresses, announcements, events, log lines. For simulations without {@link #start}. */
    public void work() {
        while (orders.turn() || announcements.turn() || events.turn() || log.turn()) {
            // until nothing waits
        }
    }

    /** Ends the loop without a word to anybody; {@link #stopAll} comes first. */
    @Override
    public void close() {
        linkSubscription.close();
        closed = true;
        parker.unpark();
        try {
            if (thread.isAlive() && Thread.currentThread() != thread) {
                thread.join(1_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        routers.closeAll();
        orders.close();
        announcements.close();
        events.close();
        log.close();
        channels.closeAll();
    }
}
