package io.halcyon.vip.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.api.vip.AddressStatus;
import io.halcyon.linux.Clock;
import io.halcyon.linux.netlink.KernelAddress;
import io.halcyon.linux.netlink.RouteEvents;
import io.halcyon.spi.vip.AddressSet;
import io.halcyon.testkit.Command;
import io.halcyon.testkit.InNetworkNamespace;
import io.halcyon.testkit.ReadOnly;
import io.halcyon.testkit.VipRecorder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The manager with a real kernel. */
@InNetworkNamespace
class NetlinkVipManagerTest {

    private static final long TICK_NANOS = 20_000_000L;

    private final VipRecorder heard = new VipRecorder();
    private final AtomicLong ahead = new AtomicLong();
    private NetlinkVipManager manager;
    private AddressSet set;

    @BeforeEach
    void start() throws Exception {
        Lab.up();
        open();
    }

    private void open() throws Exception {
        manager = new NetlinkVipManager(
                new Ownership.ByProtocol(),
                () -> Clock.boottimeNanos() + ahead.get(),
                RouteEvents.RECEIVE_BUFFER_BYTES);
        set = manager.open("VI_1", "v0", heard);
    }

    @AfterEach
    void stop() throws Exception {
        manager.close();
    }

    @Test
    void addsWithEveryAttribute() {
        VirtualAddress full =
                new VirtualAddress(Lab.inet("10.0.0.50"), 24, "v1", "v1:web", 253, Lab.inet("10.0.0.255"));
        VirtualAddress ipv6 = Lab.address("2001:db8::50", 64);
        VirtualAddress host = VirtualAddress.of(Lab.inet("2001:db8::51"));

        hold(List.of(full, ipv6, host), 9);

        assertThat(Command.line("ip -d addr show dev v1"))
                .contains("inet 10.0.0.50/24 brd 10.0.0.255 scope link", "v1:web")
                .containsPattern("valid_lft [89]sec preferred_lft [89]sec");
        assertThat(Command.line("ip -d addr show dev v0"))
                .contains("2001:db8::50/64 scope global nodad dynamic noprefixroute")
                .containsPattern("valid_lft [89]sec preferred_lft [89]sec")
                .contains("2001:db8::51/128 scope global nodad deprecated dynamic noprefixroute", "preferred_lft 0sec");
        assertThat(List.of(full, ipv6, host))
                .allSatisfy(address ->
                        assertThat(Lab.find(address).orElseThrow().protocol()).isEqualTo(KernelAddress.HALCYON));
    }

    @Test
    void withoutALeaseAnAddressStaysForEver() {
        VirtualAddress address = Lab.address("10.0.0.50", 24);

        hold(List.of(address), 0);

        assertThat(Lab.find(address).orElseThrow().permanent()).isTrue();
        assertThat(manager.addresses())
                .containsExactly(new AddressStatus("10.0.0.50/24", "v0", "VI_1", "present", 0, -1, ""));
    }

    @Test
    void whatIsOrderedBeforeAnAccountIsClosedIsDoneFirst() {
        VirtualAddress address = Lab.address("10.0.0.50", 24);
        hold(List.of(address), 9);

        set.hold(List.of(address), 90, Lab.NO_HURRY);
        set.close();
        manager.addresses();

        assertThat(Command.line("ip addr show dev v0"))
                .contains("inet 10.0.0.50/24")
                .containsPattern("valid_lft (90|8[0-9])sec");
    }

