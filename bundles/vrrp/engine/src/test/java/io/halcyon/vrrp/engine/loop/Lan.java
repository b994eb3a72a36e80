package io.halcyon.vrrp.engine.loop;

import io.halcyon.api.event.Event;
import io.halcyon.api.net.MacAddress;
import io.halcyon.api.net.VirtualAddress;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.api.vrrp.RouterStatus;
import io.halcyon.spi.host.Host;
import io.halcyon.spi.host.Parker;
import io.halcyon.spi.link.Link;
import io.halcyon.spi.link.LinkListener;
import io.halcyon.spi.link.LinkMonitor;
import io.halcyon.spi.transport.Transport;
import io.halcyon.spi.vip.AddressSet;
import io.halcyon.spi.vip.VipListener;
import io.halcyon.spi.vip.VipManager;
import io.halcyon.transport.memory.Conditions;
import io.halcyon.transport.memory.MemoryLan;
import io.halcyon.vrrp.protocol.ChecksumForm;
import io.halcyon.vrrp.protocol.GarpConfig;
import io.halcyon.vrrp.protocol.RouterConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Nodes that run the loop which ships, on a LAN in memory, under virtual time. */
final class Lan {

    static final long MILLI = 1_000_000L;
    static final long SECOND = 1_000 * MILLI;

    private long nowNanos = 1_000 * SECOND;
    final MemoryLan wire = new MemoryLan(() -> nowNanos, 1);
    private final Map<String, Node> nodes = new LinkedHashMap<>();

    Lan() {
        wire.conditions(Conditions.PERFECT.withDelay(50_000, 100_000));
    }

    static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static RouterSettings settings(String name, int vrid, int priority, int intervalCentis, List<Track> tracks) {
        VirtualAddress vip = VirtualAddress.of(address("10.0.0." + (200 + vrid)));
        RouterConfig config = new RouterConfig(
                vrid,
                3,
                priority,
                intervalCentis,
                true,
                0,
                3,
                null,
                ChecksumForm.PSEUDO_HEADER,
                List.of(vip.address()),
                GarpConfig.DEFAULT);
        return new RouterSettings(name, "eth0", config, List.of(vip), List.of(), tracks, "memory", "memory", 2);
    }

    static RouterSettings settings(int priority) {
        return settings("VI_1", 1, priority, 10, List.of());
    }

    Node node(String name, int host) {
        Node node = new Node(name, host);
        nodes.put(name, node);
        return node;
    }

    /** The same host after its process was killed: what the kernel had it has still. */
    Node restarted(Node crashed) {
        crashed.freeze(true);
        Node next = node(crashed.name + "-again", crashed.host);
        next.kernel.putAll(crashed.kernel);
        next.stampNanos = crashed.stampNanos;
        return next;
    }

    long now() {
        return nowNanos;
    }

    /** Lets virtual time pass; every node that is not frozen does what is due, when it is due. */
    void pass(long nanos) {
        long end = nowNanos + nanos;
        while (true) {
            long next = settle();
            if (next > end) {
                break;
            }
            nowNanos = Math.max(next, nowNanos);
        }
        nowNanos = end;
        settle();
    }

    private long settle() {
        long next = Long.MAX_VALUE;
        // Twice, because what one node sends at once another may hear at once.
        for (int round = 0; round < 2; round++) {
            wire.deliverUntil(nowNanos);
            next = wire.nextDelivery();
            for (Node node : nodes.values()) {
                if (nowNanos < node.waitsUntilNanos) {
                    next = Math.min(next, node.waitsUntilNanos);
                } else if (!node.frozen) {
                    next = Math.min(next, node.turn());
                    node.loop.work();
                }
            }
            next = Math.min(next, wire.nextDelivery());
        }
        return next;
    }

    /** One host. */
    final class Node implements Host, LinkMonitor, VipManager, AddressSet {

        final String name;
        final VrrpLoop loop;
        final Transport transport;
        final List<Event> events = new ArrayList<>();
        /** Of each event; ids count from 1. */
        final List<List<Long>> causes = new ArrayList<>();

        final List<String> orders = new ArrayList<>();
        /** Latest permissible times that were given anew. */
        final List<Long> proven = new ArrayList<>();
        /** What the kernel of this host has. */
        final Map<String, Long> kernel = new TreeMap<>();

