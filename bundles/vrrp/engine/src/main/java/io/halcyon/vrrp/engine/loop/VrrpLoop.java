package io.halcyon.vrrp.engine.loop;

import io.halcyon.api.check.Verdict;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventSink;
import io.halcyon.api.event.Severity;
import io.halcyon.api.net.MacAddress;
import io.halcyon.api.vrrp.RouterExplanation;
import io.halcyon.api.vrrp.RouterStatus;
import io.halcyon.spi.host.Host;
import io.halcyon.spi.host.Parker;
import io.halcyon.spi.link.Link;
import io.halcyon.spi.link.LinkListener;
import io.halcyon.spi.link.LinkMonitor;
import io.halcyon.spi.transport.Packet;
import io.halcyon.spi.transport.Transport;
import io.halcyon.spi.vip.VipManager;
import io.halcyon.vrrp.protocol.AdvertisementCodec;
import io.halcyon.vrrp.protocol.Decoded;
import io.halcyon.vrrp.protocol.RouterEvent;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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

    private static final long CONFLICT_PAUSE_NANOS = 60_000_000_000L;

    private final Host host;
    private final Parker parker;
    private final Worker announcements = new Worker("vrrp-announce");
    private final Worker orders = new Worker("vrrp-addresses");
    private final Queue<Runnable> mailbox = new ConcurrentLinkedQueue<>();
    private final Map<String, Optional<Link>> linkNews = new ConcurrentHashMap<>();
    private final LinkMonitor.Subscription linkSubscription;
    private final Thread thread;
    private volatile boolean closed;

    // owned by the loop
    private final RouterTable routers;
    private final ChannelTable channels;
    private final EventSink sink;
    private long plannedWakeNanos = Long.MAX_VALUE;
    private long bootAheadNanos;
    private long nextConflictReportNanos = Long.MIN_VALUE;

    /**
     * A loop that is not running yet.
     *
     * @param host clocks
     * @param links interfaces
     * @param vips manager of addresses
     * @param sink where events go; must not block
     */
    public VrrpLoop(Host host, LinkMonitor links, VipManager vips, EventSink sink) {
        this.host = host;
        this.sink = sink;
        parker = host.newParker();
        channels = new ChannelTable(this::post, new Upcall());
        routers = new RouterTable(
                new LoopContext(host, vips, orders, new Announcer(announcements), channels, sink, this::post));
        bootAheadNanos = host.boottimeNanos() - host.monotonicNanos();
        thread = new Thread(this::run, "vrrp-loop");
        thread.setDaemon(true);
        linkSubscription = links.watch(new LinkNews());
    }

    /** Starts the threads {@code vrrp-loop}, {@code vrrp-addresses} and {@code vrrp-announce}. */
    public void start() {
        orders.start();
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
        post(() -> routers.remove(name, cause, false, () -> {}));
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

    /** A transport is there; routers that waited for it start. */
    public void addTransport(Transport transport) {
        post(() -> {
            channels.add(transport);
            routers.refreshAll();
        });
    }

    /** A transport is going: its routers hand over while it still works, then wait for it. */
    public CompletableFuture<Void> removeTransport(Transport transport) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        post(() -> {
            channels.remove(transport);
            routers.leaveTransport(transport, () -> done.complete(null));
        });
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
            } catch (RuntimeException e) {
                // A defect in one turn must not silence every router for ever.
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
        long lateNanos = lateNanos();
        if (lateNanos > LATE_NANOS) {
            channels.all().forEach(LinkChannel::drain);
            routers.stalled(lateNanos);
            runMailbox();
            routers.resumed();
        }
        runMailbox();
        long now = host.monotonicNanos();
        plannedWakeNanos = routers.fireTimers(now);
        return plannedWakeNanos;
    }

    /** How much later than planned this turn is; a suspended machine shows only on the clock that goes on. */
    private long lateNanos() {
        long now = host.monotonicNanos();
        long ahead = host.boottimeNanos() - now;
        long suspended = ahead - bootAheadNanos;
        bootAheadNanos = ahead;
        long late = plannedWakeNanos == Long.MAX_VALUE ? 0 : now - plannedWakeNanos;
        return Math.max(late, suspended);
    }

    private void runMailbox() {
        Runnable order = mailbox.poll();
        while (order != null) {
            order.run();
            order = mailbox.poll();
        }
    }

    /** Does what waits besides the loop: orders about addresses, announcements. For simulations without {@link #start}. */
    public void work() {
        while (orders.turn() || announcements.turn()) {
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
        channels.closeAll();
    }

    /** News of interfaces, of which only the last of each counts: a thousand new addresses are one turn of work. */
    private final class LinkNews implements LinkListener {

        @Override
        public void onLink(Link link) {
            tell(link.name(), Optional.of(link));
        }

        @Override
        public void onLinkGone(String name, int index) {
            tell(name, Optional.empty());
        }

        private void tell(String name, Optional<Link> link) {
            if (linkNews.put(name, link) == null) {
                post(() -> {
                    Optional<Link> news = linkNews.remove(name);
                    if (news != null) {
                        routers.link(name, news.orElse(null));
                    }
                });
            }
        }
    }

    private final class Upcall implements LinkChannel.Upcall {

        @Override
        public void packet(LinkChannel channel, Packet packet) {
            Decoded decoded =
                    AdvertisementCodec.decode(packet.message(), packet.ttl(), packet.source(), packet.destination());
            Collection<LoopRouter> users = channels.usersOf(channel);
            if (decoded instanceof Decoded.Refused refused) {
                routers.refused(channel, users, refused);
            } else if (decoded instanceof Decoded.Accepted accepted) {
                routers.received(channel, users, accepted.advertisement(), packet.source());
            } else {
                throw new AssertionError(decoded);
            }
        }

        @Override
        public void announcement(LinkChannel channel, InetAddress address) {
            for (LoopRouter router : channels.usersOf(channel)) {
                router.on(new RouterEvent.AnnouncementHeard(address));
            }
        }

        @Override
        public void conflict(LinkChannel channel, InetAddress source, MacAddress mac) {
            channel.strays().count("OWN_ADDRESS");
            long now = host.monotonicNanos();
            if (now < nextConflictReportNanos) {
                return;
            }
            nextConflictReportNanos = now + CONFLICT_PAUSE_NANOS;
            String what = "is our address on " + channel.link().name() + ", but " + mac + " sends VRRP with it";
            LOG.warn("{} {}", source.getHostAddress(), what);
            sink.publish(
                    new Event.AddressTrouble(channel.link().name(), source.getHostAddress(), what, Severity.WARNING),
                    List.of());
        }

        @Override
        public void broken(LinkChannel channel, String cause) {
            List<LoopRouter> users = new ArrayList<>(channels.usersOf(channel));
            channels.close(channel);
            users.forEach(router -> router.channelBroke(channel, cause));
        }
    }
}
