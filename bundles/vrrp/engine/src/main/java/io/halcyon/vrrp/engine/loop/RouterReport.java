package io.halcyon.vrrp.engine.loop;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.api.vrrp.RouterAddress;
import io.halcyon.api.vrrp.RouterExplanation;
import io.halcyon.api.vrrp.RouterStatus;
import io.halcyon.spi.link.Link;
import io.halcyon.vrrp.protocol.VirtualRouter;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Puts into words and records what a router knows of itself. Stateless. */
final class RouterReport {

    private static final int DEFAULT_MTU = 1500;

    private RouterReport() {}

    static RouterStatus status(LoopRouter router) {
        VirtualRouter machine = router.parts().machine();
        RouterSettings settings = router.settings();
        InetAddress master = machine.master();
        InetAddress source = router.source();
        return new RouterStatus(
                settings.name(),
                settings.networkInterface(),
                settings.protocol().vrid(),
                settings.protocol().version(),
                machine.state(),
                machine.cause(),
                router.parts().journal().since(),
                router.basePriority(),
                settings.protocol().priority(),
                machine.effectivePriority(),
                master == null ? null : master.getHostAddress(),
                machine.masterPriority(),
                source == null ? null : source.getHostAddress(),
                settings.transport(),
                settings.vip(),
                addresses(router),
                router.parts().tracks().status(),
                timers(router),
                router.parts().counters().snapshot(),
                faults(router),
                router.parts().journal().history(),
                Warnings.of(router));
    }

    private static List<RouterAddress> addresses(LoopRouter router) {
        RouterSettings settings = router.settings();
        Link link = router.parts().attachment().link();
        int advertised = settings.advertisedAt(link == null ? DEFAULT_MTU : link.mtu());
        List<RouterAddress> addresses = new ArrayList<>();
        for (VirtualAddress address : settings.addresses()) {
            String dev = address.dev() == null ? settings.networkInterface() : address.dev();
            addresses.add(new RouterAddress(
                    address.cidr(),
                    dev,
                    addresses.size() >= advertised,
                    router.parts().addresses().isInstalled(address)));
        }
        return addresses;
    }

    /** Faults of packets for this router, and of those on its interface that were for nobody. */
    private static Map<String, Long> faults(LoopRouter router) {
        Map<String, Long> all = router.parts().faults().snapshot();
        LinkChannel open = router.parts().attachment().linkChannel();
        if (open != null) {
            open.strays().snapshot().forEach((kind, n) -> all.merge(kind, n, Long::sum));
        }
        return all;
    }

    private static Map<String, Long> timers(LoopRouter router) {
        VirtualRouter machine = router.parts().machine();
        Map<String, Long> timers = new LinkedHashMap<>();
        timers.put("advert.int", millis(machine.advertIntervalNanos()));
        timers.put("skew", millis(machine.skewNanos()));
        timers.put("master.down", millis(machine.masterDownNanos()));
        if (machine.deadline() != Long.MAX_VALUE) {
            timers.put("due.in", millis(machine.deadline() - router.nowNanos()));
        }
        timers.put(
                "lease",
                TimeUnit.SECONDS.toMillis(
                        kernelLease(router) ? router.settings().leaseSeconds() : 0));
        return timers;
    }

    static RouterExplanation explanation(LoopRouter router) {
        RouterStatus status = status(router);
        List<String> because = new ArrayList<>();
        because.addAll(router.parts().machine().because());
        because.add("priority " + status.effectivePriority() + " (" + priority(status) + ")");
        status.tracks()
                .forEach(track -> because.add("tracks " + track.kind() + " " + track.name() + ", weight "
                        + track.weight() + (track.reverse() ? " reverse" : "") + ": " + track.reason()));
        because.add(lease(router));
        because.addAll(router.parts().addresses().account().limits());
        return new RouterExplanation(
                status.name(),
                status.state(),
                because,
                router.parts().machine().wouldChange(),
                status.warnings(),
                status.history());
    }

    private static String priority(RouterStatus status) {
        String base = status.basePriority() == status.configuredPriority()
                ? "configured " + status.configuredPriority()
                : "overridden with " + status.basePriority() + ", configured " + status.configuredPriority();
        int trackers = status.effectivePriority() - status.basePriority();
        return trackers == 0 ? base : base + ", trackers " + (trackers > 0 ? "+" : "") + trackers;
    }

    private static String lease(LoopRouter router) {
        RouterSettings settings = router.settings();
        if (!kernelLease(router)) {
            return "vip manager " + settings.vip()
                    + " has no kernel lease: a killed or frozen daemon leaves its addresses"
                    + " behind until another host claims them";
        }
        return settings.leaseSeconds() == 0
                ? "lease off: a killed or frozen daemon leaves its addresses behind for ever"
                : "lease " + settings.leaseSeconds()
                        + " s: the kernel removes the addresses by itself that long after the"
                        + " daemon dies or freezes; on a lone host they are gone then, too";
    }

    private static boolean kernelLease(LoopRouter router) {
        return router.parts().addresses().account().kernelLease();
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
