package io.halcyon.lvs.engine;

import io.halcyon.api.vrrp.RouterService;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.spi.dataplane.SyncDaemon;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks each half second at what tells nobody when it changes, on thread {@code lvs-watch}: addresses of this host for those who
 * ask, and the router that synchronization follows. Thread-safe.
 */
final class Watch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("io.halcyon.lvs");
    private static final long PERIOD_MILLIS = 500;

    private final LvsLoop loop;
    private final LocalAddresses local;
    private final Presence presence;
    private final Tables tables;
    private final ScheduledThreadPoolExecutor thread = Threads.passing("lvs-watch");
    private final AtomicReference<@Nullable RouterService> routers = new AtomicReference<>();
    private volatile @Nullable SyncSettings sync;

    // Owned by the thread.
    private @Nullable Future<?> next;
    private Set<SyncDaemon> daemons = Set.of();
    private String missing = "";

    Watch(LvsLoop loop, LocalAddresses local, Presence presence, Tables tables) {
        this.loop = loop;
        this.local = local;
        this.presence = presence;
        this.tables = tables;
    }

    void set(RouterService there) {
        routers.set(there);
        wake();
    }

    void unset(RouterService gone) {
        routers.compareAndSet(gone, null);
    }

    void follow(@Nullable SyncSettings settings) {
        sync = settings;
        wake();
    }

    /** Somebody may need it now. */
    void wake() {
        if (!thread.isShutdown()) {
            thread.execute(this::look);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void look() {
        try {
            lookAtRouter(sync);
            if (presence.isNeeded()) {
                var now = local.now();
                loop.execute(() -> presence.looked(now));
            }
        } catch (SocketException | RuntimeException e) {
            LOG.debug("looking around failed: {}", e.toString());
        }
        if (next == null && isNeeded() && !thread.isShutdown()) {
            next = thread.schedule(this::again, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void again() {
        next = null;
        if (isNeeded()) {
            look();
        }
    }

    private boolean isNeeded() {
        return sync != null || presence.isNeeded();
    }

    private void lookAtRouter(@Nullable SyncSettings settings) {
        var wanted = settings == null ? Set.<SyncDaemon>of() : Set.of(daemon(settings));
        if (!wanted.equals(daemons)) {
            daemons = wanted;
            wanted.forEach(daemon -> LOG.info(
                    "connections are {} on {}",
                    daemon.role() == SyncDaemon.Role.MASTER ? "told" : "learned",
                    daemon.dev()));
            loop.execute(() -> tables.synchronize(wanted));
        }
    }

    private SyncDaemon daemon(SyncSettings settings) {
        var service = routers.get();
        if (service == null) {
            return asBefore(settings);
        }
        var router = service.router(settings.router());
        if (router.isEmpty() && !missing.equals(settings.router())) {
            LOG.warn("lvs.sync.daemon: there is no router {}, so connections are only learned", settings.router());
        }
        missing = router.isEmpty() ? settings.router() : "";
        return router.map(there -> settings.daemon(there.state() == RouterState.MASTER, there.vrid()))
                .orElseGet(() -> settings.daemon(false, 0));
    }

    /** While nobody can be asked, for an update of a bundle most likely, it is what it was. */
    private SyncDaemon asBefore(SyncSettings settings) {
        return daemons.stream()
                .findFirst()
                .map(before -> settings.daemon(before.role() == SyncDaemon.Role.MASTER, before.id()))
                .orElseGet(() -> settings.daemon(false, 0));
    }
}
