package io.halcyon.vip.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.linux.Clock;
import io.halcyon.linux.netlink.KernelAddress;
import io.halcyon.linux.netlink.RouteEvents;
import io.halcyon.linux.netlink.RouteRequests;
import io.halcyon.spi.vip.AddressSet;
import io.halcyon.testkit.Command;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A veth pair in the test's namespace, and what the kernel says about it. */
final class Lab {

    /** Latest permissible time of an order that may come at any time. */
    static final long NO_HURRY = Long.MAX_VALUE;

    private Lab() {}

    static void up() {
        Command.line("ip link add v0 up type veth peer name v1");
        Command.line("ip link set v1 up");
    }

    static NetlinkVipManager manager() throws IOException {
        return new NetlinkVipManager(
                new Ownership.ByProtocol(), Clock::boottimeNanos, RouteEvents.RECEIVE_BUFFER_BYTES);
    }

    /** Holds the manager's thread in a callback, so that what is done meanwhile awaits it all at once. */
    static void whileItStands(NetlinkVipManager manager, Runnable action) throws InterruptedException {
        CountDownLatch standing = new CountDownLatch(1);
        CountDownLatch finished = new CountDownLatch(1);
        AddressSet blocker = manager.open("blocker", "v0", new Stalling(standing, finished));
        blocker.release(List.of(address("10.9.9.9", 32)));
        standing.await();
        action.run();
        finished.countDown();
    }

    static VirtualAddress address(String address, int prefixLength) {
        return new VirtualAddress(inet(address), prefixLength, null, null, 0, null);
    }

    static List<VirtualAddress> many(String prefix, int count, int prefixLength) {
        boolean ipv6 = prefix.contains(":");
        return IntStream.range(0, count)
                .mapToObj(i -> ipv6 ? prefix + Integer.toHexString(i + 1) : prefix + i / 250 + "." + (i % 250 + 1))
                .map(text -> address(text, prefixLength))
                .toList();
    }

    static InetAddress inet(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    static List<KernelAddress> kernel() {
        try (RouteRequests requests = RouteRequests.open()) {
            return requests.addresses();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Optional<KernelAddress> find(VirtualAddress address) {
        return kernel().stream()
                .filter(found ->
                        found.address().equals(address.address()) && found.prefixLength() == address.prefixLength())
                .findFirst();
    }

    /** All about the interface's addresses, but for the seconds that pass and the checking of its link-local one. */
    static String withoutTimes(String dev) {
        return Command.line("ip -d addr show dev " + dev)
                .replaceAll("_lft [0-9]+sec", "_lft Nsec")
                .replace(" tentative", "");
    }

    /** Routes, but for the seconds that pass and those of link-local addresses, which come when they like. */
    static List<String> routes() {
        String all = Command.line("ip route show table all") + Command.line("ip -6 route show table all");
        return all.replaceAll("expires [0-9]+sec", "expires Nsec")
                .lines()
                .filter(line -> !line.contains("fe80:") && !line.contains("ff00:"))
                .toList();
    }

    /** Waits for a route of the host that begins like this. */
    static void awaitRoute(String beginning) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        String routes = Command.line("ip -6 route show");
        while (routes.lines().noneMatch(line -> line.startsWith(beginning))) {
            assertThat(System.nanoTime())
                    .as("time for %s among%n%s", beginning, routes)
                    .isLessThan(end);
            routes = Command.line("ip -6 route show");
        }
    }

    /** The kernel adds the local routes of IPv6 addresses a little later, on a thread of its own. */
    static void awaitLocalRoutes(String... addresses) {
        for (String address : addresses) {
            while (routes().stream().noneMatch(line -> line.startsWith("local " + address + " "))) {
                Thread.onSpinWait();
            }
        }
    }
}
