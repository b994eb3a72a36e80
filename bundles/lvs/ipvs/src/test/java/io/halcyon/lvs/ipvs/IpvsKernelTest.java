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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Desired.Leaving;
import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.Forwarding.Checksum;
import io.halcyon.spi.dataplane.Forwarding.Encapsulation;
import io.halcyon.spi.dataplane.Options;
import io.halcyon.spi.dataplane.Persistence;
import io.halcyon.spi.dataplane.Scheduler;
import io.halcyon.spi.dataplane.SchedulerFlag;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.ServiceTable;
import io.halcyon.spi.dataplane.SyncDaemon;
import io.halcyon.spi.dataplane.Transport;
import io.halcyon.spi.dataplane.VirtualService;
import io.halcyon.testkit.Await;
import io.halcyon.testkit.Command;
import io.halcyon.testkit.DataplaneRecorder;
import io.halcyon.testkit.InNetworkNamespace;
import io.halcyon.testkit.TwoHosts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What ipvsadm says of what we did, and what we do with what ipvsadm did. */
@InNetworkNamespace
@Tag("vm")
class IpvsKernelTest {

    private static final ServiceKey WEB = tcp("192.0.2.1", 80);
    private static final Destination FIRST = server("10.0.0.11", 1);
    private static final Destination SECOND = server("10.0.0.12", 2);
    private static final long SOON_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long NEVER_NANOS = TimeUnit.HOURS.toNanos(1);

    private DataplaneRecorder heard;
    private ServiceTable table;

    @BeforeEach
    void open() {
        open(NEVER_NANOS);
    }

    private void open(long lookNanos) {
        if (table != null) {
            table.close();
        }
        heard = new DataplaneRecorder();
        table = new IpvsDataplane(lookNanos).open(heard);
    }

    @AfterEach
    void close() {
        table.close();
    }

    @Test
    void everyKindOfServiceArrives() throws Exception {
        ServiceKey dns = udp("2001:db8::1", 53);
        ServiceKey marked = new ServiceKey.Marked(7, true);
        put(
                new Desired(
                        service(WEB, Scheduler.WRR, new Persistence(300, 24)),
                        List.of(
                                new Destination(address("10.0.0.11"), 8080, NAT, 5, 100, 50),
                                server("10.0.0.12", 80, DR, 0),
                                server("10.0.0.13", 80, tunnel(Encapsulation.IPIP, 0, Checksum.NOCSUM), 1),
                                server("10.0.0.14", 80, tunnel(Encapsulation.GUE, 6080, Checksum.CSUM), 2),
                                server("10.0.0.15", 80, tunnel(Encapsulation.GRE, 0, Checksum.CSUM), 3)),
                        Leaving.KEEP),
                new Desired(
                        new VirtualService(
                                dns, Scheduler.SH, Set.of(SchedulerFlag.FLAG_1, SchedulerFlag.FLAG_2), null, true),
                        List.of(server("2001:db8::11", 53, DR, Integer.MAX_VALUE)),
                        Leaving.KEEP),
                new Desired(
                        service(marked, Scheduler.MH, new Persistence(60, 64)),
                        List.of(server("2001:db8::11", 0, NAT, 1)),
                        Leaving.KEEP));

        assertThat(saved())
                .containsExactlyInAnyOrder(
                        "-A -t 192.0.2.1:80 -s wrr -p 300 -M 255.255.255.0",
                        "-a -t 192.0.2.1:80 -r 10.0.0.11:8080 -m -w 5",
                        "-a -t 192.0.2.1:80 -r 10.0.0.12:80 -g -w 0",
                        "-a -t 192.0.2.1:80 -r 10.0.0.13:80 -i -w 1 --tun-type ipip",
                        "-a -t 192.0.2.1:80 -r 10.0.0.14:80 -i -w 2 --tun-type gue --tun-port 6080 --tun-csum",
                        "-a -t 192.0.2.1:80 -r 10.0.0.15:80 -i -w 3 --tun-type gre --tun-csum",
                        "-A -u [2001:db8::1]:53 -s sh -o -b sh-fallback,sh-port",
                        "-a -u [2001:db8::1]:53 -r [2001:db8::11]:53 -g -w 2147483647",
                        "-A -f 7 -6 -s mh -p 60 -M 64",
                        "-a -f 7 -6 -r [2001:db8::11]:0 -m -w 1");
        assertThat(Command.line("ipvsadm -Ln --thresholds")).containsPattern("10.0.0.11:8080 +100 +50 ");
        assertThat(heard.failed()).isEmpty();
    }

