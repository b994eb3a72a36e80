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
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
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

    private final Host host;
    private final Parker parker;
    private final Worker announcements = new Worker("vrrp-announce");
    private final Worker help = new Worker("vrrp-announce-2");
    private final Worker orders = new Worker("vrrp-addresses");
    // What is told of a takeover must not take the processor from it.
    private final Worker log = new Worker("vrrp-log", announcements);
    private final Worker events = new Worker("vrrp-events", announcements);
    private final Mailbox mailbox;
    private final LinkMonitor.Subscription linkSubscription;
    private final Thread thread;
    private volatile boolean closed;

    // owned by the loop
    private final RouterTable routers;
    private final Timers timers;
    private final ChannelTable channels;
    private final Pulse pulse;
    private final VipTable vips = new VipTable();
    private final Lateness lateness;
    private final Rest rest;

    /**
     * A loop that is not running yet.
     *
     * @param host clocks
     * @param links interfaces
     * @param sink where events go, on a thread of their own
     */
    public VrrpLoop(Host host, LinkMonitor links, EventSink sink) {
        this.host = host;
        parker = host.newParker();
        mailbox = new Mailbox(parker::unpark);
        EventPost post = new EventPost(events, sink);
        channels = new ChannelTable(host, log, post, this::post);
        routers = new RouterTable(new LoopContext(
                host, vips, orders, log, new Announcer(announcements, help), channels, post, this::post));
        timers = new Timers(routers::everyone);
        pulse = new Pulse(host.supervisor());
        lateness = new Lateness(host);
        rest = new Rest(host, parker, mailbox);
        thread = new Thread(this::run, "vrrp-loop");
        thread.setDaemon(true);
        linkSubscription = links.watch(new LinkNews(this::post, routers::link));
    }

    /** Starts the thread {@code vrrp-loop} and those of its workers. */
    public void start() {
        orders.add(() -> host.urgent(false));
        announcements.add(() -> host.urgent(false));
        help.add(() -> host.urgent(false));
        orders.start();
        log.start();
        events.start();
        announcements.start();
        help.start();
        channels.start();
        thread.start();
    }

    /**
     * Adds or changes a router; touches no other.
     *
     * @param eventId event that told of the configuration, 0 for none: the cause of what follows
     */
    public void configure(RouterSettings settings, int overridePriority, long eventId) {
        post(() -> routers.configure(settings, overridePriority, () -> eventId));
    }

    /** Gives a router another name, and nothing else unless its settings differ. */
    public void rename(String from, RouterSettings settings, int overridePriority, long eventId) {
        post(() -> {
            routers.rename(from, settings.name());
            routers.configure(settings, overridePriority, () -> eventId);
        });
    }

    /** Removes a router: a planned stop, then it is gone. */
    public void remove(String name, String cause, long eventId) {
        post(() -> routers.remove(name, cause, false, () -> eventId));
    }

    /**
     * Stops every router and completes when all handed over.
     *
     * @param now whether addresses go at once instead of after a backup announced them
     */
    public CompletableFuture<Void> stopAll(String cause, boolean now) {
        return leaving(done -> routers.removeAll(cause, now, done));
    }

    /**
     * Removes every router for a short while and completes when all are gone: each hands over or, if nobody takes over,
     * leaves its addresses to their lease, so that the next loop adopts them.
     */
    public CompletableFuture<Void> suspendAll(String cause) {
        return leaving(done -> routers.suspendAll(cause, done));
    }

    /** A transport is there; routers that waited for it start. */
    public void addTransport(Transport transport, long eventId) {
        post(() -> {
            channels.add(transport);
            routers.refreshAll(() -> eventId);
        });
    }

    /**
     * A transport is going: its routers hand over while it still works, then wait for it. Where nobody takes over, the
     * addresses stay to their lease.
     */
    public CompletableFuture<Void> removeTransport(Transport transport, long eventId) {
        return leaving(done -> routers.leaveTransport(transport, () -> eventId, done));
    }

    /** A VIP manager is there; routers that waited for it start. */
    public void addVipManager(VipManager manager, long eventId) {
        post(() -> {
            vips.add(manager);
            routers.refreshAll(() -> eventId);
        });
    }

    /**
     * A VIP manager is going: its routers hand over while it still works, then wait for it. Where nobody takes over, the
     * addresses stay to their lease. Completes when the manager has its last order.
     */
    public CompletableFuture<Void> removeVipManager(VipManager manager, long eventId) {
        return leaving(done -> routers.leaveVipManager(manager, () -> eventId, () -> orders.add(done)));
    }

    private CompletableFuture<Void> leaving(Consumer<Runnable> goodbye) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        if (closed) {
            // SCR deactivates the engine first and unbinds its plugins then: nobody is left to hand over.
            over.complete(null);
        }
        post(() -> goodbye.accept(() -> over.complete(null)));
        return over;
    }

    /** A verdict is there or has changed. */
    public void verdict(Verdict verdict) {
        post(() -> routers.verdict(verdict));
    }

    /** A check was removed; the event told of it. */
    public void verdictRemoved(String name, long eventId) {
        post(() -> routers.verdictRemoved(name, eventId));
    }

    /** Overrides the base priority, 0 for the configured one. */
    public CompletableFuture<Void> priority(String name, int priority) {
        return command(name, router -> router.override(priority));
    }

    /** Hands over now. */
    public CompletableFuture<Void> failover(String name) {
        return command(name, LoopRouter::failover);
    }

    private CompletableFuture<Void> command(String name, Consumer<LoopRouter> order) {
        return mailbox.command(() -> {
            order.accept(routers.require(name));
            return null;
        });
    }

    /** Status of all routers, by name; each router is asked by itself, so that no timer waits for the whole list. */
    public CompletableFuture<List<RouterStatus>> routers() {
        return mailbox.question(routers::all).thenCompose(this::statusOfEach);
    }

    private CompletableFuture<List<RouterStatus>> statusOfEach(List<LoopRouter> all) {
        List<CompletableFuture<RouterStatus>> answers = all.stream()
                .map(router -> mailbox.question(() -> RouterReport.status(router)))
                .toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(over -> answers.stream().map(CompletableFuture::join).toList());
    }

    /** Why a router is where it is. */
    public CompletableFuture<RouterExplanation> explain(String name) {
        return mailbox.question(() -> RouterReport.explanation(routers.require(name)));
    }

    private void post(Runnable order) {
        mailbox.add(order);
    }

    private void run() {
        host.urgent(true);
        while (!closed) {
            try {
                rest.until(turn(), timers.awakeNanos());
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
        boolean more = mailbox.runSome();
        // The process may have stood still since: no timer may send before that is known.
        catchUp();
        long now = host.monotonicNanos();
        long next = Math.min(timers.fire(now), pulse.beat(now));
        more |= mailbox.runQuestions(() -> host.monotonicNanos() >= next);
        long wake = more ? Math.min(next, now) : next;
        lateness.planned(wake);
        return wake;
    }

    /** After a stall, what arrived meanwhile decides before anything is sent. */
    private void catchUp() {
        long lateNanos = lateness.nanos();
        if (lateNanos > LATE_NANOS) {
            channels.all().forEach(LinkChannel::drain);
            routers.stalled(lateNanos);
            mailbox.runAll();
            routers.resumed();
        }
    }

    /**
     * Does what waits besides the loop: channels to open, orders about addresses, announcements, events, log lines. For
     * simulations without {@link #start}.
     */
    public void work() {
        while (channels.work() || orders.turn() || announcements.turn() || help.turn() || events.turn() || log.turn()) {
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
        help.close();
        events.close();
        log.close();
        channels.closeAll();
    }
}