    @Test
    void aRenewalChangesNothingButTheLifetime() throws Exception {
        Command.line("ip addr add 10.0.0.1/24 brd + dev v0");
        Command.line("ip addr add 2001:db8::1/64 nodad dev v0");
        VirtualAddress labelled =
                new VirtualAddress(Lab.inet("10.0.0.50"), 24, null, "v0:a", 0, Lab.inet("10.0.0.255"));
        VirtualAddress scoped = new VirtualAddress(Lab.inet("10.9.0.50"), 16, null, null, 253, null);
        List<VirtualAddress> addresses = List.of(
                labelled,
                Lab.address("10.0.0.40", 24),
                scoped,
                Lab.address("10.0.0.45", 24),
                Lab.address("2001:db8::50", 64),
                Lab.address("2001:db8:1::50", 48),
                VirtualAddress.of(Lab.inet("2001:db8::51")));
        hold(addresses, 100);
        String before = Lab.withoutTimes("v0");
        Lab.awaitLocalRoutes("2001:db8::1", "2001:db8::50", "2001:db8:1::50", "2001:db8::51");
        List<String> routes = Lab.routes();
        List<String> changes = new ArrayList<>();
        Process monitor = new ProcessBuilder("ip", "monitor", "route").start();
        try {
            var output = monitor.inputReader();
            do { // until it listens
                Command.line("ip route add 192.0.2.76/32 dev v0");
                Command.line("ip route del 192.0.2.76/32 dev v0");
            } while (!output.ready());
            for (int i = 1; i <= 20; i++) {
                set.renew(Lab.NO_HURRY);
                heard.awaitRenewals(i);
            }
            // The end of what the renewals caused, if they did.
            Command.line("ip route add 192.0.2.77/32 dev v0");
            String line = output.readLine();
            while (line != null && !line.contains("192.0.2.77")) {
                changes.add(line);
                line = output.readLine();
            }
            Command.line("ip route del 192.0.2.77/32 dev v0");
        } finally {
            monitor.destroy();
        }

        assertThat(Lab.withoutTimes("v0")).isEqualTo(before);
        assertThat(Lab.routes()).isEqualTo(routes);
        assertThat(changes)
                .as("route events of renewals")
                .noneMatch(line -> line.contains("10.") || line.contains("2001:"));
        assertThat(addresses)
                .allSatisfy(address ->
                        assertThat(Lab.find(address).orElseThrow().protocol()).isEqualTo(KernelAddress.HALCYON));
    }

    @Test
    void aThousandAddressesOfEachFamilyComeAndGoQuickly() {
        for (String prefix : List.of("10.1.", "2001:db8::")) {
            List<VirtualAddress> thousand = Lab.many(prefix, 1_000, prefix.contains(":") ? 128 : 32);
            VipRecorder own = new VipRecorder();
            AddressSet many = manager.open(prefix, "v0", own);
            for (int round = 1; round <= 3; round++) {
                int done = round;
                double add = millis(() -> {
                    many.hold(thousand, 60, Lab.NO_HURRY);
                    own.awaitInstalled(done * 1_000);
                });
                double renew = millis(() -> {
                    many.renew(Lab.NO_HURRY);
                    own.awaitRenewals(done);
                });
                assertThat(Lab.kernel())
                        .filteredOn(manager -> manager.protocol() == KernelAddress.HALCYON)
                        .hasSize(1_000);
                double remove = millis(() -> {
                    many.release(thousand);
                    own.awaitReleased(done * 1_000);
                });
                System.out.printf(
                        "1,000 addresses %s round %d: add %.1f, renew %.1f, remove %.1f ms%n",
                        prefix, round, add, renew, remove);
                // IPv6: the kernel goes through all addresses of the namespace at each addition and renewal.
                assertThat(Math.max(add, Math.max(renew, remove))).isLessThan(prefix.contains(":") ? 6_000 : 1_000);
            }
            assertThat(own.troubles()).isEmpty();
            assertThat(own.installed().get(0)).hasSize(1);
            assertThat(Lab.kernel()).noneMatch(found -> found.protocol() == KernelAddress.HALCYON);
        }
    }