    @Test
    void whatAnEarlierRunLeftIsNotTouchedWhereItIsRight() throws Exception {
        Command.line("ipvsadm -A -t 192.0.2.1:80 -s wrr");
        Command.line("ipvsadm -a -t 192.0.2.1:80 -r 10.0.0.11:80 -m -w 1");
        Command.line("ipvsadm -a -t 192.0.2.1:80 -r 10.0.0.12:80 -m -w 9");
        Command.line("ipvsadm -a -t 192.0.2.1:80 -r 10.0.0.13:80 -m -w 9");
        Command.line("ipvsadm -A -u 192.0.2.1:53 -s rr");

        put(wanted(WEB, Scheduler.WRR, FIRST, SECOND));
        assertThat(saved())
                .containsExactlyInAnyOrder(
                        "-A -t 192.0.2.1:80 -s wrr",
                        "-a -t 192.0.2.1:80 -r 10.0.0.11:80 -m -w 1",
                        "-a -t 192.0.2.1:80 -r 10.0.0.12:80 -m -w 2",
                        "-A -u 192.0.2.1:53 -s rr");

        table.settle();
        Await.until("nobody asked for the other", () -> saved().size() == 3);
        assertThat(heard.repaired()).isEmpty();
        assertThat(heard.troubles()).isEmpty();
    }

    @Test
    void anEngineOfPersistenceThatSomebodyElseSetIsTakenAway() throws Exception {
        Command.line("ipvsadm -A -u 192.0.2.1:5060 -s rr -p 60 --pe sip");
        assertThat(saved().toString()).contains("sip");
        ServiceKey calls = udp("192.0.2.1", 5060);

        put(new Desired(service(calls, Scheduler.RR, new Persistence(60, 32)), List.of(), Leaving.KEEP));

        assertThat(saved()).containsExactly("-A -u 192.0.2.1:5060 -s rr -p 60");
    }

    @Test
    void servicesMayDifferInTheirProtocolAlone() throws Exception {
        ServiceKey datagrams = udp("192.0.2.1", 53);
        put(
                wanted(tcp("192.0.2.1", 53), Scheduler.RR, FIRST),
                wanted(datagrams, Scheduler.WRR, SECOND),
                wanted(new ServiceKey.Addressed(Transport.SCTP, address("192.0.2.1"), 53), Scheduler.LC, FIRST));
        assertThat(TwoHosts.procNet("ip_vs"))
                .contains("TCP  C0000201:0035 rr", "UDP  C0000201:0035 wrr", "SCTP  C0000201:0035 lc");

        table.remove(Set.of(datagrams));

        Await.until("one is gone", () -> !TwoHosts.procNet("ip_vs").contains("UDP "));
        assertThat(TwoHosts.procNet("ip_vs")).contains("TCP  C0000201:0035 rr", "SCTP  C0000201:0035 lc");
    }

    @Test
    void aSchedulerIsChangedWithoutMakingTheServiceAnew() throws Exception {
        put(wanted(WEB, Scheduler.RR, FIRST));
        Command.line("ipvsadm -a -t 192.0.2.1:80 -r 10.0.0.99:80 -m -w 9");

        put(new Desired(service(WEB, Scheduler.WLC, new Persistence(50, 32)), List.of(FIRST), Leaving.KEEP));

        // Had it been made anew, the one that somebody else added would be gone; nobody has looked yet.
        assertThat(saved())
                .containsExactlyInAnyOrder(
                        "-A -t 192.0.2.1:80 -s wlc -p 50",
                        "-a -t 192.0.2.1:80 -r 10.0.0.11:80 -m -w 1",
                        "-a -t 192.0.2.1:80 -r 10.0.0.99:80 -m -w 9");
    }

