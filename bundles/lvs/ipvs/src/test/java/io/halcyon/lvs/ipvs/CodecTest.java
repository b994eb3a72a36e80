package io.halcyon.lvs.ipvs;

import static io.halcyon.lvs.ipvs.Orders.DR;
import static io.halcyon.lvs.ipvs.Orders.NAT;
import static io.halcyon.lvs.ipvs.Orders.address;
import static io.halcyon.lvs.ipvs.Orders.server;
import static io.halcyon.lvs.ipvs.Orders.service;
import static io.halcyon.lvs.ipvs.Orders.tcp;
import static io.halcyon.lvs.ipvs.Orders.tunnel;
import static io.halcyon.lvs.ipvs.Orders.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.linux.netlink.Attributes;
import io.halcyon.linux.netlink.GenericRequest;
import io.halcyon.spi.dataplane.Counters;
import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.Forwarding;
import io.halcyon.spi.dataplane.Persistence;
import io.halcyon.spi.dataplane.Scheduler;
import io.halcyon.spi.dataplane.SchedulerFlag;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.SyncDaemon;
import io.halcyon.spi.dataplane.VirtualService;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Octets against those of Linux 6.1 and ipvsadm 1.31. */
class CodecTest {

    private static final ServiceKey WEB = tcp("192.0.2.1", 80);
    private static final ServiceKey DNS6 = udp("2001:db8::1", 53);

    @Test
    void writesAService() {
        VirtualService service =
                service(WEB, Scheduler.WRR, new Persistence(300, 24), SchedulerFlag.FLAG_2, SchedulerFlag.FLAG_1);
        Change change = new Change.AddService(WEB, ServiceSettings.of(service));

        assertThat(hex(change.request()))
                .isEqualTo(
                        "48000180" // service
                                + "06000100" + "02000000" // AF_INET
                                + "06000200" + "06000000" // TCP
                                + "08000300" + "c0000201"
                                + "06000400" + "00500000"
                                + "08000600" + "77727200" // wrr
                                + "0c000700" + "19000000" + "ffffffff"
                                + "08000800" + "2c010000"
                                + "08000900" + "ffffff00");
        assertThat(change.request().command()).isEqualTo(1);
    }

    @Test
    void writesAServiceOfIpv6AndOneOfAMark() {
        VirtualService datagrams = new VirtualService(DNS6, Scheduler.SH, Set.of(), null, true);
        ServiceKey marked = new ServiceKey.Marked(7, true);
        VirtualService persistent = service(marked, Scheduler.RR, new Persistence(60, 64));

        assertThat(hex(new Change.SetService(DNS6, ServiceSettings.of(datagrams), "").request()))
                .isEqualTo(
                        "54000180" // service
                                + "06000100" + "0a000000" // AF_INET6
                                + "06000200" + "11000000" // UDP
                                + "14000300" + "20010db8000000000000000000000001"
                                + "06000400" + "00350000"
                                + "07000600" + "73680000" // sh
                                + "0c000700" + "04000000" + "ffffffff"
                                + "08000800" + "00000000"
                                + "08000900" + "80000000"); // a prefix of 128, of services that are not persistent too
        assertThat(hex(new Change.AddService(marked, ServiceSettings.of(persistent)).request()))
                .isEqualTo("38000180"
                        + "06000100" + "0a000000"
                        + "08000500" + "07000000"
                        + "07000600" + "72720000"
                        + "0c000700" + "01000000" + "ffffffff"
                        + "08000800" + "3c000000"
                        + "08000900" + "40000000");
        assertThat(hex(new Change.RemoveService(marked).request()))
                .isEqualTo("14000180" + "06000100" + "0a000000" + "08000500" + "07000000");
    }

    @Test
    void writesADestination() {
        Destination server = new Destination(address("10.0.0.11"), 8080, NAT, 5, 4_000_000_000L, 50);
        String identity = "24000180"
                + "06000100" + "02000000"
                + "06000200" + "06000000"
                + "08000300" + "c0000201"
                + "06000400" + "00500000"
                + "%s"
                + "06000b00" + "02000000"
                + "08000100" + "0a00000b"
                + "06000200" + "1f900000";

        assertThat(hex(new Change.AddDestination(WEB, DestinationKey.of(server), DestinationSettings.of(server))
                        .request()))
                .isEqualTo(identity.formatted("3c000280")
                        + "08000300" + "00000000" // NAT
                        + "08000400" + "05000000"
                        + "08000500" + "00286bee"
                        + "08000600" + "32000000");
        assertThat(hex(new Change.RemoveDestination(WEB, DestinationKey.of(server)).request()))
                .isEqualTo(identity.formatted("1c000280"));
    }

