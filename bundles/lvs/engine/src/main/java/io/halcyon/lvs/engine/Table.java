package io.halcyon.lvs.engine;

import io.halcyon.spi.dataplane.Dataplane;
import io.halcyon.spi.dataplane.DataplaneListener;
import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Options;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.ServiceTable;
import io.halcyon.spi.dataplane.SyncDaemon;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is wanted of one data plane, whether it is there or not. Owned by the loop thread. */
final class Table {

    private static final Logger LOG = LoggerFactory.getLogger("io.halcyon.lvs");

    /** Hears on the loop thread what became of services. */
    interface Reports {
        void applied(String owner, ServiceKey key);

        void failed(String owner, ServiceKey key, String reason);

        void repaired(String owner, ServiceKey key, String what);
    }

    private record Wanted(String owner, Desired desired) {}

    private final String name;
    private final LvsLoop loop;
    private final Reports reports;
    private final Map<ServiceKey, Wanted> wanted = new LinkedHashMap<>();
    /** What the data plane was not told yet; those that are wanted no more among them. */
    private final Set<ServiceKey> changed = new LinkedHashSet<>();
    /** Who took away what since then. */
    private final Map<ServiceKey, String> removed = new LinkedHashMap<>();
    /** What its owner took away and wants again: it goes first, and its connections with it. */
    private final Set<ServiceKey> rebuilt = new LinkedHashSet<>();

    private final Leavers leavers = new Leavers();

    private @Nullable Dataplane plane;
    private @Nullable ServiceTable table;
    private @Nullable Listener listener;
    private boolean settled;
    private String trouble = "";

    Table(String name, LvsLoop loop, Reports reports) {
        this.name = name;
        this.loop = loop;
        this.reports = reports;
    }

    boolean isOpen() {
        return table != null;
    }

    @Nullable
    ServiceTable table() {
        return table;
    }

    boolean isOf(Dataplane other) {
        return plane == other;
    }

    /** Opens it and asks for all that is wanted, in one order. */
    void open(Dataplane from, Options options, Set<SyncDaemon> daemons) {
        var own = new Listener();
        plane = from;
        listener = own;
        var opened = from.open(own);
        table = opened;
        settled = false;
        removed.clear();
        rebuilt.clear();
        opened.options(options);
        opened.synchronize(daemons);
        changed.clear();
        changed.addAll(wanted.keySet());
        leavers.keepOnly(wanted.keySet());
    }

    /** Closes it; the kernel and what is wanted stay. */
    void close() {
        var closing = table;
        plane = null;
        table = null;
        listener = null;
        if (closing != null) {
            closing.close();
        }
    }

    /** Whether the data plane has to be told. */
    boolean put(String owner, Desired desired) {
        var key = desired.service().key();
        var now = new Wanted(owner, desired);
        var before = wanted.put(key, now);
        if (!now.equals(before)) {
            leavers.change(before == null ? null : before.desired, desired);
            changed.add(key);
        }
        if (owner.equals(removed.get(key))) {
            rebuilt.add(key);
        }
        return changed.contains(key);
    }

    /** Does nothing to what another one wants now. */
    void remove(String owner, ServiceKey key) {
        var now = wanted.get(key);
        if (now != null && now.owner.equals(owner)) {
            wanted.remove(key);
            changed.add(key);
            removed.put(key, owner);
        }
    }

    /** Does nothing to what others want. */
    void removeAllOf(String owner) {
        List.copyOf(wanted.keySet()).forEach(key -> remove(owner, key));
    }

    /** Takes all away. */
    void removeAll() {
        changed.addAll(wanted.keySet());
        wanted.clear();
    }

    /**
     * Tells the data plane what has changed, as one order for what goes and one for what is there.
     *
     * @param complete whether that is all that is configured
     */
    void flush(boolean complete) {
        var open = table;
        if (open == null) {
            return;
        }
        if (!changed.isEmpty()) {
            tell(open);
        }
        if (complete && !settled) {
            settled = true;
            open.settle();
        }
    }

    private void tell(ServiceTable open) {
        var gone = new LinkedHashSet<>(rebuilt);
        changed.stream().filter(key -> !wanted.containsKey(key)).forEach(gone::add);
        gone.forEach(leavers::gone);
        var first = new ArrayList<Desired>();
        var last = new ArrayList<Desired>();
        for (var key : changed) {
            var now = wanted.get(key);
            if (now != null) {
                var orders = leavers.orders(now.desired);
                first.addAll(orders.subList(0, orders.size() - 1));
                last.add(orders.get(orders.size() - 1));
            }
        }
        changed.clear();
        removed.clear();
        rebuilt.clear();
        // Nobody else may have a key before its last owner is gone.
        if (!gone.isEmpty()) {
            open.remove(gone);
        }
        if (!first.isEmpty()) {
            open.put(first);
        }
        if (!last.isEmpty()) {
            open.put(last);
        }
    }

    /** Reports of a table that is closed are nobody's. */
    private final class Listener implements DataplaneListener {

        @Override
        public void onApplied(Collection<ServiceKey> services) {
            var keys = List.copyOf(services);
            hear(() -> {
                trouble = "";
                keys.forEach(this::applied);
            });
        }

        @Override
        public void onFailed(ServiceKey service, String reason) {
            hear(() -> report(service, owner -> reports.failed(owner, service, reason)));
        }

        @Override
        public void onRepaired(ServiceKey service, String what) {
            hear(() -> report(service, owner -> reports.repaired(owner, service, what)));
        }

        @Override
        public void onTrouble(String what) {
            hear(() -> {
                if (!what.equals(trouble)) {
                    trouble = what;
                    LOG.warn("{}: {}", name, what);
                }
            });
        }

        private void applied(ServiceKey key) {
            if (!changed.contains(key)) {
                leavers.applied(key);
            }
            report(key, owner -> reports.applied(owner, key));
        }

        private void hear(Runnable what) {
            loop.execute(() -> {
                if (listener == this) {
                    what.run();
                }
            });
        }

        private void report(ServiceKey key, Consumer<String> to) {
            var now = wanted.get(key);
            if (now != null) {
                to.accept(now.owner);
            }
        }
    }
}