    @Test
    void allThatSomebodyElseChangesIsRepairedAndSaid() throws Exception {
        open(SOON_NANOS);
        put(wanted(WEB, Scheduler.RR, FIRST, SECOND));
        table.settle();
        List<String> right = saved();

        Command.line("ipvsadm -E -t 192.0.2.1:80 -s wlc");
        Command.line("ipvsadm -e -t 192.0.2.1:80 -r 10.0.0.11:80 -m -w 77");
        Command.line("ipvsadm -d -t 192.0.2.1:80 -r 10.0.0.12:80");
        Command.line("ipvsadm -a -t 192.0.2.1:80 -r 10.0.0.99:80 -m -w 9");
        Command.line("ipvsadm -A -t 192.0.2.9:80 -s rr");

        Await.until(
                "repairs are said: " + heard.repairs(),
                () ->
                        List.of("scheduler was wlc", "weight was 77", "12]:80 was missing", "99]:80 is not wanted")
                                .stream()
                                .allMatch(what -> heard.repairs().toString().contains(what)));
        Await.until("it is as it was", () -> Set.copyOf(saved()).equals(Set.copyOf(right)));
        Await.until("the other is said", () -> heard.troubles()
                .contains("[192.0.2.9]:tcp:80, which nobody here asked for, is removed"));
        assertThat(heard.repaired()).containsOnly(WEB);
    }

    @Test
    void theWholeTableComesBack() throws Exception {
        open(SOON_NANOS);
        put(wanted(WEB, Scheduler.RR, FIRST, SECOND));

        Command.line("ipvsadm -C");

        // A look in the middle of that finds the service without its servers.
        Await.until("it is said", () -> heard.repaired().contains(WEB));
        Await.until("it is as it was", () -> saved().size() == 3);
        assertThat(heard.repairs().get(0)).endsWith("[10.0.0.11]:80 was missing; [10.0.0.12]:80 was missing");
    }

    @Test
    void whatChangedBehindOurBackHindersNoOrder() throws Exception {
        put(wanted(WEB, Scheduler.RR, FIRST));
        Command.line("ipvsadm -C");

        put(wanted(WEB, Scheduler.RR, FIRST, SECOND));

        assertThat(saved()).hasSize(3);
        assertThat(heard.failed()).isEmpty();
    }

    @Test
    void aSchedulerThatTheKernelDoesNotHaveHoldsUpNobodyElse() throws Exception {
        ServiceKey other = tcp("192.0.2.2", 80);

        table.put(List.of(wanted(WEB, Scheduler.TWOS, FIRST), wanted(other, Scheduler.RR, FIRST)));

        heard.awaitApplied(other, 0);
        Await.until("it is said", () -> heard.failed()
                .equals(List.of("[192.0.2.1]:tcp:80: lvs.sched = twos: this kernel has no such scheduler, or its module"
                        + " cannot be loaded")));
        table.put(List.of(wanted(WEB, Scheduler.RR, FIRST)));
        Await.until("it is applied after all", () -> heard.applied(WEB) > 0);
        assertThat(saved()).hasSize(4);
    }

    @Test
    void timeoutsAndSysctlsAreWantedAsLongAsSomebodyWantsThem() throws Exception {
        String before = Command.line("ipvsadm -L --timeout");

        table.options(new Options(100, 0, 30, true, true, true));
        put(wanted(WEB, Scheduler.RR));
        assertThat(Command.line("ipvsadm -L --timeout")).contains("100 120 30");
        assertThat(sysctls()).containsExactly("1", "1", "1");

        table.options(new Options(0, 50, 30, false, true, false));
        put(wanted(WEB, Scheduler.WRR));
        assertThat(Command.line("ipvsadm -L --timeout")).contains("900 50 30");
        assertThat(sysctls()).containsExactly("0", "1", "0");

        table.options(Options.NONE);
        put(wanted(WEB, Scheduler.RR));
        assertThat(Command.line("ipvsadm -L --timeout")).isEqualTo(before);
        assertThat(sysctls()).containsExactly("0", "0", "0");
    }