    @Test
    void writesATunnel() {
        Forwarding gue = tunnel(Forwarding.Encapsulation.GUE, 6080, Forwarding.Checksum.REMCSUM);
        Destination server = server("2001:db8::11", 53, gue, 7);

        assertThat(hex(new Change.SetDestination(DNS6, DestinationKey.of(server), DestinationSettings.of(server), "")
                        .request()))
                .endsWith("08000300" + "02000000" // TUN
                        + "08000400" + "07000000"
                        + "08000500" + "00000000"
                        + "08000600" + "00000000"
                        + "05000d00" + "01000000"
                        + "06000e00" + "17c00000"
                        + "06000f00" + "02000000");
        assertThat(DestinationSettings.of(server("10.0.0.1", 80, DR, 1)).method())
                .isEqualTo(3);
    }

    @Test
    void readsAServiceAsTheKernelSaysIt() {
        FoundService web =
                FoundService.read(attributes("0600010002000000060002000600000014000300c00002010000000000000000"
                        + "00000000060004000050000008000600777272000c00070003000000ffffffff080008002c01000008000900ffffff00"
                        + "40000c000c00010001000000000000000c00020002000000000000000c00030003000000010000000c0004000400"
                        + "0000000000000c0005000500000000000000"));

        assertThat(web.key()).isEqualTo(WEB);
        assertThat(web.settings()).isEqualTo(ServiceSettings.of(service(WEB, Scheduler.WRR, new Persistence(300, 24))));
        assertThat(web.counters()).isEqualTo(new Counters(1, 2, 4_294_967_299L, 4, 5));
    }

    @Test
    void readsAServiceOfIpv6AndOneOfAMark() {
        FoundService dns = FoundService.read(
                attributes(
                        "060001000a00000006000200110000001400030020010db80000000000000000"
                                + "00000001060004000035000007000600736800000c0007001e000000ffffffff08000800000000000800090080000000"));
        FoundService marked =
                FoundService.read(attributes("060001000a000000080005000700000007000600727200000c000700030000"
                        + "00ffffffff080008003c0000000800090040000000"));

        assertThat(dns.key()).isEqualTo(DNS6);
        assertThat(dns.settings())
                .isEqualTo(ServiceSettings.of(new VirtualService(
                        DNS6, Scheduler.SH, Set.of(SchedulerFlag.FLAG_1, SchedulerFlag.FLAG_2), null, true)));
        assertThat(marked.key()).isEqualTo(new ServiceKey.Marked(7, true));
        assertThat(marked.settings())
                .isEqualTo(ServiceSettings.of(service(marked.key(), Scheduler.RR, new Persistence(60, 64))));
    }

    @Test
    void readsDestinationsAsTheKernelSaysThem() {
        Attributes tunnel =
                attributes("140001000a00000c00000000000000000000000006000200005000000800030002000000080004000000"
                        + "000005000d000100000006000e0017c0000006000f0001000000080005000000000008000600000000000800070003000000"
                        + "08000800040000000800090000000000"
                        + "06000b0002000000");
        Attributes direct =
                attributes("1400010020010db8000000000000000000000011060002000035000008000300030000000800040007"
                        + "00000005000d000000000006000e000000000006000f0000000000080005006400000008000600320000000600"
                        + "0b000a000000");

        FoundDestination found = FoundDestination.read(tunnel);
        assertThat(DestinationKey.read(tunnel)).isEqualTo(new DestinationKey(address("10.0.0.12"), 80));
        assertThat(found.settings())
                .isEqualTo(DestinationSettings.of(server(
                        "10.0.0.12", 80, tunnel(Forwarding.Encapsulation.GUE, 6080, Forwarding.Checksum.CSUM), 0)));
        assertThat(found.active()).isEqualTo(3);
        assertThat(found.inactive()).isEqualTo(4);
        assertThat(found.idle()).isFalse();
        assertThat(DestinationKey.read(direct)).isEqualTo(new DestinationKey(address("2001:db8::11"), 53));
        assertThat(DestinationSettings.read(direct)).isEqualTo(new DestinationSettings(3, 7, 100, 50, 0, 0, 0));
    }

