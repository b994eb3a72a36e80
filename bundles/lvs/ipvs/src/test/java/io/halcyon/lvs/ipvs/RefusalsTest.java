package io.halcyon.lvs.ipvs;

import static io.halcyon.lvs.ipvs.Orders.DR;
import static io.halcyon.lvs.ipvs.Orders.NAT;
import static io.halcyon.lvs.ipvs.Orders.address;
import static io.halcyon.lvs.ipvs.Orders.server;
import static io.halcyon.lvs.ipvs.Orders.service;
import static io.halcyon.lvs.ipvs.Orders.tcp;
import static io.halcyon.lvs.ipvs.Orders.tunnel;
import static io.halcyon.lvs.ipvs.Orders.udp;
import static io.halcyon.lvs.ipvs.Orders.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.linux.Errno;
import io.halcyon.linux.LinuxException;
import io.halcyon.linux.netlink.Refused;
import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Desired.Leaving;
import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.Forwarding.Checksum;
import io.halcyon.spi.dataplane.Forwarding.Encapsulation;
import io.halcyon.spi.dataplane.Forwarding.Nat;
import io.halcyon.spi.dataplane.Persistence;
import io.halcyon.spi.dataplane.Scheduler;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.SyncDaemon;
import io.halcyon.spi.dataplane.VirtualService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before the kernel is asked, and what is said when the kernel refuses. */
class RefusalsTest {

    private static final ServiceKey WEB = tcp("192.0.2.1", 80);

    @TempDir
    Path modules;

    private Refusals refusals;

    @BeforeEach
    void aKernelWithTwoSchedulers() throws IOException {
        Files.writeString(modules.resolve("modules.dep"), "kernel/net/netfilter/ipvs/ip_vs_rr.ko.xz: a.ko\n");
        Files.writeString(modules.resolve("modules.builtin"), "kernel/net/netfilter/ipvs/ip_vs_wlc.ko\n");
        refusals = new Refusals(new SchedulerModules(modules));
    }

    @Test
    void schedulersThatTheKernelDoesNotHaveAreRefused() {
        assertThat(refusals.of(wanted(WEB, Scheduler.RR))).isEmpty();
        assertThat(refusals.of(wanted(WEB, Scheduler.WLC))).isEmpty();
        assertThat(refusals.of(wanted(WEB, Scheduler.TWOS)))
                .containsExactly("lvs.sched = twos: this kernel has no module ip_vs_twos");
    }

    @Test
    void whereNobodyKnowsTheModulesTheKernelIsAsked() {
        Refusals blind = new Refusals(new SchedulerModules(modules.resolve("none")));

        assertThat(blind.of(wanted(WEB, Scheduler.TWOS))).isEmpty();
    }

    @Test
    void allPortsWantPersistence() {
        ServiceKey all = tcp("192.0.2.1", 0);

        assertThat(refusals.of(wanted(all, Scheduler.RR)))
                .containsExactly("virtual.server = [192.0.2.1]:tcp:0: all ports only with persistence.timeout; a fwmark"
                        + " does it without");
        assertThat(refusals.of(
                        new Desired(service(all, Scheduler.RR, new Persistence(60, 32)), List.of(), Leaving.KEEP)))
                .isEmpty();
    }

    @Test
    void onlyDatagramsAreSpreadOneByOne() {
        assertThat(refusals.of(onePacket(WEB)))
                .containsExactly("ops = true: only datagrams are spread one by one, allowed is protocol = UDP");
        assertThat(refusals.of(onePacket(udp("192.0.2.1", 53)))).isEmpty();
    }

    @Test
    void portsStayWherePacketsAreNotRewritten() {
        assertThat(refusals.of(wanted(WEB, Scheduler.RR, server("10.0.0.1", 8080, DR, 1))))
                .containsExactly("lvs.method = DR: packets reach [10.0.0.1]:8080 as they are, allowed is port 80");
        assertThat(refusals.of(wanted(WEB, Scheduler.RR, server("10.0.0.1", 80, DR, 1), server("10.0.0.2", 0, DR, 1))))
                .isEmpty();
        assertThat(refusals.of(wanted(WEB, Scheduler.RR, server("10.0.0.1", 8080, NAT, 1))))
                .isEmpty();
    }

    @Test
    void onlyTunnelsLeadToTheOtherFamily() {
        assertThat(refusals.of(wanted(WEB, Scheduler.RR, server("2001:db8::1", 80, NAT, 1))))
                .containsExactly("real.server = [2001:db8::1]:80: is of another family than [192.0.2.1]:tcp:80,"
                        + " which works with lvs.method = TUN only");
        assertThat(refusals.of(wanted(
                        WEB,
                        Scheduler.RR,
                        server("2001:db8::1", 80, tunnel(Encapsulation.IPIP, 0, Checksum.NOCSUM), 1))))
                .isEmpty();
    }

    @Test
    void theClientStaysVisible() {
        assertThat(refusals.of(wanted(
                        WEB,
                        Scheduler.RR,
                        server("10.0.0.1", 80, new Nat(true), 1),
                        server("10.0.0.2", 80, new Nat(true), 1))))
                .containsExactly(
                        "masquerade = true: IPVS keeps the client's address; dataplane = nftables can replace" + " it");
    }