    @Test
    void theKernelRemovesWhatNobodyRenews() throws Exception {
        List<VirtualAddress> addresses = List.of(
                Lab.address("10.0.0.50", 24), Lab.address("2001:db8::50", 64), VirtualAddress.of(Lab.inet("10.0.0.9")));
        Expiries expiries = new Expiries();
        try (RouteEvents events = RouteEvents.open(RouteEvents.RECEIVE_BUFFER_BYTES)) {
            for (int run = 0; run < 3; run++) {
                expiries.gone.clear();
                hold(addresses, 2);
                long renewed = System.nanoTime();
                set.renew(Lab.NO_HURRY);
                heard.awaitRenewals(run + 1);
                while (expiries.gone.size() < addresses.size()) {
                    assertThat(System.nanoTime() - renewed).isLessThan(TimeUnit.SECONDS.toNanos(5));
                    events.await(1_000);
                    events.drain(expiries);
                }
                expiries.gone.forEach((address, at) -> {
                    double over = (at - renewed) / 1e6 - 2_000;
                    System.out.printf("%s expired at lease %+.0f ms%n", address, over);
                    assertThat(over).isBetween(-20.0, 3_000.0);
                });
                set.release(addresses);
                heard.awaitReleased(3 * (run + 1));
            }
        }
        assertThat(heard.troubles())
                .filteredOn(trouble -> trouble.contains("lease ran out"))
                .hasSizeLessThanOrEqualTo(9);
        assertThat(heard.troubles()).noneMatch(trouble -> trouble.contains("somebody else"));
    }

    @Test
    void aLateRenewalDoesNotBringAnExpiredAddressBack() {
        VirtualAddress address = Lab.address("10.0.0.50", 24);
        hold(List.of(address), 1);
        heard.awaitLeaseLost("lease ran out");

        set.renew(Clock.boottimeNanos() - 1);
        heard.awaitLate(1);
        assertThat(Lab.find(address)).isEmpty();
        assertThat(manager.addresses()).extracting(AddressStatus::state).containsExactly("missing");

        set.renew(Clock.boottimeNanos() + TimeUnit.SECONDS.toNanos(5));
        heard.awaitInstalled(2);
        assertThat(Lab.find(address)).isPresent();
    }

    @Test
    void afterAStallNothingIsRepairedWithoutAnOrder() {
        VirtualAddress address = Lab.address("10.0.0.50", 24);
        hold(List.of(address), 60);

        ahead.set(TimeUnit.SECONDS.toNanos(61));
        Command.line("ip addr del 10.0.0.50/24 dev v0");

        heard.awaitLeaseLost("lease ran out");
        assertThat(Lab.find(address)).isEmpty();
    }

    @Test
    void aForeignAddressIsNeitherLeasedNorRemoved() {
        Command.line("ip addr add 10.0.0.50/24 dev v0");
        Command.line("ip addr add 2001:db8::50/64 nodad dev v0");
        String before = Lab.withoutTimes("v0");
        List<VirtualAddress> both = List.of(Lab.address("10.0.0.50", 24), Lab.address("2001:db8::50", 64));

        hold(both, 2);
        set.renew(Lab.NO_HURRY);
        hold(both, 2);
        assertThat(manager.addresses()).extracting(AddressStatus::state).containsExactly("foreign", "foreign");
        set.release(both);
        heard.awaitReleased(2);

        assertThat(Lab.withoutTimes("v0")).isEqualTo(before);
        assertThat(heard.troubles()).hasSize(2).allMatch(trouble -> trouble.contains("is not ours"));
    }

    @Test
    void whatSomebodyMakesPermanentIsNotLeasedAgain() {
        VirtualAddress address = Lab.address("10.0.0.50", 24);
        hold(List.of(address), 60);

        Command.line("ip addr replace 10.0.0.50/24 dev v0");
        heard.awaitTrouble("replaced by somebody else");
        set.renew(Lab.NO_HURRY);
        set.release(List.of(Lab.address("10.0.0.99", 24)));
        heard.awaitReleased(1);

        assertThat(Lab.find(address).orElseThrow().permanent()).isTrue();
    }