    @Test
    void readsAnEngineOfPersistence() {
        // What ipvsadm makes of --pe sip; written is none, which takes it away.
        FoundService calls = FoundService.read(
                attributes("06000100020000000600020011000000" + "14000300c0000201000000000000000000000000"
                        + "0600040013c40000" + "08000b0073697000" + "0700060072720000"
                        + "0c00070003000000ffffffff" + "080008003c000000" + "08000900ffffffff"));

        assertThat(calls.settings()).isEqualTo(new ServiceSettings("rr", 1, 60, -1, "sip"));
        assertThat(hex(new Change.SetService(calls.key(), calls.settings(), "").request()))
                .doesNotContain("73697000");
    }

    @Test
    void anIpv4AddressInIpv6ClothesIsIpv6() {
        String service = "060001000a000000" + "0600020006000000" + "14000300" + "00".repeat(10) + "ffff" + "c0000201"
                + "0600040000500000";

        ServiceKey key = ServiceKeys.read(attributes(service));

        assertThat(key).isNotEqualTo(WEB);
        assertThat(key.ipv6()).isTrue();
        assertThat(hex(new Change.RemoveService(key).request())).endsWith(service);
    }

    @Test
    void leavesAloneWhatItCannotName() {
        // An authentication header, protocol 51.
        assertThat(FoundService.read(attributes(
                        "0600010002000000" + "0600020033000000" + "14000300c0000201000000000000000000000000")))
                .isNull();
    }

    @Test
    void readsAndWritesSynchronizationDaemons() {
        SyncDaemon read =
                SyncDaemons.read(attributes("08000100010000000700020064300000080003000500000006000400c005000006000700"
                        + "90220000050008000100000008000500e0000051"));
        SyncDaemon wanted = new SyncDaemon(SyncDaemon.Role.BACKUP, "eth0", 5, 1000, address("ff02::51"), 8849, 3);

        assertThat(read)
                .isEqualTo(new SyncDaemon(SyncDaemon.Role.MASTER, "d0", 5, 1472, address("224.0.0.81"), 8848, 1));
        assertThat(hex(SyncDaemons.start(wanted)))
                .isEqualTo("4c000380"
                        + "0800010002000000"
                        + "0900020065746830" + "00000000"
                        + "0800030005000000"
                        + "06000400e8030000"
                        + "14000600ff020000000000000000000000000051"
                        + "0600070091220000"
                        + "0500080003000000");
        assertThat(hex(SyncDaemons.stop(SyncDaemon.Role.MASTER))).isEqualTo("0c000380" + "0800010001000000");
    }

    @Test
    void aDaemonThatLeavesItToTheKernelIsWhatTheKernelTakesByItself() {
        SyncDaemon wanted = new SyncDaemon(SyncDaemon.Role.MASTER, "d0", 5, 0, null, 0, 0);

        assertThat(SyncDaemons.runs(wanted, telling("224.0.0.81", 8848, 1))).isTrue();
        assertThat(SyncDaemons.runs(wanted, telling("224.0.0.82", 8848, 1))).isFalse();
        assertThat(SyncDaemons.runs(wanted, telling("224.0.0.81", 8849, 1))).isFalse();
        assertThat(SyncDaemons.runs(wanted, telling("224.0.0.81", 8848, 2))).isFalse();
        // Linux before 4.3.
        assertThat(SyncDaemons.runs(
                        wanted, SyncDaemons.read(attributes("0800010001000000070002006430000008000300" + "05000000"))))
                .isTrue();
    }

    private static SyncDaemon telling(String group, int port, int ttl) {
        return new SyncDaemon(SyncDaemon.Role.MASTER, "d0", 5, 1472, address(group), port, ttl);
    }

    private static Attributes attributes(String hex) {
        return Attributes.of(HexFormat.of().parseHex(hex));
    }

    private static String hex(GenericRequest request) {
        return HexFormat.of().formatHex(request.attributes());
    }
}