    @Test
    void thresholdsHaveAnOrder() {
        Destination wrong = new Destination(address("10.0.0.1"), 80, NAT, 1, 10, 11);
        Destination right = new Destination(address("10.0.0.2"), 80, NAT, 1, 10, 10);

        assertThat(refusals.of(wanted(WEB, Scheduler.RR, right))).isEmpty();
        assertThat(refusals.of(wanted(WEB, Scheduler.RR, wrong)))
                .containsExactly("lthreshold = 11: [10.0.0.1]:80 has uthreshold = 10, allowed is at most that");
    }

    @Test
    void aServerIsThereOnce() {
        assertThat(refusals.of(wanted(WEB, Scheduler.RR, server("10.0.0.1", 1), server("10.0.0.1", 2))))
                .containsExactly("real.server = [10.0.0.1]:80: is there twice; IPVS knows real servers of a service by"
                        + " address and port");
        assertThat(refusals.of(wanted(tcp("2001:db8::1", 80), Scheduler.RR, server("fe80::1", 1))))
                .containsExactly(
                        "real.server = [fe80::1]:80: IPVS cannot say on which link a link-local" + " address is");
    }

    @Test
    void tunnelsAreWhatTheyCanBe() {
        assertThat(of(Encapsulation.GUE, 0, Checksum.CSUM))
                .containsExactly("lvs.method = TUN gue: has no port, such as 'TUN gue port 6080'");
        assertThat(of(Encapsulation.IPIP, 0, Checksum.CSUM))
                .containsExactly("lvs.method = TUN ipip: has no checksum, allowed are gue and gre");
        assertThat(of(Encapsulation.GRE, 0, Checksum.REMCSUM))
                .containsExactly("lvs.method = TUN: remcsum is for gue only");
        assertThat(of(Encapsulation.GUE, 6080, Checksum.REMCSUM)).isEmpty();
        assertThat(of(Encapsulation.GRE, 0, Checksum.CSUM)).isEmpty();
    }

    @Test
    void whatTheKernelRefusesIsSaidInWords() {
        Change service = new Change.AddService(WEB, new ServiceSettings("twos", 0, 0, 0, ""));
        Change server = new Change.RemoveDestination(WEB, new DestinationKey(address("10.0.0.1"), 80));

        assertThat(reason(service, Errno.ENOENT))
                .isEqualTo("lvs.sched = twos: this kernel has no such scheduler, or its module cannot be loaded");
        assertThat(reason(server, Errno.ESRCH)).isEqualTo("somebody else changes it at the same time (ESRCH)");
        // What the kernel says of a real server that is not there any more.
        assertThat(reason(server, Errno.ENOENT)).isEqualTo("somebody else changes it at the same time (ENOENT)");
        assertThat(reason(server, Errno.ERANGE)).startsWith("real server [10.0.0.1]:80: ERANGE, ");
        assertThat(Reasons.of(server, new Refused(0, Errno.EINVAL, "Attribute failed policy validation")))
                .startsWith("real server [10.0.0.1]:80: EINVAL, ")
                .endsWith(" (Attribute failed policy validation)");
    }

    @Test
    void synchronizationAndServersOfTheOtherFamilyExcludeEachOther() {
        DestinationKey other = new DestinationKey(address("::2"), 80);
        DestinationSettings tunnel = new DestinationSettings(2, 1, 0, 0, 0, 0, 0);

        assertThat(List.of(
                        reason(new Change.AddDestination(WEB, other, tunnel), Errno.EINVAL),
                        reason(new Change.SetDestination(WEB, other, tunnel, "weight was 2"), Errno.EINVAL)))
                .allMatch(text -> text.endsWith("as long as connections are synchronized (lvs.sync.daemon)"));
        assertThat(Reasons.of(new SyncDaemon(SyncDaemon.Role.MASTER, "eth1", 1, 0, null, 0, 0), Errno.EINVAL))
                .isEqualTo("lvs.sync.daemon = eth1: synchronization as master: not as long as a virtual server has real"
                        + " servers of the other address family (EINVAL)");
    }

    private static String reason(Change change, int errno) {
        return Reasons.of(change, new Refused(0, errno, ""));
    }

    @Test
    void aKernelWithoutIpvsIsSaidWithTheRemedyAndAskedAgain() {
        Deque<Integer> answers = new ArrayDeque<>(List.of(Errno.ENOENT, Errno.EPERM, Errno.EIO));
        Limits limits = new Limits(
                () -> {
                    if (!answers.isEmpty()) {
                        throw new LinuxException("generic netlink family IPVS", answers.remove());
                    }
                },
                0);

        assertThat(limits.sentences())
                .singleElement()
                .asString()
                .startsWith("this kernel has no IPVS: 'modprobe ip_vs' loads it")
                .endsWith("otherwise dataplane = nftables does not need it");
        assertThat(limits.sentences()).singleElement().asString().contains("CAP_NET_ADMIN");
        assertThat(limits.sentences())
                .singleElement()
                .asString()
                .startsWith("the kernel's IPVS is not to be reached: generic netlink family IPVS: EIO, ");
        assertThat(limits.sentences()).isEmpty();
    }

    private List<String> of(Encapsulation encapsulation, int port, Checksum checksum) {
        return refusals.of(wanted(WEB, Scheduler.RR, server("10.0.0.1", 80, tunnel(encapsulation, port, checksum), 1)));
    }

    private static Desired onePacket(ServiceKey key) {
        return new Desired(new VirtualService(key, Scheduler.RR, Set.of(), null, true), List.of(), Leaving.KEEP);
    }
}
