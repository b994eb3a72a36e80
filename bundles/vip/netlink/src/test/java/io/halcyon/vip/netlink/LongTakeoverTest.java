package io.halcyon.vip.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.linux.Clock;
import io.halcyon.linux.netlink.RouteEvents;
import io.halcyon.spi.vip.AddressSet;
import io.halcyon.spi.vip.VipListener;
import io.halcyon.testkit.Await;
import io.halcyon.testkit.Command;
import io.halcyon.testkit.InNetworkNamespace;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Takeovers that take longer than one order allows, and several at once, with a real kernel. */
@InNetworkNamespace
class LongTakeoverTest {

    private static final List<VirtualAddress> THOUSAND = Lab.many("10.1.", 1_000, 32);

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final AtomicLong ahead = new AtomicLong();
    private NetlinkVipManager manager;

    @BeforeEach
    void start() throws Exception {
        Lab.up();
        manager = new NetlinkVipManager(new Ownership.ByProtocol(), this::nowNanos, RouteEvents.RECEIVE_BUFFER_BYTES);
    }

    @AfterEach
    void stop() throws Exception {
        manager.close();
    }

    private long nowNanos() {
        return Clock.boottimeNanos() + ahead.get();
    }

    /** Each batch takes two seconds; an order allows one. */
    private void aBatchPasses() {
        ahead.addAndGet(TimeUnit.SECONDS.toNanos(2));
    }

    private long latestNanos() {
        return nowNanos() + TimeUnit.SECONDS.toNanos(1);
    }

    @Test
    void itIsFinishedAsLongAsTheRouterSaysThatItIsMaster() throws Exception {
        AddressSet[] set = new AddressSet[1];
        set[0] = manager.open("VI_1", "v0", new Noting("1", log, () -> {
            aBatchPasses();
            set[0].proven(latestNanos());
        }));

        set[0].hold(THOUSAND, 600, latestNanos());

        Await.until("all are there", () -> installed() == 1_000);
        assertThat(log).doesNotContain("1 late").contains("1 reachable 124");
        manager.addresses();
        assertThat(routes()).isEmpty();
    }

    @Test
    void itIsGivenUpWhenTheRouterSaysNothingMore() throws Exception {
        AddressSet set = manager.open("VI_1", "v0", new Noting("1", log, this::aBatchPasses));

        set.hold(THOUSAND, 600, latestNanos());

        Await.until("it is told", () -> log.contains("1 late"));
        assertThat(log).containsExactly("1 installed 1", "1 late");
        manager.addresses();
        assertThat(installed()).isEqualTo(1);
    }

    /** As after a freeze: what is announced then would lead clients away from the master there is. */
    @Test
    void whatIsReachableIsNotToldWhenItIsTooLateForThat() throws Exception {
        AddressSet set = manager.open("VI_1", "v0", new Noting("1", log, () -> {
            if (log.get(log.size() - 1).startsWith("1 reachable")) {
                aBatchPasses();
            }
        }));

        set.hold(THOUSAND, 600, latestNanos());

        Await.until("it is told", () -> log.contains("1 late"));
        assertThat(log).containsExactly("1 installed 1", "1 reachable 125", "1 late");
        manager.addresses();
        assertThat(routes()).isEmpty();
    }

    @Test
    void allRoutersAreReachableBeforeAnyListIsFinished() throws Exception {
        AddressSet first = manager.open("VI_1", "v0", new Noting("1", log, () -> {}));
        AddressSet second = manager.open("VI_2", "v0", new Noting("2", log, () -> {}));

        Lab.whileItStands(manager, () -> {
            first.hold(THOUSAND, 600, Lab.NO_HURRY);
            second.hold(Lab.many("10.2.", 1_000, 32), 600, Lab.NO_HURRY);
        });

        Await.until("all are there", () -> installed() == 2_000);
        assertThat(log.subList(0, 18))
                .as("all but the two lists")
                .allMatch(line -> line.contains("reachable") || line.endsWith("installed 1"));
        manager.addresses();
        assertThat(routes()).isEmpty();
    }

    private static long installed() {
        return Lab.kernel().stream()
                .filter(found -> found.address().getHostAddress().startsWith("10."))
                .count();
    }

    private static List<String> routes() {
        return Command.line("ip route show table all type local proto 72")
                .lines()
                .toList();
    }

    /** Notes how many of whose came, and then does something. */
    private record Noting(String name, List<String> log, Runnable afterwards) implements VipListener {

        @Override
        public void onInstalled(List<VirtualAddress> addresses) {
            note("installed " + addresses.size());
        }

        @Override
        public void onReachable(List<VirtualAddress> addresses) {
            note("reachable " + addresses.size());
        }

        @Override
        public void onLate() {
            log.add(name + " late");
        }

        private void note(String what) {
            log.add(name + " " + what);
            afterwards.run();
        }

        @Override
        public void onReleased(List<VirtualAddress> addresses) {}

        @Override
        public void onRenewed(long atBoottimeNanos) {}

        @Override
        public void onLeftOvers(long provenAgoNanos) {}

        @Override
        public void onTrouble(VirtualAddress address, String what, boolean restored) {
            log.add(name + " " + what);
        }
    }
}