    @Test
    void optionsAreRepaired() throws Exception {
        open(SOON_NANOS);
        table.options(new Options(100, 0, 0, true, false, false));
        put(wanted(WEB, Scheduler.RR));

        Command.line("ipvsadm --set 200 0 0");
        Files.writeString(Path.of("/proc/sys/net/ipv4/vs/expire_nodest_conn"), "0");

        Await.until("it is said: " + heard.troubles(), () -> heard.troubles()
                .containsAll(List.of(
                        "timeout tcp was 200 instead of 100", "net.ipv4.vs.expire_nodest_conn was 0 instead of 1")));
        assertThat(Command.line("ipvsadm -L --timeout")).contains("100 120 300");
        assertThat(sysctls()).containsExactly("1", "0", "0");
    }

    @Test
    void connectionsAreToldAndLearnedAsTheRouterSays() throws Exception {
        addDummy("d0", "10.9.0.1/24");
        SyncDaemon learning = new SyncDaemon(SyncDaemon.Role.BACKUP, "d0", 5, 0, null, 0, 0);
        SyncDaemon telling = new SyncDaemon(SyncDaemon.Role.MASTER, "d0", 5, 1000, address("224.0.0.82"), 8850, 3);

        table.synchronize(Set.of(learning));
        Await.until("it learns", () -> daemons()
                .equals(List.of("backup sync daemon (mcast=d0, syncid=5, maxlen=1472,"
                        + " group=224.0.0.81, port=8848, ttl=1)")));
        table.synchronize(Set.of(telling));
        Await.until("it tells", () -> daemons()
                .equals(List.of("master sync daemon (mcast=d0, syncid=5, maxlen=1000,"
                        + " group=224.0.0.82, port=8850, ttl=3)")));
        table.synchronize(Set.of());
        Await.until("nobody is left", () -> daemons().isEmpty());
        assertThat(heard.troubles()).isEmpty();
    }

    @Test
    void aSynchronizationWithoutItsInterfaceIsSaidAndTriedAgain() throws Exception {
        table.synchronize(Set.of(new SyncDaemon(SyncDaemon.Role.MASTER, "d1", 1, 0, null, 0, 0)));
        Await.until("it is said", () -> !heard.troubles().isEmpty());
        assertThat(heard.troubles().get(0)).startsWith("lvs.sync.daemon = d1: synchronization as master: ENODEV, ");

        // Still in vain: it must not be the only other attempt.
        Command.line("ip link add d1 type dummy");
        Await.until("it is said anew", () -> heard.troubles().size() == 2);
        assertThat(heard.troubles().get(1)).startsWith("lvs.sync.daemon = d1: synchronization as master: ENETUNREACH");
        Command.line("ip addr add 10.9.1.1/24 dev d1");
        Command.line("ip link set d1 up");

        Await.until("it tells", () -> daemons().size() == 1);
        assertThat(heard.troubles())
                .filteredOn(trouble -> trouble.contains("ENODEV"))
                .hasSize(1);
    }

    @Test
    void synchronizationAndServersOfTheOtherFamilyExcludeEachOther() throws Exception {
        Desired mixed = wanted(
                WEB, Scheduler.RR, server("2001:db8::11", 80, tunnel(Encapsulation.IPIP, 0, Checksum.NOCSUM), 1));
        addDummy("d2", "10.9.2.1/24");
        put(mixed);

        table.synchronize(Set.of(new SyncDaemon(SyncDaemon.Role.MASTER, "d2", 1, 0, null, 0, 0)));
        Await.until(
                "it is said: " + heard.troubles(),
                () -> heard.troubles().toString().contains("real servers of the other address family (EINVAL)"));
        assertThat(daemons()).isEmpty();

        table.remove(Set.of(WEB));
        Await.until("it tells", () -> daemons().size() == 1);
        table.put(List.of(mixed));
        Await.until(
                "it is said",
                () -> heard.failed()
                        .equals(
                                List.of(
                                        "[192.0.2.1]:tcp:80: real server [2001:db8::11]:80 is of the other address family, which"
                                                + " the kernel does not take as long as connections are synchronized (lvs.sync.daemon)")));
    }