        private final List<LinkListener> listeners = new ArrayList<>();
        /** When an address was last put or renewed, MIN_VALUE if that proves nothing. */
        private long stampNanos = Long.MIN_VALUE;

        private VipListener vips;
        private final int host;
        private final Map<String, Link> links = new LinkedHashMap<>();
        private boolean blocked;
        private final List<Runnable> blockedOrders = new ArrayList<>();
        boolean frozen;
        /** Until when its loop has not got the processor; its transport has. */
        long waitsUntilNanos;

        private boolean thawing;
        boolean kernelLease = true;
        long takeoverMillis = 200;
        /** For how long a rehearsal keeps the loop, because its manager says that it never blocks. */
        long rehearsalNanos;

        /** When the process stood still, as its clocks tell a few more times after it goes on. */
        private long stoodStillNanos;

        private int staleReads;
        /** For how long the machine slept altogether; its monotonic clock does not know. */
        private long suspendedNanos;

        private long suspendedAtNanos;

        private Node(String name, int host) {
            this.name = name;
            this.host = host;
            links.put("eth0", link("eth0", 2, "10.0.0." + host));
            transport = wire.transport(name);
            loop = new VrrpLoop(this, this, (event, why) -> {
                events.add(event);
                causes.add(why);
                return events.size();
            });
            loop.addTransport(transport, 0);
            loop.addVipManager(this, 0);
        }

        /** A running interface of this host with one address. */
        Link link(String device, int index, String address) {
            return new Link(
                    device,
                    index,
                    new MacAddress(host),
                    true,
                    true,
                    1500,
                    true,
                    List.of(new Link.Address(address(address), 24, true, false)));
        }

        Link eth0() {
            return links.get("eth0");
        }

        /** An interface is there, or is another than before. */
        void plug(Link link) {
            links.put(link.name(), link);
            listeners.forEach(listener -> listener.onLink(link));
        }

        void carrier(boolean up) {
            Link was = eth0();
            plug(new Link(was.name(), was.index(), was.mac(), true, up, 1500, true, was.addresses()));
        }

        void addresses(List<Link.Address> addresses) {
            Link was = eth0();
            plug(new Link(was.name(), was.index(), was.mac(), true, true, 1500, was.promoteSecondaries(), addresses));
        }

        void unplug(String device) {
            Link gone = links.remove(device);
            listeners.forEach(listener -> listener.onLinkGone(device, gone.index()));
        }

        private long turn() {
            long next = loop.turn();
            if (thawing) {
                // Not before: what came meanwhile is in the socket's queue, for the loop to read.
                thawing = false;
                wire.thaw(name);
            }
            return next == Long.MAX_VALUE ? next : next + suspendedNanos;
        }

        /** Puts the machine to sleep: its monotonic clock, and by that the kernel's leases, stand still. */
        void suspend() {
            freeze(true);
            suspendedAtNanos = nowNanos;
        }

        void wakeUp() {
            freeze(false);
            suspendedNanos += nowNanos - suspendedAtNanos;
        }

        void start(RouterSettings settings) {
            loop.configure(settings, 0, 0);
        }

        void freeze(boolean on) {
            frozen = on;
            thawing = !on;
            if (on) {
                wire.freeze(name);
            }
        }

        /** Goes on after it stood still in the middle of a turn: the clocks were read before, the rest comes after. */
        void thawInsideATurn(long stoodStillAtNanos) {
            freeze(false);
            stoodStillNanos = stoodStillAtNanos;
            staleReads = 3;
        }

        private long clock() {
            staleReads = Math.max(0, staleReads - 1);
            return staleReads > 0 ? stoodStillNanos : nowNanos;
        }

        /** The kernel took an address away, because nobody renewed it or because somebody removed it. */
        void lose(VirtualAddress address, boolean leaseOver) {
            if (leaseOver) {
                vips.onLeaseLost(address, "was removed by the kernel, its lease ran out");
            } else {
                vips.onTrouble(address, "was removed by somebody else", false);
            }
        }

        void restored(VirtualAddress address) {
            vips.onTrouble(address, "is there again", true);
        }

        /** The VIP manager says so. */
        void reachable(List<VirtualAddress> addresses) {
            vips.onReachable(addresses);
        }

