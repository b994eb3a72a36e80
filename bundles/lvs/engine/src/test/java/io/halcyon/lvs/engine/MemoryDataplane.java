package io.halcyon.lvs.engine;

import io.halcyon.spi.dataplane.Counters;
import io.halcyon.spi.dataplane.Dataplane;
import io.halcyon.spi.dataplane.DataplaneListener;
import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.Forwarding;
import io.halcyon.spi.dataplane.Options;
import io.halcyon.spi.dataplane.ServiceFigures;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.ServiceTable;
import io.halcyon.spi.dataplane.SyncDaemon;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A data plane whose kernel is a map. Orders are carried out on a thread of its own, and the kernel outlives all tables, as the
 * contract has it.
 */
final class MemoryDataplane implements Dataplane {

    /** What the kernel has; several data planes, one after the other, may have the same one. */
    static final class Kernel {
        final Map<ServiceKey, Desired> services = new ConcurrentHashMap<>();
        /** In the order they were carried out: {@code put}, {@code remove} and {@code settle} with their services. */
        final List<String> orders = new CopyOnWriteArrayList<>();

        /** Weights of each service that was put, in that order. */
        final List<Map<String, Integer>> history = new CopyOnWriteArrayList<>();

        /** Destinations whose connections were ended. */
        final List<String> ended = new CopyOnWriteArrayList<>();

        final Map<ServiceKey, ServiceFigures> figures = new ConcurrentHashMap<>();
        volatile Options options = Options.NONE;
        volatile Set<SyncDaemon> daemons = Set.of();

        void put(Desired desired) {
            var key = desired.service().key();
            if (desired.leaving() == Desired.Leaving.END) {
                var leaving = new HashSet<>(weights(key).keySet());
                desired.destinations().forEach(destination -> leaving.remove(destination.toString()));
                ended.addAll(leaving);
            }
            services.put(key, desired);
            history.add(weights(key));
        }

        /** Weights by destination, such as {@code {[10.0.0.1]:80=1}}; empty if there is no such service. */
        Map<String, Integer> weights(ServiceKey key) {
            return Optional.ofNullable(services.get(key)).map(Desired::destinations).orElse(List.of()).stream()
                    .collect(Collectors.toMap(Destination::toString, Destination::weight));
        }
    }

    private final String name;
    private final int preference;
    final Kernel kernel;
    volatile List<String> limits = List.of();
    /** Schedulers it does not have. */
    volatile Set<String> unable = Set.of();
    /** Reason to take nothing, empty to take all. */
    volatile String failure = "";

    volatile boolean open;

    MemoryDataplane(String name, int preference, Kernel kernel) {
        this.name = name;
        this.preference = preference;
        this.kernel = kernel;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int preference() {
        return preference;
    }

    @Override
    public List<String> limits() {
        return limits;
    }

    @Override
    public List<String> refusals(Desired desired) {
        var word = desired.service().scheduler().word();
        if (unable.contains(word)) {
            return List.of("lvs.sched = " + word + ": a memory counts no connections");
        }
        return desired.destinations().stream()
                .filter(destination -> destination.forwarding() instanceof Forwarding.Tunnel
                        || destination.address().isLinkLocalAddress())
                .map(destination -> destination.forwarding() instanceof Forwarding.Tunnel
                        ? "lvs.method = TUN: a memory has no tunnels"
                        : "real.server = " + destination + ": a memory has no links")
                .toList();
    }

    @Override
    public List<String> needs(Desired desired) {
        return List.of("real servers must remember " + desired.service().key());
    }

    @Override
    public ServiceTable open(DataplaneListener listener) {
        if (open) {
            throw new IllegalStateException("there is one table at a time");
        }
        open = true;
        return new Table(listener);
    }

    private final class Table implements ServiceTable {

        private final DataplaneListener listener;
        private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
            var own = new Thread(task, "memory-" + name);
            own.setDaemon(true);
            return own;
        });
        private final Set<ServiceKey> wanted = new HashSet<>();

        Table(DataplaneListener listener) {
            this.listener = listener;
        }

        @Override
        public void put(Collection<Desired> services) {
            var copy = List.copyOf(services);
            thread.execute(() -> {
                kernel.orders.add("put "
                        + names(copy.stream().map(each -> each.service().key()).toList()));
                copy.forEach(each -> wanted.add(each.service().key()));
                if (!failure.isEmpty()) {
                    copy.forEach(each -> listener.onFailed(each.service().key(), failure));
                    return;
                }
                copy.forEach(kernel::put);
                listener.onApplied(
                        copy.stream().map(each -> each.service().key()).toList());
            });
        }

        @Override
        public void remove(Collection<ServiceKey> services) {
            var copy = List.copyOf(services);
            thread.execute(() -> {
                kernel.orders.add("remove " + names(copy));
                wanted.removeAll(copy);
                kernel.services.keySet().removeAll(copy);
            });
        }

        @Override
        public void settle() {
            thread.execute(() -> {
                var left = new ArrayList<>(kernel.services.keySet());
                left.removeAll(wanted);
                kernel.orders.add("settle " + names(left));
                kernel.services.keySet().retainAll(wanted);
            });
        }

        @Override
        public void options(Options options) {
            thread.execute(() -> kernel.options = options);
        }

        @Override
        public void synchronize(Set<SyncDaemon> daemons) {
            thread.execute(() -> kernel.daemons = Set.copyOf(daemons));
        }

        @Override
        public List<ServiceFigures> figures() throws IOException {
            var all = new ArrayList<ServiceFigures>();
            for (var key : kernel.services.keySet()) {
                all.add(kernel.figures.getOrDefault(key, new ServiceFigures(key, Counters.NONE, List.of())));
            }
            return all;
        }

        @Override
        public void close() {
            thread.shutdown();
            try {
                if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("orders hang");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            open = false;
        }
    }

    private static String names(Collection<ServiceKey> keys) {
        return keys.stream().map(Object::toString).sorted().collect(Collectors.joining(" "));
    }
}
