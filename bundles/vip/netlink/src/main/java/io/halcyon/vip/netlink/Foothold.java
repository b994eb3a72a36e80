package io.halcyon.vip.netlink;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.linux.netlink.Change;
import io.halcyon.linux.netlink.KernelAddress;
import io.halcyon.linux.netlink.RouteRequests;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets the host answer for many IPv4 addresses at once, while they are still being put one after another. Belongs to thread
 * {@code vip-netlink}.
 *
 * <p>The kernel walks through three lists of all addresses for each that is added: a thousand take it 14 ms, two thousand
 * four times as long. Routes of type {@code local} to exactly these addresses take it 3 µs each, and where addresses lie
 * side by side one route does for many. Their source is the first address, which is put before them: when that goes, at
 * the end of its lease if nobody renews it, the kernel removes them as well. So a host that dies or freezes in the middle
 * does not keep what it was about to put.
 */
final class Foothold {

    private final RouteRequests requests;
    private final List<Change> removals;
    private final List<VirtualAddress> reached;

    private Foothold(RouteRequests requests, List<Change> removals, List<VirtualAddress> reached) {
        this.requests = requests;
        this.removals = removals;
        this.reached = reached;
    }

    /**
     * Puts the routes; all of them, or it takes back those that it could put.
     *
     * @param first an IPv4 address that is in the kernel; else the kernel refuses the routes
     * @param rest IPv4 addresses that are not, with the index of their interface
     */
    static Foothold of(RouteRequests requests, Held first, List<Held> rest) throws IOException {
        InetAddress source = first.address.address();
        List<Change> routes = new ArrayList<>();
        List<Change> removals = new ArrayList<>();
        Map<Integer, List<InetAddress>> byInterface = byInterface(rest);
        for (Map.Entry<Integer, List<InetAddress>> one : byInterface.entrySet()) {
            for (Prefixes.Prefix prefix : Prefixes.covering(one.getValue())) {
                var key = new KernelAddress.Key(one.getKey(), prefix.network(), prefix.length());
                routes.add(new Change.PutLocalRoute(key, source, KernelAddress.HALCYON));
                removals.add(new Change.RemoveLocalRoute(key, source, KernelAddress.HALCYON));
            }
        }
        boolean holds = requests.apply(routes).isEmpty();
        for (Map.Entry<Integer, List<InetAddress>> one : byInterface.entrySet()) {
            // Not so in a VRF, nor where a rule separated the table from that in which the kernel looks for sources.
            holds &= requests.isLocal(one.getValue().get(0), one.getKey());
        }
        Foothold foothold = new Foothold(requests, removals, holds ? addresses(rest) : List.of());
        if (!holds) {
            foothold.leave();
        }
        return foothold;
    }

    /** All of them, or none: for these packets are taken and may be answered. */
    List<VirtualAddress> reached() {
        return reached;
    }

    /** Removes the routes: the addresses are there, or nobody wants them any more. */
    void leave() throws IOException {
        requests.apply(removals);
    }

    private static List<VirtualAddress> addresses(List<Held> held) {
        List<VirtualAddress> addresses = new ArrayList<>(held.size());
        for (Held one : held) {
            addresses.add(one.address);
        }
        return addresses;
    }

    private static Map<Integer, List<InetAddress>> byInterface(List<Held> held) {
        Map<Integer, List<InetAddress>> byInterface = new LinkedHashMap<>();
        for (Held one : held) {
            byInterface
                    .computeIfAbsent(one.index, index -> new ArrayList<>(held.size()))
                    .add(one.address.address());
        }
        return byInterface;
    }
}
