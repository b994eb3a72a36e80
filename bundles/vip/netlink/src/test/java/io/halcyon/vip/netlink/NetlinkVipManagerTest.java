package io.halcyon.vip.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.api.vip.AddressStatus;
import io.halcyon.linux.Clock;
import io.halcyon.linux.netlink.RouteEvents;
import io.halcyon.spi.vip.AddressSet;
import io.halcyon.testkit.Command;
import io.halcyon.testkit.InNetworkNamespace;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The manager with a real kernel. */
@InNetworkNamespace
class NetlinkVipManagerTest {

    private static final long EVER = Long.MAX_VALUE;

    private final Recorder heard = new Recorder();
    private NetlinkVipManager manager;
    private AddressSet set;

    @BeforeEach
    void start() throws Exception {
        Command.line("ip link add v0 up type veth peer name v1");
        Command.line("ip link set v1 up");
        manager = manager();
        set = manager.open("VI_1", "v0", heard);
    }

    @AfterEach
    void stop() throws Exception {
        manager.close();
    }

    @Test
    void addsRenewsAndRemoves() {
        List<VirtualAddress> two = List.of(address("10.0.0.50", 24), address("2001:db8::50", 64));

        set.hold(two, 5, EVER);
        heard.awaitInstalled(2);
        assertThat(Command.line("ip addr show dev v0"))
                .contains("10.0.0.50/24", "2001:db8::50/64", "noprefixroute", "nodad", "valid_lft 5sec");
        set.renew(EVER);
        heard.awaitRenewals(1);
        set.release(two);
        heard.awaitReleased(2);

        assertThat(Command.line("ip addr show dev v0")).doesNotContain("10.0.0.50", "2001:db8::50");
        assertThat(heard.troubles).isEmpty();
        assertThat(heard.installed).containsExactly(two.subList(0, 1), two.subList(1, 2));
    }

    @Test
    void bringsBackWhatSomebodyElseRemoved() {
        set.hold(List.of(address("10.0.0.50", 24), address("2001:db8::50", 64)), 5, EVER);
        heard.awaitInstalled(2);

        Command.line("ip addr del 10.0.0.50/24 dev v0");
        Command.line("ip addr del 2001:db8::50/64 dev v0");

        heard.awaitInstalled(4);
        assertThat(Command.line("ip addr show dev v0")).contains("10.0.0.50/24", "2001:db8::50/64");
        assertThat(heard.troubles)
                .containsExactlyInAnyOrder(
                        "10.0.0.50/24 was removed by somebody else",
                        "10.0.0.50/24 is there again (well)",
                        "2001:db8:0:0:0:0:0:50/64 was removed by somebody else",
                        "2001:db8:0:0:0:0:0:50/64 is there again (well)");
        assertThat(manager.addresses()).extracting(AddressStatus::state).containsOnly("present");
    }

    private static NetlinkVipManager manager() throws Exception {
        return new NetlinkVipManager(
                new Ownership.ByProtocol(), Clock::boottimeNanos, RouteEvents.RECEIVE_BUFFER_BYTES);
    }

    private static VirtualAddress address(String address, int prefixLength) {
        try {
            return new VirtualAddress(InetAddress.getByName(address), prefixLength, null, null, 0, null);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
