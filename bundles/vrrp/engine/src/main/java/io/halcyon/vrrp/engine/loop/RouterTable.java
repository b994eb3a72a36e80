package io.halcyon.vrrp.engine.loop;

import io.halcyon.api.check.Verdict;
import io.halcyon.spi.link.Link;
import io.halcyon.spi.transport.Transport;
import io.halcyon.spi.vip.VipManager;
import io.halcyon.vrrp.protocol.RouterEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The routers of a loop, also those that are on their way out. Owned by the loop. */
final class RouterTable {

    private final LoopContext context;
    private final Map<String, LoopRouter> routers = new TreeMap<>();
    /** What is configured, by name: whatever else is going on, this is what it has to end with. */
    private final Map<String, Wanted> wanted = new TreeMap<>();
    /** Routers that hand over; what is wanted in their place starts when they are gone. */
    private final Map<Place, LoopRouter> leaving = new HashMap<>();

    private final Map<String, Link> links = new HashMap<>();
    private final Map<String, Verdict> verdicts = new HashMap<>();
    /** Both maps' routers, replaced at each change: the loop walks it every turn. */
    private List<LoopRouter> all = List.of();

    RouterTable(LoopContext context) {
        this.context = context;
    }

    void configure(RouterSettings settings, int override, LongSupplier event) {
        wanted.put(settings.name(), new Wanted(settings, override, event));
        reconcile(settings.name(), "configuration changed", false, event);
    }

    void rename(String from, String to) {
        LoopRouter router = routers.remove(from);
        if (router != null) {
            routers.put(to, router);
        }
        wanted.remove(from);
    }

    void remove(String name, String cause, boolean now, LongSupplier event) {
        wanted.remove(name);
        reconcile(name, cause, now, event);
    }

    /** Makes of a running router what is wanted, or lets it go, or starts what is wanted as soon as its place is free. */
    private void reconcile(String name, String cause, boolean now, LongSupplier event) {
        LoopRouter running = routers.get(name);
        Wanted next = wanted.get(name);
        if (running == null) {
            startIfFree(name);
        } else if (next == null || !running.settings().canBecome(next.settings())) {
            if (next == null) {
                running.parts().journal().deleted();
            }
            during(running, event, () -> leave(running, stopping(cause, now), () -> {}));
        } else {
            during(running, event, () -> running.reconfigure(next.settings(), next.override()));
        }
    }

    private static void during(LoopRouter router, LongSupplier event, Runnable what) {
        router.parts().journal().during(event, what);
    }

    private void startIfFree(String name) {
        Wanted next = wanted.get(name);
        if (next == null || !isFree(Place.of(next.settings()), name)) {
            return;
        }
        LoopRouter router = new LoopRouter(context, next.settings(), next.override());
        routers.put(name, router);
        changed();
        links.values().forEach(router::link);
        verdicts.values().forEach(router::verdict);
        router.parts().journal().begun(next.event());
        router.start();
    }

    /** Whether nobody is at a place, not even somebody who hands over, and nobody of that name is on the way out. */
    private boolean isFree(Place place, String name) {
        return all.stream()
                .noneMatch(router -> Place.of(router.settings()).equals(place)
                        || router.settings().name().equals(name));
    }

    void removeAll(String cause, boolean now, Runnable after) {
        leaveAll(stopping(cause, now), after);
    }

    /**
     * Removes all for a short while, as when a bundle is updated: each hands over or, if nobody takes over, leaves its
     * addresses to their lease, within which they are adopted again.
     */
    void suspendAll(String cause, Runnable after) {
        leaveAll(suspending(cause), after);
    }

    private void leaveAll(Consumer<LoopRouter> goodbye, Runnable after) {
        wanted.clear();
        List<LoopRouter> going = List.copyOf(leaving.values());
        List<LoopRouter> staying = List.copyOf(routers.values());
        Runnable each = afterAll(staying.size() + going.size(), after);
        going.forEach(router -> router.parts().farewell().afterStop(each));
        going.forEach(goodbye);
        staying.forEach(router -> leave(router, goodbye, each));
    }

    private static Consumer<LoopRouter> stopping(String cause, boolean now) {
        return router -> router.on(now ? new RouterEvent.StopNow(cause) : new RouterEvent.Stop(cause));
    }

    private static Consumer<LoopRouter> suspending(String cause) {
        return router -> router.handOver(cause, kept -> {
            if (kept) {
                router.stopped();
            } else {
                router.on(new RouterEvent.Stop(cause));
            }
        });
    }

