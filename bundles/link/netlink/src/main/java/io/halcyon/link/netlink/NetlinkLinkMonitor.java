package io.halcyon.link.netlink;

import io.halcyon.linux.netlink.RouteEvents;
import io.halcyon.linux.netlink.RouteRequests;
import io.halcyon.spi.link.Link;
import io.halcyon.spi.link.LinkListener;
import io.halcyon.spi.link.LinkMonitor;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches interfaces through rtnetlink.
 *
 * <p>Thread {@code link-monitor} owns both sockets. The lock guards what is known and who is told, so that a new listener
 * hears everything once: what there is from the thread that subscribes, the rest from the monitor's.
 */
@Component(immediate = true)
public final class NetlinkLinkMonitor implements LinkMonitor {

    private static final Logger LOG = LoggerFactory.getLogger(NetlinkLinkMonitor.class);
    // Nobody tells of a changed sysctl: it is looked at now and then.
    private static final int LOOK_MILLIS = 10_000;
    private static final int RETRY_MILLIS = 1_000;
    private static final int STOP_MILLIS = 2_000;

    private final Object lock = new Object();
    private final Set<LinkListener> listeners = new LinkedHashSet<>();
    private final Links links = new Links(new Announcer(), PromoteSecondaries::of);
    private final RouteEvents events;
    private final RouteRequests requests;
    private final Thread thread;
    private volatile List<Link> snapshot = List.of();
    private volatile boolean closed;

    @Activate
    public NetlinkLinkMonitor() throws IOException {
        this(RouteEvents.RECEIVE_BUFFER_BYTES);
    }

    NetlinkLinkMonitor(int receiveBufferBytes) throws IOException {
        // Subscribed before the first reading, so that nothing falls between the two.
        events = RouteEvents.open(receiveBufferBytes);
        try {
            events.ignoreOurs();
            requests = RouteRequests.open();
            synchronized (lock) {
                refresh();
            }
        } catch (IOException e) {
            events.close();
            throw e;
        }
        thread = new Thread(this::run, "link-monitor");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public List<Link> links() {
        return snapshot;
    }

    @Override
    public Subscription watch(LinkListener listener) {
        // A listener may subscribe twice; each subscription is its own.
        LinkListener own = new Guarded(listener);
        synchronized (lock) {
            listeners.add(own);
            links.all().forEach(own::onLink);
        }
        return () -> {
            synchronized (lock) {
                listeners.remove(own);
            }
        };
    }

    @Deactivate
    void close() throws InterruptedException {
        closed = true;
        events.wake();
        thread.join(STOP_MILLIS);
    }

    private void run() {
        int timeoutMillis = LOOK_MILLIS;
        long lookedNanos = System.nanoTime();
        while (!closed) {
            try {
                events.await(timeoutMillis);
                synchronized (lock) {
                    events.drain(links);
                    refresh();
                    if (System.nanoTime() - lookedNanos >= LOOK_MILLIS * 1_000_000L) {
                        lookedNanos = System.nanoTime();
                        links.tellAll();
                    }
                }
                timeoutMillis = LOOK_MILLIS;
            } catch (IOException | RuntimeException e) {
                // Whatever it was: without this thread a lost carrier would never be seen again.
                LOG.warn("link-monitor cannot read interfaces, trying again: {}", e.toString());
                timeoutMillis = RETRY_MILLIS;
                synchronized (lock) {
                    links.onOverrun();
                }
            }
        }
        events.close();
        requests.close();
    }

    /** How often the kernel had to drop events. */
    long overruns() {
        synchronized (lock) {
            return links.overruns();
        }
    }

    /** Reads anew what the events say is stale. What happens meanwhile is in the event socket's queue. */
    private void refresh() throws IOException {
        if (links.linksStale()) {
            links.readLinks(requests.links());
        }
        if (links.addressesStale()) {
            links.readAddresses(requests.addresses());
        }
        snapshot = links.all();
    }

    private final class Announcer implements Links.Changes {
        @Override
        public void changed(Link link) {
            snapshot = links.all();
            listeners.forEach(listener -> listener.onLink(link));
        }

        @Override
        public void gone(String name, int index) {
            snapshot = links.all();
            listeners.forEach(listener -> listener.onLinkGone(name, index));
        }
    }

    /** Keeps what a listener throws away from the others. */
    private static final class Guarded implements LinkListener {
        private final LinkListener listener;

        Guarded(LinkListener listener) {
            this.listener = listener;
        }

        @Override
        public void onLink(Link link) {
            guard(to -> to.onLink(link));
        }

        @Override
        public void onLinkGone(String name, int index) {
            guard(to -> to.onLinkGone(name, index));
        }

        private void guard(Consumer<LinkListener> call) {
            try {
                call.accept(listener);
            } catch (RuntimeException e) {
                LOG.error("link-monitor: a listener failed", e);
            }
        }
    }
}