    @Test
    void aServiceIsMadeAnewWhereThatIsOrdered() throws Exception {
        put(wanted(WEB, Scheduler.RR, FIRST));
        Command.line("ipvsadm -a -t 192.0.2.1:80 -r 10.0.0.99:80 -m -w 9");

        table.remove(Set.of(WEB));
        put(wanted(WEB, Scheduler.RR, FIRST));

        Await.until("the other's is gone", () -> saved().size() == 2);
    }

    @Test
    void aThousandWeightsArriveTogether() throws Exception {
        put(hundredServices(1));
        assertThat(saved()).hasSize(1_100);

        long start = System.nanoTime();
        put(hundredServices(5));
        long weights = System.nanoTime() - start;
        start = System.nanoTime();
        put(hundredServices(5));
        long nothing = System.nanoTime() - start;
        start = System.nanoTime();
        table.figures();
        long look = System.nanoTime() - start;

        assertThat(saved().stream().filter(line -> line.endsWith("-w 5"))).hasSize(1_000);
        System.out.printf(
                "1,000 weights: %d us, comparing 1,000: %d us, reading 1,000: %d us%n",
                weights / 1_000, nothing / 1_000, look / 1_000);
    }

    @Test
    void thereIsOneTableAtATimeAndAnotherAfterIt() throws Exception {
        IpvsDataplane dataplane = new IpvsDataplane(NEVER_NANOS);
        ServiceTable first = dataplane.open(heard);
        assertThatThrownBy(() -> dataplane.open(heard)).isInstanceOf(IllegalStateException.class);

        first.put(List.of(wanted(WEB, Scheduler.RR, FIRST)));
        first.close();

        assertThat(saved()).as("ordered before").hasSize(2);
        dataplane.open(heard).close();
    }

    @Test
    void nothingHindersItHere() {
        assertThat(new IpvsDataplane().limits()).isEmpty();
    }

    private void put(Desired... services) throws Exception {
        long[] before = Arrays.stream(services)
                .mapToLong(service -> heard.applied(service.service().key()))
                .toArray();
        table.put(List.of(services));
        for (int i = 0; i < services.length; i++) {
            heard.awaitApplied(services[i].service().key(), before[i]);
        }
    }

    private static Desired[] hundredServices(int weight) {
        return IntStream.range(0, 100)
                .mapToObj(service -> {
                    List<Destination> servers = new ArrayList<>();
                    for (int server = 1; server <= 10; server++) {
                        servers.add(server("10.1." + service + "." + server, weight));
                    }
                    return wanted(tcp("192.0.2.1", 1000 + service), Scheduler.WLC, servers.toArray(Destination[]::new));
                })
                .toArray(Desired[]::new);
    }

    private static void addDummy(String name, String address) {
        Command.line("ip link add " + name + " type dummy");
        Command.line("ip addr add " + address + " dev " + name);
        Command.line("ip link set " + name + " up");
    }

    private static List<String> saved() {
        return Command.line("ipvsadm -Sn").lines().map(String::strip).toList();
    }

    private static List<String> daemons() {
        return Command.line("ipvsadm -L --daemon").lines().map(String::strip).toList();
    }

    private static List<String> sysctls() throws IOException {
        List<String> values = new ArrayList<>();
        for (String name : List.of("expire_nodest_conn", "expire_quiescent_template", "conntrack")) {
            values.add(Files.readString(Path.of("/proc/sys/net/ipv4/vs", name)).strip());
        }
        return values;
    }
}