    @Test
    void whatSomebodyMadePermanentAMomentAgoIsNotLeasedByARenewalThatWaits() throws Exception {
        VirtualAddress address = Lab.address("10.0.0.50", 24);
        hold(List.of(address), 60);

        Lab.whileItStands(manager, () -> {
            Command.line("ip addr replace 10.0.0.50/24 dev v0");
            set.renew(Lab.NO_HURRY);
        });
        heard.awaitTrouble("replaced by somebody else");
        set.release(List.of(Lab.address("10.0.0.99", 24)));
        heard.awaitReleased(1);

        assertThat(Lab.find(address).orElseThrow().permanent()).isTrue();
    }

    @Test
    void aLeaseThatRanOutIsToldAlsoWhenTheAddressIsReleasedMeanwhile() throws Exception {
        VirtualAddress address = Lab.address("10.0.0.50", 24);
        hold(List.of(address), 60);

        Lab.whileItStands(manager, () -> {
            ahead.set(TimeUnit.SECONDS.toNanos(61));
            Command.line("ip addr del 10.0.0.50/24 dev v0");
            set.release(List.of(address));
        });
        heard.awaitReleased(1);

        assertThat(heard.troubles()).anyMatch(trouble -> trouble.contains("lease ran out"));
    }

    @Test
    void leftOversAreShownAdoptedWithoutAGapAndRemovedOnRequest() throws Exception {
        List<VirtualAddress> addresses =
                List.of(Lab.address("10.0.0.50", 24), Lab.address("2001:db8::50", 64), Lab.address("10.0.0.51", 24));
        hold(addresses, 60);
        manager.close();
        manager = Lab.manager();
        VipRecorder second = new VipRecorder();
        set = manager.open("VI_1", "v0", second);
        assertThat(manager.addresses())
                .extracting(AddressStatus::state)
                .containsOnly("left-over")
                .hasSize(3);
        Expiries expiries = new Expiries();
        try (RouteEvents events = RouteEvents.open(RouteEvents.RECEIVE_BUFFER_BYTES)) {
            set.hold(addresses.subList(0, 2), 30, Lab.NO_HURRY);
            second.awaitInstalled(2);
            events.drain(expiries);
        }
        assertThat(expiries.gone).isEmpty();
        assertThat(second.troubles()).isEmpty();
        assertThat(Lab.find(addresses.get(1)).orElseThrow().validSeconds()).isCloseTo(30, within(1L));
        assertThat(manager.addresses())
                .extracting(AddressStatus::state)
                .containsExactly("present", "present", "left-over");

        set.release(addresses);

        second.awaitReleased(3);
        assertThat(Lab.kernel()).noneMatch(found -> found.protocol() == KernelAddress.HALCYON);
    }

    @Test
    void leftOversTellWhenTheyWereLastProven() throws Exception {
        VirtualAddress address = Lab.address("10.0.0.50", 24);
        hold(List.of(address), 60);
        long before = System.nanoTime();
        set.renew(Lab.NO_HURRY);
        heard.awaitRenewals(1);
        long after = System.nanoTime();
        restart();

        long asked = System.nanoTime();
        set.lookForLeftOvers(List.of(address, Lab.address("10.0.0.51", 24)));

        long agoNanos = heard.awaitLeftOversNanos();
        assertThat(asked - agoNanos).isLessThan(after + TICK_NANOS);
        assertThat(System.nanoTime() - agoNanos).isGreaterThan(before - TICK_NANOS);
    }

    @Test
    void leftOversOfANodeThatGaveUpOrSleptProveNothing() throws Exception {
        VirtualAddress address = Lab.address("10.0.0.50", 24);
        hold(List.of(address), 60);
        ahead.set(TimeUnit.SECONDS.toNanos(2));
        set.lookForLeftOvers(List.of(address));
        set.release(List.of(Lab.address("10.0.0.99", 24)));
        heard.awaitReleased(1);
        ahead.set(0);
        set.lookForLeftOvers(List.of(Lab.address("10.0.0.51", 24)));
        set.renewToLeave(90, Lab.NO_HURRY);
        heard.awaitRenewals(1);
        assertThat(Lab.find(address).orElseThrow().validSeconds()).isCloseTo(90, within(5L));
        restart();

        set.lookForLeftOvers(List.of(address));
        set.release(List.of(Lab.address("10.0.0.99", 24)));
        heard.awaitReleased(2);

        assertThat(heard.sequence()).doesNotContain("left over");
        hold(List.of(address), 60);
        set.lookForLeftOvers(List.of(address));
        heard.awaitLeftOversNanos();
    }