    /** Something to be run that many times, the last of which runs another. */
    private static Runnable afterAll(int times, Runnable last) {
        if (times == 0) {
            last.run();
        }
        AtomicInteger left = new AtomicInteger(times);
        return () -> {
            if (left.decrementAndGet() == 0) {
                last.run();
            }
        };
    }

    private void leave(LoopRouter router, Consumer<LoopRouter> goodbye, Runnable after) {
        Place place = Place.of(router.settings());
        routers.values().remove(router);
        leaving.put(place, router);
        changed();
        router.parts().farewell().afterStop(() -> {
            leaving.remove(place, router);
            changed();
            after.run();
            List.copyOf(wanted.keySet()).forEach(name -> {
                if (!routers.containsKey(name)) {
                    startIfFree(name);
                }
            });
        });
        goodbye.accept(router);
    }

    void leaveTransport(Transport transport, LongSupplier event, Runnable after) {
        leavePlugin(
                event,
                "transport " + transport.name(),
                settings -> settings.transport().equals(transport.name()),
                () -> context.channels().remove(transport),
                () -> context.channels().finish(transport, after));
    }

    void leaveVipManager(VipManager manager, LongSupplier event, Runnable after) {
        leavePlugin(
                event,
                "vip manager " + manager.name(),
                settings ->
                        settings.vip().equals(manager.name()) && context.vips().has(manager),
                () -> context.vips().remove(manager),
                after);
    }

    /** Every router that uses the plugin hands over while it still works; all wait for it after that. */
    private void leavePlugin(
            LongSupplier event, String plugin, Predicate<RouterSettings> uses, Runnable remove, Runnable after) {
        List<LoopRouter> users = users(uses);
        Runnable each = afterAll(users.size(), () -> {
            // Not those of before: another plugin may have gone meanwhile, and routers with it.
            List<LoopRouter> left = users(uses);
            remove.run();
            left.forEach(router -> during(router, event, () -> detach(router, event)));
            after.run();
        });
        users.forEach(router -> during(router, event, () -> router.handOver(plugin + " goes", kept -> each.run())));
    }

    private List<LoopRouter> users(Predicate<RouterSettings> uses) {
        return all.stream().filter(router -> uses.test(router.settings())).toList();
    }

    private void detach(LoopRouter router, LongSupplier event) {
        String name = router.settings().name();
        if (router.isMaster() && routers.remove(name, router)) {
            // Nobody took over: a new router adopts the addresses before their lease is over.
            router.close();
            changed();
            wanted.computeIfPresent(name, (same, next) -> next.because(event));
            startIfFree(name);
            router.parts().farewell().end();
        } else {
            router.detach();
        }
    }

    /** The router of that name. */
    LoopRouter require(String name) {
        LoopRouter router = routers.get(name);
        if (router == null) {
            String known = routers.isEmpty() ? "" : "; there is " + String.join(", ", routers.keySet());
            throw new IllegalArgumentException("there is no router " + name + known);
        }
        return router;
    }

    void refreshAll(LongSupplier event) {
        all.forEach(router -> during(router, event, () -> router.refresh("")));
    }

    void link(String name, @Nullable Link link) {
        if (link == null) {
            links.remove(name);
            all.forEach(router -> router.linkGone(name));
        } else {
            links.put(name, link);
            all.forEach(router -> router.link(link));
        }
    }

    void verdict(Verdict verdict) {
        verdicts.put(verdict.name(), verdict);
        routers.values().forEach(router -> router.verdict(verdict));
    }

    void verdictRemoved(String name, long eventId) {
        verdicts.remove(name);
        routers.values().forEach(router -> router.verdictRemoved(name, eventId));
    }

    void stalled(long lateNanos) {
        all.forEach(router -> router.stalled(lateNanos));
    }

    void resumed() {
        all.forEach(LoopRouter::resumed);
    }

    /** Those that are leaving too; the list does not change, there is another one after each change. */
    List<LoopRouter> everyone() {
        return all;
    }

    /** By name, without those that are leaving. */
    List<LoopRouter> all() {
        return List.copyOf(routers.values());
    }

    void closeAll() {
        all.forEach(LoopRouter::close);
    }

    private void changed() {
        List<LoopRouter> now = new ArrayList<>(routers.values());
        now.addAll(leaving.values());
        all = List.copyOf(now);
    }
}