        /** Whether the VIP manager does nothing, as if the kernel hung. */
        void blockVips(boolean on) {
            blocked = on;
            if (!on) {
                List<Runnable> waiting = List.copyOf(blockedOrders);
                blockedOrders.clear();
                waiting.forEach(Runnable::run);
            }
        }

        RouterStatus status(String router) {
            CompletableFuture<List<RouterStatus>> answer = loop.routers();
            loop.turn();
            return answer.join().stream()
                    .filter(status -> status.name().equals(router))
                    .findFirst()
                    .orElseThrow();
        }

        RouterState state() {
            return status("VI_1").state();
        }

        // host

        @Override
        public long monotonicNanos() {
            return clock() - suspendedNanos;
        }

        @Override
        public long boottimeNanos() {
            return clock();
        }

        @Override
        public Instant wallClock() {
            return Instant.ofEpochSecond(0, nowNanos);
        }

        @Override
        public Parker newParker() {
            return new Parker() {
                @Override
                public void park(long deadlineNanos) {
                    throw new AssertionError("virtual time has no threads");
                }

                @Override
                public void unpark() {
                    // every node takes its turn anyway
                }
            };
        }

        // links

        @Override
        public List<Link> links() {
            return List.copyOf(links.values());
        }

        @Override
        public Subscription watch(LinkListener listener) {
            listeners.add(listener);
            links.values().forEach(listener::onLink);
            return () -> listeners.remove(listener);
        }

        // addresses

        @Override
        public String name() {
            return "memory";
        }

        @Override
        public boolean neverBlocks() {
            return rehearsalNanos > 0;
        }

        @Override
        public long takeoverMillis() {
            return takeoverMillis;
        }

        @Override
        public boolean kernelLease() {
            return kernelLease;
        }

        @Override
        public AddressSet open(String owner, String defaultInterface, VipListener listener) {
            vips = listener;
            return this;
        }

        @Override
        public void hold(Collection<VirtualAddress> addresses, long leaseSeconds, long latestNanos) {
            order("hold", () -> {
                if (nowNanos > latestNanos) {
                    vips.onLate();
                    return;
                }
                addresses.forEach(address -> kernel.put(address.cidr(), kernelNanos() + leaseSeconds * SECOND));
                stampNanos = nowNanos;
                vips.onInstalled(List.copyOf(addresses));
            });
        }

        @Override
        public void proven(long latestNanos) {
            proven.add(latestNanos);
        }

        @Override
        public void renew(long latestNanos) {
            renew(latestNanos, 2);
        }

        private void renew(long latestNanos, long leaseSeconds) {
            order("renew", () -> {
                if (nowNanos > latestNanos) {
                    vips.onLate();
                    return;
                }
                kernel.replaceAll((address, until) -> kernelNanos() + leaseSeconds * SECOND);
                stampNanos = nowNanos;
                vips.onRenewed(nowNanos);
            });
        }

        @Override
        public void renewToLeave(long leaseSeconds, long latestNanos) {
            renew(latestNanos, leaseSeconds);
            stampNanos = Long.MIN_VALUE;
        }

        @Override
        public void lookForLeftOvers(Collection<VirtualAddress> addresses) {
            if (!answersFor().isEmpty() && stampNanos != Long.MIN_VALUE) {
                vips.onLeftOvers(nowNanos - stampNanos);
            }
        }

        @Override
        public void release(Collection<VirtualAddress> addresses) {
            order("release", () -> {
                addresses.forEach(address -> kernel.remove(address.cidr()));
                vips.onReleased(List.copyOf(addresses));
            });
        }

        @Override
        public void close() {
            orders.add("close");
        }

        @Override
        public void rehearse(Collection<VirtualAddress> addresses, long leaseSeconds) {
            order("rehearse " + addresses.size(), () -> nowNanos += rehearsalNanos);
        }

        private void order(String what, Runnable order) {
            orders.add(what);
            if (blocked) {
                blockedOrders.add(order);
            } else {
                order.run();
            }
        }

        /** What leases are counted with. */
        private long kernelNanos() {
            return nowNanos - suspendedNanos;
        }

        /** Addresses whose lease is not over. */
        List<String> answersFor() {
            return kernel.entrySet().stream()
                    .filter(entry -> entry.getValue() > kernelNanos())
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }
}