    /** As after a crash: a new manager finds what the old one left. */
    private void restart() throws Exception {
        manager.close();
        open();
    }

    @Test
    void aLeftOverWithOtherAttributesIsMadeAnew() throws Exception {
        hold(List.of(Lab.address("10.0.0.50", 24), Lab.address("2001:db8::50", 64)), 60);
        manager.close();
        manager = Lab.manager();
        VipRecorder second = new VipRecorder();
        VirtualAddress labelled =
                new VirtualAddress(Lab.inet("10.0.0.50"), 24, null, "v0:b", 0, Lab.inet("10.0.0.255"));

        manager.open("VI_1", "v0", second).hold(List.of(labelled, Lab.address("2001:db8::50", 56)), 60, Lab.NO_HURRY);

        second.awaitInstalled(2);
        assertThat(Command.line("ip addr show dev v0"))
                .contains("10.0.0.50/24 brd 10.0.0.255 scope global dynamic v0:b", "2001:db8::50/56");
    }

    @Test
    void oneAddressThatFailsDoesNotStopTheOthers() {
        List<VirtualAddress> addresses = new ArrayList<>(Lab.many("10.1.", 300, 32));
        addresses.add(100, new VirtualAddress(Lab.inet("10.2.0.1"), 32, "nowhere0", null, 0, null));
        addresses.add(200, new VirtualAddress(Lab.inet("10.3.0.1"), 32, null, "wrong", 0, null));
        addresses.add(250, Lab.address("::", 128));

        set.hold(addresses, 60, Lab.NO_HURRY);

        heard.awaitInstalled(300);
        assertThat(heard.troubles()).anyMatch(trouble -> trouble.contains("interface nowhere0 is missing"));
        assertThat(heard.troubles()).anyMatch(trouble -> trouble.startsWith("0:0:0:0:0:0:0:0/128 was not added, E"));
        assertThat(Lab.kernel())
                .filteredOn(found -> found.protocol() == KernelAddress.HALCYON)
                .hasSizeGreaterThanOrEqualTo(300);
    }

    @Test
    void anotherPrefixLengthIsAnotherAddress() throws Exception {
        VirtualAddress wide = Lab.address("10.0.0.50", 24);
        VirtualAddress narrow = Lab.address("10.0.0.50", 32);
        hold(List.of(wide), 60);

        hold(List.of(narrow), 60);
        heard.awaitReleased(1);

        assertThat(Command.line("ip -o -4 addr show dev v0"))
                .contains("10.0.0.50/32")
                .doesNotContain("10.0.0.50/24");
    }

    @Test
    void addressesReturnWithTheirInterface() {
        List<VirtualAddress> both = List.of(Lab.address("10.0.0.50", 24), Lab.address("2001:db8::50", 64));
        hold(both, 60);

        Command.line("ip link del v0");
        heard.awaitTrouble("10.0.0.50/24 is not there, interface v0 is missing");
        Lab.up();

        heard.awaitInstalled(4);
        assertThat(both).allSatisfy(address -> assertThat(Lab.find(address)).isPresent());
    }

