package io.halcyon.vrrp.engine.loop;

import static io.halcyon.vrrp.engine.loop.Lan.SECOND;
import static io.halcyon.vrrp.engine.loop.Lan.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.api.check.Verdict;
import io.halcyon.api.net.MacAddress;
import io.halcyon.api.net.VirtualAddress;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.spi.link.Link;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarningsTest {

    private static final String HIGHER = "10.0.0.9";
    private static final String LOWER = "10.0.0.1";

    /** Whether a weight is useless, by what it can make of our priority and by what peers advertised; we are 10.0.0.5. */
    @ParameterizedTest(name = "{0}..{1}, heard {2}: {3} ({4})")
    @CsvSource(
            delimiter = '|',
            nullValues = "nobody",
            value = {
                "100 | 102 | nobody           | warns  | the seed: 100 and 90 with weight 2, nobody heard yet",
                "100 | 102 | 92 10.0.0.9      | warns  | the seed, from the master",
                "90  | 92  | 102 10.0.0.1     | warns  | the seed, from the backup",
                "80  | 100 | nobody           | silent | weight -20 passes the usual gap",
                "80  | 100 | 90 10.0.0.9      | silent | made right, from the master",
                "70  | 90  | 100 10.0.0.1     | silent | made right, from the backup: it wins against the other's 80",
                "80  | 100 | 60 10.0.0.9      | warns  | a peer 40 lower is never reached",
                "40  | 60  | 100 10.0.0.1     | warns  | a peer 40 higher at its 80 neither",
                "80  | 100 | 79 10.0.0.9      | warns  | one less than the least",
                "80  | 100 | 80 10.0.0.9      | silent | the least ties with a higher address and loses",
                "80  | 100 | 80 10.0.0.1      | warns  | the least ties with a lower address and wins",
                "101 | 103 | 102 10.0.0.9     | silent | 101 and 100 with weight 2, from the master",
                "100 | 102 | 103 10.0.0.1     | silent | 101 and 100 with weight 2, from the backup: it wins against 101",
                "100 | 102 | 103 10.0.0.9     | silent | whatever the addresses",
                "100 | 102 | 104 10.0.0.1     | silent | against 102 the higher address decides",
                "100 | 102 | 104 10.0.0.9     | warns  | or the other's",
                "100 | 102 | 105 10.0.0.1     | warns  | 103 is out of reach",
                "80  | 100 | 255 10.0.0.1     | warns  | an owner never has less",
                "1   | 1   | nobody           | warns  | priority 1 cannot fall",
                "80  | 100 | 60 10.0.0.9, 90 10.0.0.7 | silent | of two peers one is reached",
                "80  | 100 | 60 10.0.0.9, 40 10.0.0.7 | warns  | of two peers none is",
            })
    void aWeightThatNeverChangesWhoIsMasterIsUseless(int low, int high, String heard, String expected, String why) {
        HeardPeers peers = new HeardPeers();
        for (String peer : heard == null ? new String[0] : heard.split(", ", -1)) {
            String[] words = peer.split(" ", -1);
            peers.add(Integer.parseInt(words[0]), Lan.address(words[1]));
        }

        List<String> warnings = Warnings.weight(low, high, peers, Lan.address("10.0.0.5"));

        assertThat(warnings).as(why).hasSize(expected.equals("warns") ? 1 : 0);
        assertThat(warnings).allSatisfy(text -> assertThat(text)
                .contains("between " + low + " and " + high + ", so a failed check never changes who is master"));
    }

    @Test
    void theWarningSaysWhatPeersAdvertised() {
        HeardPeers peers = new HeardPeers();
        peers.add(60, Lan.address(HIGHER));
        peers.add(40, Lan.address(LOWER));
        peers.add(60, Lan.address(LOWER));

        assertThat(Warnings.weight(80, 100, peers, Lan.address("10.0.0.5")))
                .singleElement()
                .asString()
                .contains("never changes who is master: peers advertised 40, 60; use a negative weight");
    }

    @Test
    void whoHearsItsPeerKnowsBetter() {
        Lan lan = new Lan();
        Lan.Node a = lan.node("a", 1);
        Lan.Node b = lan.node("b", 2);
        List<Track> weightTwo = List.of(new Track(Track.Kind.SCRIPT, "chk", 2, false));
        Verdict up = new Verdict("chk", Health.UP, "fine", Instant.EPOCH, 0, false, null, 7);
        a.loop.verdict(up);
        b.loop.verdict(up);
        b.start(settings("VI_1", 1, 100, 10, weightTwo));
        lan.pass(SECOND);
        assertThat(b.status("VI_1").warnings()).as("nobody heard yet").hasSize(1);

        a.start(settings("VI_1", 1, 101, 10, weightTwo));
        lan.pass(SECOND);

        assertThat(a.state()).isEqualTo(RouterState.MASTER);
        assertThat(a.status("VI_1").warnings()).isEmpty();
        assertThat(b.status("VI_1").warnings()).isEmpty();
        a.start(settings("VI_1", 1, 150, 10, weightTwo));
        Lan.Node c = lan.node("c", 3);
        c.loop.verdict(up);
        c.start(settings("VI_1", 1, 140, 10, weightTwo));
        lan.pass(SECOND);
        assertThat(c.status("VI_1").warnings()).singleElement().asString().contains("peers advertised 152");
    }

    // addresses

    private static Link eth0(boolean promoteSecondaries, Link.Address... addresses) {
        return new Link("eth0", 2, new MacAddress(1), true, true, 1500, promoteSecondaries, List.of(addresses));
    }

    private static Link.Address host(String address, int prefixLength) {
        return new Link.Address(Lan.address(address), prefixLength, true, false);
    }

    private static RouterSettings holding(String address, int prefixLength, String dev, long leaseSeconds) {
        RouterSettings some = settings(100);
        VirtualAddress vip = new VirtualAddress(Lan.address(address), prefixLength, dev, null, 0, null);
        return new RouterSettings(
                some.name(),
                some.networkInterface(),
                some.protocol(),
                List.of(vip),
                List.of(),
                List.of(),
                some.transport(),
                some.vip(),
                leaseSeconds);
    }

    private static List<String> warnings(RouterSettings settings, boolean holding, Link link) {
        return Warnings.addresses(settings, settings.leaseSeconds() > 0, holding, Map.of(link.name(), link)::get);
    }

    @Test
    void aSubnetsPrimaryAddressNeedsPromoteSecondaries() {
        RouterSettings settings = holding("10.0.0.50", 24, null, 5);

        assertThat(warnings(settings, false, eth0(false, host("192.0.2.1", 24))))
                .singleElement()
                .asString()
                .startsWith("10.0.0.50/24 is the primary address of its subnet on eth0 and promote_secondaries is off")
                .endsWith("set net.ipv4.conf.eth0.promote_secondaries = 1");
        assertThat(warnings(settings, false, eth0(true, host("192.0.2.1", 24))))
                .as("promoted")
                .isEmpty();
        assertThat(warnings(settings, false, eth0(false, host("10.0.0.1", 24))))
                .as("behind the host's own")
                .isEmpty();
        assertThat(warnings(settings, false, eth0(false, host("10.0.0.1", 16))))
                .as("another subnet")
                .hasSize(1);
        assertThat(warnings(settings, true, eth0(false, new Link.Address(Lan.address("10.0.0.50"), 24, false, true))))
                .as("its own presence is no excuse")
                .hasSize(1);
        assertThat(warnings(holding("10.0.0.50", 32, null, 5), false, eth0(false)))
                .as("alone in its subnet")
                .isEmpty();
        assertThat(warnings(holding("2001:db8::50", 64, null, 5), false, eth0(false)))
                .as("IPv6 has no primaries")
                .isEmpty();
    }

    @Test
    void theInterfaceThatCountsIsTheOneWhereTheAddressLives() {
        RouterSettings settings = holding("10.0.0.50", 24, "eth1", 5);

        assertThat(warnings(settings, false, eth0(false))).isEmpty();
        Link eth1 = new Link("eth1", 3, new MacAddress(1), true, true, 1500, false, List.of());
        assertThat(warnings(settings, false, eth1)).singleElement().asString().contains("on eth1");
    }

    @ParameterizedTest
    @CsvSource({"5, false, true", "5, true, true", "0, false, true", "0, true, false"})
    void anAddressThatIsConfiguredStaticallyToo(long leaseSeconds, boolean holding, boolean warns) {
        RouterSettings settings = holding("10.0.0.50", 32, null, leaseSeconds);
        Link link = eth0(true, host("10.0.0.1", 24), host("10.0.0.50", 24));

        assertThat(warnings(settings, holding, link))
                .isEqualTo(
                        warns
                                ? List.of(
                                        "10.0.0.50/32 is also configured on eth0 by somebody else: it stays there whoever"
                                                + " is master, so two hosts answer for it")
                                : List.of());
    }

    @Test
    void whatWePutThereOurselvesIsNotConfiguredTwice() {
        RouterSettings settings = holding("10.0.0.50", 32, null, 5);

        assertThat(warnings(settings, true, eth0(true, new Link.Address(Lan.address("10.0.0.50"), 32, false, true))))
                .isEmpty();
        assertThat(warnings(
                        holding("10.0.0.50", 32, null, 0),
                        false,
                        eth0(true, new Link.Address(Lan.address("10.0.0.50"), 32, true, true))))
                .as("a left-over without a lease")
                .isEmpty();
    }

    @Test
    void theWarningsOfAnAddressAreInTheStatus() {
        Lan lan = new Lan();
        Lan.Node a = lan.node("a", 1);
        a.addresses(List.of(host("10.0.0.1", 24), host("10.0.0.201", 24)));
        a.start(settings(100));
        lan.pass(SECOND);

        assertThat(a.status("VI_1").warnings())
                .singleElement()
                .asString()
                .startsWith("10.0.0.201/32 is also configured on eth0");
    }
}
