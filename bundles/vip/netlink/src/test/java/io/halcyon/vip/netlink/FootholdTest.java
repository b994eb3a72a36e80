package io.halcyon.vip.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.linux.netlink.KernelAddress;
import io.halcyon.linux.netlink.RouteEvents;
import io.halcyon.linux.netlink.RouteRequests;
import io.halcyon.spi.vip.AddressSet;
import io.halcyon.testkit.Command;
import io.halcyon.testkit.InNetworkNamespace;
import io.halcyon.testkit.VipRecorder;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the kernel makes of routes to addresses that are still to come. */
@InNetworkNamespace
class FootholdTest {

    private static final List<VirtualAddress> THOUSAND = Lab.many("10.1.", 1_000, 32);
    private static final List<VirtualAddress> REST = THOUSAND.subList(1, 1_000);

    private final VipRecorder heard = new VipRecorder();
    private NetlinkVipManager manager;
    private AddressSet set;

    @BeforeEach
    void start() throws Exception {
        Lab.up();
        Command.line("ip link set lo up");
        manager = Lab.manager();
        set = manager.open("VI_1", "v0", heard);
    }

    @AfterEach
    void stop() throws Exception {
        manager.close();
    }

    @Test
    void allAnswerWhenTheFirstIsThereAndTheRoutesGoWhenAllAre() {
        hold(THOUSAND, 60);

        assertThat(heard.reachable()).containsExactlyElementsOf(REST);
        assertThat(heard.installed().get(0)).containsExactly(THOUSAND.get(0));
        List<String> sequence = heard.sequence();
        assertThat(sequence.get(1)).isEqualTo("reachable");
        assertThat(sequence.subList(sequence.lastIndexOf("reachable") + 1, sequence.size()))
                .as("after it, in batches")
                .containsOnly("installed")
                .hasSizeGreaterThan(5);
        assertThat(routes()).isEmpty();
        assertThat(installed()).isEqualTo(1_000);
    }

    @Test
    void fewAddressesAndThoseWithoutALeaseArePutWithoutRoutes() {
        hold(Lab.many("10.1.", 20, 32), 60);
        hold(Lab.many("10.2.", 200, 32), 0);
        hold(Lab.many("2001:db8::", 200, 128), 60);

        assertThat(heard.reachable()).isEmpty();
        assertThat(heard.troubles()).isEmpty();
    }

    @Test
    void whatIsThereAlreadyNeedsNone() {
        hold(THOUSAND, 60);

        hold(THOUSAND, 60);

        assertThat(heard.reachable()).hasSize(999);
        assertThat(routes()).isEmpty();
    }

    @Test
    void anAddressWhoseInterfaceIsMissingIsNotReached() {
        List<VirtualAddress> all = new ArrayList<>(Lab.many("10.1.", 100, 32));
        all.add(50, new VirtualAddress(Lab.inet("10.2.0.1"), 32, "nowhere0", null, 0, null));

        set.hold(all, 60, Lab.NO_HURRY);
        heard.awaitInstalled(100);

        assertThat(heard.reachable()).hasSize(99).doesNotContain(all.get(50));
    }

    /** It would stay when we are gone, and the routes with it. */
    @Test
    void anAddressOfSomebodyElseIsNoFoothold() {
        Command.line("ip addr add 10.1.0.1/32 dev v0");

        hold(THOUSAND, 60);

        assertThat(heard.reachable()).isEmpty();
        assertThat(routes()).isEmpty();
        assertThat(installed()).isEqualTo(999);
    }

    /** A rule separates the tables main and local for ever: answers could not leave. */
    @Test
    void whereAnswersCouldNotLeaveNothingIsReached() {
        Command.line("ip rule add pref 100 from 192.0.2.1 table 100");

        hold(THOUSAND, 60);

        assertThat(heard.reachable()).isEmpty();
        assertThat(routes()).isEmpty();
        assertThat(installed()).isEqualTo(1_000);
    }

    @Test
    void aRouteOfSomebodyElseStays() {
        Command.line("ip route add 10.1.0.2/31 dev v0 proto static");

        hold(THOUSAND, 60);

        assertThat(heard.reachable()).isEmpty();
        assertThat(Command.line("ip route show")).contains("10.1.0.2/31 dev v0 proto static");
        assertThat(routes()).isEmpty();
        assertThat(installed()).isEqualTo(1_000);
    }

    @Test
    void packetsAreTakenAndAnsweredBeforeTheAddressIsThere() throws Exception {
        hold(THOUSAND.subList(0, 1), 60);
        InetAddress last = THOUSAND.get(999).address();
        try (RouteRequests requests = RouteRequests.open()) {
            int index = RouteRequests.indexOf("v0");
            assertThat(requests.isLocal(last, index)).isFalse();

            Foothold foothold = Foothold.of(
                    requests,
                    held(THOUSAND.get(0)),
                    REST.stream().map(FootholdTest::held).toList());

            assertThat(foothold.reached()).containsExactlyElementsOf(REST);
            assertThat(requests.isLocal(last, index)).isTrue();
            assertThat(installed()).isEqualTo(1);

            foothold.leave();
            assertThat(requests.isLocal(last, index)).isFalse();
            assertThat(routes()).isEmpty();
        }
    }

    /** Nobody is left who would remove them. */
    @Test
    void theKernelRemovesTheRoutesWithTheFirstAddressWhenItsLeaseIsOver() throws Exception {
        try (RouteEvents events = RouteEvents.open(RouteEvents.RECEIVE_BUFFER_BYTES);
                RouteRequests requests = RouteRequests.open()) {
            hold(THOUSAND.subList(0, 1), 3);
            Foothold.of(
                    requests,
                    held(THOUSAND.get(0)),
                    REST.stream().map(FootholdTest::held).toList());
            assertThat(routes()).isNotEmpty();

            Expiries expiries = new Expiries();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (expiries.gone.isEmpty()) {
                assertThat(System.nanoTime()).isLessThan(end);
                events.await(1_000);
                events.drain(expiries);
            }
            Command.line("ip link set v1 up"); // waits until the kernel has ended what it told

            assertThat(expiries.gone).containsOnlyKeys("10.1.0.1");
            assertThat(routes()).isEmpty();
        }
    }

    private void hold(List<VirtualAddress> addresses, long leaseSeconds) {
        int before = heard.installed().stream().mapToInt(List::size).sum();
        set.hold(addresses, leaseSeconds, Lab.NO_HURRY);
        heard.awaitInstalled(before + addresses.size());
        manager.addresses(); // what the manager does after it told
    }

    private static Held held(VirtualAddress address) {
        Held held = new Held(new Account("VI_1", "v0", new VipRecorder(), order -> {}, new Silencer().open()), address);
        held.index = RouteRequests.indexOf("v0");
        return held;
    }

    private static List<String> routes() {
        return Command.line("ip route show table all type local proto 72")
                .lines()
                .toList();
    }

    private static long installed() {
        return Lab.kernel().stream()
                .filter(found -> found.protocol() == KernelAddress.HALCYON)
                .count();
    }
}