    @Test
    void addressesReturnAfterTheKernelDroppedEvents() throws Exception {
        manager.close();
        manager = new NetlinkVipManager(new Ownership.ByProtocol(), Clock::boottimeNanos, 4096);
        List<VirtualAddress> many = Lab.many("10.1.", 500, 32);
        set = manager.open("VI_1", "v0", heard);
        hold(many, 0);
        CountDownLatch standing = new CountDownLatch(1);
        CountDownLatch finished = new CountDownLatch(1);
        manager.open("VI_2", "v0", new Stalling(standing, finished)).release(List.of(Lab.address("10.9.9.9", 32)));
        standing.await();

        Command.line("ip addr flush dev v0 scope global");
        assertThat(Lab.kernel()).noneMatch(found -> found.protocol() == KernelAddress.HALCYON);
        finished.countDown();

        heard.awaitInstalled(1_000);
        assertThat(Lab.kernel())
                .filteredOn(found -> found.protocol() == KernelAddress.HALCYON)
                .hasSize(500);
    }

    @Test
    void renewalsDoNotWaitForALongRelease() throws Exception {
        List<VirtualAddress> many = Lab.many("10.1.", 5_000, 32);
        AddressSet large = manager.open("large", "v0", heard);
        large.hold(many, 60, Lab.NO_HURRY);
        heard.awaitInstalled(5_000);
        hold(List.of(Lab.address("10.0.0.50", 24)), 60);
        // Both wait when the manager's thread goes on; the release was first.
        Lab.whileItStands(manager, () -> {
            large.release(many);
            set.renew(Lab.NO_HURRY);
            assertThat(heard.released()).isEmpty();
        });

        heard.awaitReleased(5_000);
        assertThat(heard.sequence().indexOf("renewed"))
                .isPositive()
                .isLessThan(heard.sequence().lastIndexOf("released"));
    }

    @Test
    void theHostsOwnIpv6RoutesKeepTheirLifetime() throws Exception {
        Command.line("ip addr add 2001:db8::1/64 nodad dev v0");
        var advertised = RouterAdvertisement.of("2001:db8:1::");
        Command.run("sh", "-c", "echo 1 >/proc/sys/net/ipv6/conf/v0/accept_ra");
        advertised.sendFrom("v1", 1000);
        Lab.awaitRoute("2001:db8:1::/64 dev v0 proto kernel");
        List<VirtualAddress> vips = List.of(Lab.address("2001:db8::50", 64), Lab.address("2001:db8:1::50", 64));

        hold(vips, 1);
        set.renew(Lab.NO_HURRY);
        heard.awaitRenewals(1);
        heard.awaitTrouble("2001:db8:0:0:0:0:0:50/64 was removed by the kernel");
        heard.awaitTrouble("2001:db8:1:0:0:0:0:50/64 was removed by the kernel");

        assertThat(Command.line("ip -6 route show 2001:db8::/64 proto kernel"))
                .contains("dev v0")
                .doesNotContain("expires");
        assertThat(Command.line("ip -6 route show 2001:db8:1::/64 proto kernel"))
                .containsPattern("expires 99[0-9]sec");
        assertThat(Command.line("ip -6 route show default")).contains("dev v0 proto ra");
        advertised.sendFrom("v1", 2000);
        Lab.awaitRoute("2001:db8:1::/64 dev v0 proto kernel metric 256 expires 199");
        assertThat(Command.line("ip -6 route get 2001:db8::99")).contains("src 2001:db8::1");
    }

    @Test
    void aSubnetOfItsOwnGetsAConnectedRouteWithTheLease() {
        List<VirtualAddress> two = List.of(Lab.address("2001:db8:7::50", 64), Lab.address("2001:db8:7::51", 64));
        hold(two, 30);

        assertThat(Command.line("ip -6 route show 2001:db8:7::/64"))
                .contains("dev v0 proto 72 metric 1024 expires")
                .hasLineCount(1);
        set.release(two.subList(0, 1));
        heard.awaitReleased(1);
        assertThat(Command.line("ip -6 route show 2001:db8:7::/64")).contains("proto 72");
        set.release(two.subList(1, 2));
        heard.awaitReleased(2);
        assertThat(Command.line("ip -6 route show 2001:db8:7::/64")).isBlank();
    }

