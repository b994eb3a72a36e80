package io.halcyon.lvs.ipvs;

import static io.halcyon.lvs.ipvs.Orders.DR;
import static io.halcyon.lvs.ipvs.Orders.NAT;
import static io.halcyon.lvs.ipvs.Orders.server;
import static io.halcyon.lvs.ipvs.Orders.tcp;
import static io.halcyon.lvs.ipvs.Orders.tunnel;
import static io.halcyon.lvs.ipvs.Orders.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.spi.dataplane.Forwarding;
import io.halcyon.spi.dataplane.Forwarding.Checksum;
import io.halcyon.spi.dataplane.Forwarding.Encapsulation;
import io.halcyon.spi.dataplane.Scheduler;
import io.halcyon.spi.dataplane.ServiceKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeedsTest {

    private static final ServiceKey WEB = tcp("192.0.2.1", 80);
    private static final ServiceKey WEB6 = tcp("2001:db8::1", 80);

    private final Needs needs = new Needs(name -> name.equals("net.ipv4.ip_forward") ? "0" : "1");

    @Test
    void natWantsThisHostToForwardAndToBeTheWayBack() {
        assertThat(needs.of(wanted(WEB, Scheduler.RR, server("10.0.0.11", 1), server("10.0.0.12", 1))))
                .containsExactly(
                        "192.0.2.1 is an address of this host, mostly one of a virtual router: IPVS sees only what is for"
                                + " this host",
                        "NAT: net.ipv4.ip_forward = 1 on this host (it is 0)",
                        "NAT: 10.0.0.11, 10.0.0.12 answer clients through this host: the route to them, mostly the"
                                + " default route, leads here; a client in the same network as a real server is answered"
                                + " past it and hears nothing");
        assertThat(needs.of(wanted(WEB6, Scheduler.RR, server("2001:db8::11", 80, NAT, 1))))
                .contains("NAT: net.ipv6.conf.all.forwarding = 1 on this host (it is 1)");
    }

    @Test
    void directRoutingWantsAnAddressThatIsNotAnnounced() {
        assertThat(needs.of(wanted(WEB, Scheduler.RR, server("10.0.0.11", 80, DR, 1))))
                .contains(
                        "DR: 10.0.0.11 and this host are in one layer-2 network: only the MAC changes",
                        "DR: 10.0.0.11 have 192.0.2.1/32 on lo, and their service listens there",
                        "DR: 10.0.0.11 do not announce it: net.ipv4.conf.all.arp_ignore = 1 and"
                                + " net.ipv4.conf.all.arp_announce = 2");
        assertThat(needs.of(wanted(WEB6, Scheduler.RR, server("2001:db8::11", 80, DR, 1))))
                .contains("DR: 2001:db8::11 have 2001:db8::1/128 on lo, and their service listens there")
                .noneMatch(need -> need.contains("arp_"));
    }

    @Test
    void tunnelsWantAnInterfaceThatUnpacksAndALargerMtu() {
        Forwarding gue = tunnel(Encapsulation.GUE, 6080, Checksum.NOCSUM);

        assertThat(needs.of(wanted(WEB, Scheduler.RR, server("10.0.0.11", 80, gue, 1))))
                .contains(
                        "TUN: 10.0.0.11 unpack gue with tunl0 (module ipip) behind 'ip fou add port 6080 gue' (module fou)",
                        "TUN: 10.0.0.11 have 192.0.2.1/32 on tunl0, and their service listens there",
                        "TUN: rp_filter of the tunnel's interface and net.ipv4.conf.all.rp_filter are 0 or 2 on"
                                + " 10.0.0.11: clients' packets come out of a tunnel that leads to no client",
                        "TUN: packets grow by 32 bytes: an MTU of 1532 from here to 10.0.0.11, or clients are told of"
                                + " less (an MSS of 1428 on the route to them)")
                .anyMatch(need -> need.contains("arp_ignore = 1"));
    }

    @Test
    void aChecksumOfGreWantsAnInterfaceThatExpectsIt() {
        Forwarding gre = tunnel(Encapsulation.GRE, 0, Checksum.CSUM);

        assertThat(needs.of(wanted(WEB, Scheduler.RR, server("10.0.0.11", 80, gre, 1))))
                .contains("TUN: 10.0.0.11 unpack gre with gre1 of 'ip link add gre1 type gre local ADDRESS remote any"
                        + " icsum'");
    }

    @ParameterizedTest
    @CsvSource({
        "IPIP, NOCSUM,  20, 40",
        "GRE,  NOCSUM,  24, 44",
        "GRE,  CSUM,    28, 48",
        "GUE,  CSUM,    32, 52",
        "GUE,  REMCSUM, 40, 60",
    })
    void packetsGrowByTheirHeaders(Encapsulation encapsulation, Checksum checksum, int ipv4, int ipv6) {
        var tunnel = new Forwarding.Tunnel(encapsulation, 6080, checksum);

        assertThat(List.of(Needs.overhead(tunnel, false), Needs.overhead(tunnel, true)))
                .containsExactly(ipv4, ipv6);
    }

    @Test
    void eachWayToServersHasItsOwn() {
        Forwarding ipip = tunnel(Encapsulation.IPIP, 0, Checksum.NOCSUM);

        assertThat(needs.of(wanted(
                        WEB,
                        Scheduler.RR,
                        server("10.0.0.11", 80, DR, 1),
                        server("10.0.0.12", 80, ipip, 1),
                        server("2001:db8::12", 80, ipip, 1))))
                .anyMatch(need -> need.startsWith("DR: 10.0.0.11 "))
                .contains("TUN: 10.0.0.12 unpack ipip with tunl0 (module ipip)")
                .contains("TUN: 2001:db8::12 unpack ipip with ip6tnl0 (module ip6_tunnel) after 'ip -6 tunnel change"
                        + " ip6tnl0 mode any'");
        assertThat(needs.of(wanted(WEB6, Scheduler.RR, server("2001:db8::12", 80, ipip, 1))))
                .contains("TUN: 2001:db8::12 unpack ipip with ip6tnl0 (module ip6_tunnel)");
        assertThat(needs.of(wanted(
                        WEB6,
                        Scheduler.RR,
                        server("2001:db8::12", 80, tunnel(Encapsulation.GUE, 6080, Checksum.CSUM), 1))))
                .contains(
                        "TUN: 2001:db8::12 unpack gue with ip6tnl0 (module ip6_tunnel) behind 'ip fou add port 6080 gue"
                                + " -6' (module fou)");
    }

    @Test
    void marksWantARule() {
        assertThat(needs.of(wanted(new ServiceKey.Marked(5, false), Scheduler.RR)))
                .singleElement()
                .asString()
                .startsWith("FWM 5: a rule marks the packets");
    }

    @Test
    void hashesRefuseClientsOfAServerWithoutWeight() {
        assertThat(needs.of(wanted(WEB, Scheduler.SH)))
                .contains("lvs.sched = sh: clients of a real server whose weight is 0 are refused, not moved;"
                        + " sh-fallback moves them");
        assertThat(needs.of(wanted(WEB, Scheduler.DH)))
                .contains("lvs.sched = dh: clients of a real server whose weight is 0 are refused, not moved");
        assertThat(needs.of(wanted(WEB, Scheduler.RR))).hasSize(1);
    }
}