    @Test
    void theHostsAddressesSurviveOursThatCameFirst() {
        VirtualAddress first = Lab.address("10.0.0.50", 24);
        VirtualAddress second = Lab.address("10.0.0.51", 24);
        hold(List.of(first, second), 60);
        assertThat(Lab.find(first).orElseThrow().has(KernelAddress.SECONDARY)).isFalse();

        Command.line("ip addr add 10.0.0.1/24 dev v0");
        Command.line("ip addr add 10.0.0.2/24 dev v0");
        awaitSecondary(first);
        awaitSecondary(second);
        set.release(List.of(first, second));
        heard.awaitReleased(2);

        assertThat(Command.line("ip addr show dev v0")).contains("10.0.0.1/24", "10.0.0.2/24");
        assertThat(Command.line("ip route show 10.0.0.0/24")).contains("src 10.0.0.1");
        assertThat(Command.line("sysctl -n net.ipv4.conf.v0.promote_secondaries"))
                .isEqualTo("0\n");
        assertThat(heard.troubles()).isEmpty();
    }

    /** As in a container that may not change the host's settings. */
    @Test
    void aLeftOverThatWouldTakeTheHostsAddressesWithItStaysAndHoldsUpNobody() throws Exception {
        VirtualAddress leading = Lab.address("10.0.0.50", 24);
        VirtualAddress other = Lab.address("10.9.0.50", 24);
        hold(List.of(leading), 60);
        manager.close();
        Command.line("ip addr add 10.0.0.1/24 dev v0");
        ReadOnly.directory("/proc/sys");
        open();

        set.release(List.of(leading));
        set.hold(List.of(other), 60, Lab.NO_HURRY);
        heard.awaitInstalled(2);

        assertThat(Command.line("ip addr show dev v0")).contains("10.0.0.1/24", "10.0.0.50/24", "10.9.0.50/24");
        assertThat(heard.troubles())
                .singleElement()
                .asString()
                .contains("10.0.0.50/24", "primary address of its subnet and promote_secondaries cannot be set");
    }

    @Test
    void onOlderKernelsARunFileTellsWhatIsOurs(@TempDir Path directory) throws Exception {
        Path run = directory.resolve("run");
        List<VirtualAddress> addresses = List.of(Lab.address("10.0.0.50", 24), Lab.address("2001:db8::50", 64));
        Command.line("ip addr add 10.0.0.60/24 dev v0");
        manager.close();
        manager = new NetlinkVipManager(new RunFile(run), Clock::boottimeNanos, 1 << 20);
        set = manager.open("VI_1", "v0", heard);
        List<VirtualAddress> three = new ArrayList<>(addresses);
        three.add(Lab.address("10.0.0.60", 24));
        hold(three, 60);
        manager.close();
        assertThat(Files.readAllLines(run.resolve("addresses"))).hasSize(3);

        manager = new NetlinkVipManager(new RunFile(run), Clock::boottimeNanos, 1 << 20);
        assertThat(manager.addresses()).extracting(AddressStatus::state).containsExactly("left-over", "left-over");
        VipRecorder second = new VipRecorder();
        manager.open("VI_1", "v0", second).release(three);
        second.awaitReleased(3);

        assertThat(Command.line("ip addr show dev v0"))
                .contains("10.0.0.60/24")
                .doesNotContain("10.0.0.50", "2001:db8::50");
        assertThat(Files.readAllLines(run.resolve("addresses"))).hasSize(1);
    }

    private void hold(List<VirtualAddress> addresses, long leaseSeconds) {
        int before = heard.installed().stream().mapToInt(List::size).sum();
        set.hold(addresses, leaseSeconds, Lab.NO_HURRY);
        heard.awaitInstalled(before + addresses.size());
    }

    private void awaitSecondary(VirtualAddress address) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (!Lab.find(address)
                .map(found -> found.has(KernelAddress.SECONDARY))
                .orElse(false)) {
            assertThat(System.nanoTime())
                    .as("time for %s to step back", address.cidr())
                    .isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static double millis(Runnable action) {
        long start = System.nanoTime();
        action.run();
        return (System.nanoTime() - start) / 1e6;
    }
}
