package io.halcyon.lvs.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.linux.netlink.Nftables;
import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Desired.Leaving;
import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.Forwarding;
import io.halcyon.spi.dataplane.Options;
import io.halcyon.spi.dataplane.Persistence;
import io.halcyon.spi.dataplane.Scheduler;
import io.halcyon.spi.dataplane.SchedulerFlag;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.ServiceTable;
import io.halcyon.spi.dataplane.Transport;
import io.halcyon.spi.dataplane.VirtualService;
import io.halcyon.testkit.Await;
import io.halcyon.testkit.Command;
import io.halcyon.testkit.DataplaneRecorder;
import io.halcyon.testkit.InNetworkNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the table looks like in the kernel; what becomes of packets is the contract's business. */
@InNetworkNamespace
@Timeout(60)
@SuppressWarnings("NullAway.Init") // JUnit calls setUp first.
class NftablesTableTest {

    private static final int SERVICES = 100;
    private static final int SERVERS = 10;

    private final DataplaneRecorder heard = new DataplaneRecorder();
    private ServiceTable table;
    private Nftables kernel;

    @BeforeEach
    void setUp() throws IOException {
        table = new NftablesDataplane().open(heard);
        kernel = Nftables.open(Names.TABLE);
    }

    @AfterEach
    void tearDown() {
        table.close();
        kernel.close();
    }

    @Test
    void withoutServicesNothingIsInAnyPacketsWay() throws Exception {
        put(service(1, Scheduler.RR, 1));
        assertThat(kernel.chains()).contains("choose", "from-clients", "from-here", "to-servers");

        table.remove(Set.of(key(1)));

        Await.until("all chains are gone", () -> kernel.chains().isEmpty());
        assertThat(kernel.counters()).isEmpty();
    }

    @Test
    void openingAndSettlingAloneMakeNoTable() throws Exception {
        table.settle();
        assertThat(table.figures()).isEmpty();

        assertThat(Command.line("nft list tables")).isEmpty();
    }

    @Test
    void aThousandWeightsChangeInOneTransactionThatTouchesNothingElse() throws Exception {
        put(services(1));
        long before = kernel.generation();
        var untouched = handles("choose", "d-", "from-", "to-");
        assertThat(untouched).hasSizeGreaterThan(SERVICES * SERVERS);

        put(services(2));

        assertThat(kernel.generation()).isEqualTo(before + 1);
        assertThat(handles("choose", "d-", "from-", "to-")).isEqualTo(untouched);
        put(services(2));
        assertThat(kernel.generation()).as("nothing differs").isEqualTo(before + 1);
        assertThat(heard.troubles()).isEmpty();
    }

    @Test
    void whatAnEarlierRunMadeIsNotTouchedIfItIsRight() throws Exception {
        put(services(1));
        table.close();
        long before = kernel.generation();

        table = new NftablesDataplane().open(heard);
        put(services(1));
        table.settle();
        assertThat(table.figures()).hasSize(SERVICES);

        assertThat(kernel.generation()).isEqualTo(before);
    }

    @Test
    void whatWaitsBecomesOneTransaction() throws Exception {
        long before = kernel.generation();
        for (int number = 1; number <= SERVICES; number++) {
            table.put(List.of(service(number, Scheduler.RR, 1)));
        }
        heard.awaitApplied(key(SERVICES), 0);

        assertThat(kernel.generation() - before).isBetween(1L, 20L);
        assertThat(table.figures()).hasSize(SERVICES);
    }

    @Test
    void aTableThatSomebodyDeletesIsMadeAgainAndTold() throws Exception {
        put(service(1, Scheduler.RR, 1, 1), service(2, Scheduler.WRR, 1, 2));
        var before = kernel.rules();

        Command.line("nft delete table inet halcyon-lvs");

        Await.until("both are told", () -> heard.repaired().containsAll(List.of(key(1), key(2))));
        assertThat(kernel.rules()).containsExactlyInAnyOrderElementsOf(before);
        Await.until("so is who did it", () -> !heard.troubles().isEmpty());
        assertThat(heard.troubles())
                .singleElement()
                .asString()
                .startsWith("somebody had changed table inet halcyon-lvs");
        assertThat(heard.repairs()).allMatch(what -> what.contains(" was gone"));
    }

    @Test
    void aRuleMoreOrAnotherOneIsForeignToo() throws Exception {
        put(service(1, Scheduler.RR, 1, 1));

        Command.line("nft insert rule inet halcyon-lvs " + Names.chooser(key(1)) + " drop");

        Await.until("it is told", () -> heard.repaired().contains(key(1)));
        assertThat(kernel.rules().stream().filter(rule -> rule.chain().equals(Names.chooser(key(1)))))
                .hasSize(1);
        assertThat(heard.repairs()).containsExactly("chain " + Names.chooser(key(1)) + " had other rules");
    }

    @Test
    void whatOthersDoInTheirTablesIsNobodysBusinessAndSoIsAChainOfAnotherName() throws Exception {
        put(service(1, Scheduler.RR, 1, 1));
        Command.line("nft add table inet theirs");
        Command.line("nft add chain inet halcyon-lvs theirs");
        long applied = heard.applied(key(1));

        put(service(1, Scheduler.RR, 1, 2));
        put(service(1, Scheduler.WRR, 1, 2));

        assertThat(heard.applied(key(1))).isEqualTo(applied + 2);
        assertThat(heard.repaired()).isEmpty();
        assertThat(heard.troubles()).isEmpty();
        assertThat(kernel.chains()).contains("theirs");
    }

    @Test
    void aServiceThatTheKernelDoesNotTakeKeepsNoOtherFromWorking() throws Exception {
        var impossible = new ServiceKey.Marked(-1, false);
        table.put(List.of(
                service(1, Scheduler.RR, 1, 1),
                new Desired(virtual(impossible, Scheduler.RR, null), List.of(server(1, 1)), Leaving.KEEP),
                service(2, Scheduler.RR, 1, 1)));

        Await.until("both others are applied", () -> heard.applied(key(1)) > 0 && heard.applied(key(2)) > 0);
        assertThat(heard.applied(impossible)).isZero();
        assertThat(heard.failed()).singleElement().asString().startsWith("FWM -1: nft: Error: ");
        assertThat(kernel.chains()).contains(Names.chooser(key(1)), Names.chooser(key(2)));
        table.remove(Set.of(impossible));
        put(service(1, Scheduler.RR, 1, 2));
        assertThat(heard.failed()).as("told once").hasSize(1);
    }

    @Test
    void aServiceThatCannotBeDoneFailsByNameAndKeepsNoOtherFromWorking() throws Exception {
        table.put(List.of(service(1, Scheduler.WLC, 1, 1), service(2, Scheduler.RR, 1, 1)));

        Await.until("the other one is applied", () -> heard.applied(key(2)) > 0);
        assertThat(heard.failed()).singleElement().asString().startsWith(key(1) + ": lvs.sched = wlc: ");
        assertThat(table.figures()).hasSize(1);
        table.put(List.of(service(1, Scheduler.WRR, 1, 1)));
        Await.until("it is applied", () -> heard.applied(key(1)) > 0);
        assertThat(table.figures()).hasSize(2);
    }

    @Test
    void whatCannotBeTakenAwayNowIsTakenAwayLater() throws Exception {
        put(service(1, Scheduler.RR, 1), service(2, Scheduler.RR, 1));
        Command.line("nft add chain inet halcyon-lvs theirs");
        Command.line("nft add rule inet halcyon-lvs theirs goto " + Names.chooser(key(1)));

        table.remove(Set.of(key(1)));

        Await.until(
                "it is told",
                () -> !heard.failed().isEmpty() || !heard.troubles().isEmpty());
        assertThat(kernel.chains()).contains(Names.chooser(key(1)));
        Command.line("nft flush chain inet halcyon-lvs theirs");
        Await.until("it is gone", () -> !kernel.chains().contains(Names.chooser(key(1))));
        assertThat(kernel.chains()).contains(Names.chooser(key(2)), "theirs");
    }

    @Test
    void everySchedulerFlagProtocolAndFamilyIsTakenByTheKernel() throws Exception {
        var all = new ArrayList<Desired>();
        int port = 1000;
        for (var scheduler : Choice.SCHEDULERS) {
            for (var flags : List.of(Set.<SchedulerFlag>of(), Set.of(SchedulerFlag.FLAG_1, SchedulerFlag.FLAG_2))) {
                for (var transport : Transport.values()) {
                    for (var address : List.of("192.0.2.1", "2001:db8::1")) {
                        var key = new ServiceKey.Addressed(transport, InetAddress.getByName(address), port++);
                        all.add(of(key, scheduler, flags));
                    }
                }
            }
            all.add(of(new ServiceKey.Marked(port++, false), scheduler, Set.of(SchedulerFlag.FLAG_2)));
            all.add(of(new ServiceKey.Marked(port++, true), scheduler, Set.of()));
        }

        put(all.toArray(Desired[]::new));

        assertThat(heard.failed()).isEmpty();
        assertThat(table.figures()).hasSize(all.size());
    }

    @Test
    void quiescentServersKeepTheirClientsUnlessThatIsNotWanted() throws Exception {
        var service = new Desired(
                virtual(key(1), Scheduler.RR, new Persistence(60, 32)),
                List.of(server(1, 1), server(2, 0)),
                Leaving.KEEP);
        put(service);
        assertThat(Command.line("nft list chain inet halcyon-lvs " + Names.chooser(key(1))))
                .contains("@" + Names.clients(key(1), server(2, 0)));

        long before = heard.applied(key(1));
        table.options(new Options(0, 0, 0, false, true, false));
        heard.awaitApplied(key(1), before);

        assertThat(Command.line("nft list chain inet halcyon-lvs " + Names.chooser(key(1))))
                .contains("@" + Names.clients(key(1), server(1, 1)))
                .doesNotContain("@" + Names.clients(key(1), server(2, 0)));
    }

    @Test
    void clientsOfAServerThatLeavesAreForgottenAndThoseOfOthersAreNot() throws Exception {
        var service = virtual(key(1), Scheduler.RR, new Persistence(60, 32));
        put(new Desired(service, List.of(server(1, 1), server(2, 1)), Leaving.KEEP));
        var stays = Names.clients(key(1), server(1, 1));
        assertThat(kernel.sets()).containsExactlyInAnyOrder(stays, Names.clients(key(1), server(2, 1)));
        Command.line("nft add element inet halcyon-lvs " + stays + " { 10.9.9.9 timeout 60s }");

        put(new Desired(service, List.of(server(1, 1), server(3, 1)), Leaving.KEEP));

        assertThat(kernel.sets()).containsExactlyInAnyOrder(stays, Names.clients(key(1), server(3, 1)));
        assertThat(Command.line("nft list set inet halcyon-lvs " + stays)).contains("10.9.9.9");
        put(new Desired(virtual(key(1), Scheduler.RR, null), List.of(server(1, 1)), Leaving.KEEP));
        assertThat(kernel.sets()).isEmpty();
        assertThat(heard.repaired()).isEmpty();
    }

    @Test
    void whatIsTakenAwayAndPutAgainIsMadeAnewAlsoIfBothWait() throws Exception {
        put(service(1, Scheduler.RR, 1, 1), service(2, Scheduler.RR, 1, 1));
        var before = handles("s-", "d-");
        table.put(List.of(services(1)));

        table.remove(Set.of(key(1)));
        // The one that is new tells when this order is carried out: the first one belongs to the order before, too.
        put(service(1, Scheduler.RR, 1, 1), service(SERVICES + 1, Scheduler.RR, 1));

        var after = handles("s-", "d-");
        assertThat(after.stream().filter(handle -> handle.contains("-192.0.2.1-")))
                .hasSizeGreaterThan(3)
                .noneMatch(before::contains);
    }

    private Set<String> handles(String... prefixes) {
        var found = Command.line("nft -a list table inet halcyon-lvs")
                .lines()
                .map(String::strip)
                .collect(Collectors.toList());
        var handles = new TreeSet<String>();
        var chain = "";
        for (var line : found) {
            if (line.startsWith("chain ")) {
                chain = line.split(" ", 3)[1];
            }
            var name = chain;
            if (line.contains("# handle") && List.of(prefixes).stream().anyMatch(name::startsWith)) {
                handles.add(name + line.substring(line.indexOf("# handle")));
            }
        }
        return handles;
    }

    private void put(Desired... services) throws Exception {
        var last = services[services.length - 1].service().key();
        long before = heard.applied(last);
        table.put(List.of(services));
        heard.awaitApplied(last, before);
    }

    private static Desired[] services(int round) {
        var all = new Desired[SERVICES];
        for (int number = 1; number <= SERVICES; number++) {
            var weights = new int[SERVERS];
            for (int i = 0; i < SERVERS; i++) {
                weights[i] = 1 + (number + i * round) % 9;
            }
            all[number - 1] = service(number, Scheduler.WRR, weights);
        }
        return all;
    }

    private static Desired service(int number, Scheduler scheduler, int... weights) {
        var destinations = new ArrayList<Destination>();
        for (int i = 0; i < weights.length; i++) {
            destinations.add(server(i + 1, weights[i]));
        }
        return new Desired(virtual(key(number), scheduler, null), destinations, Leaving.KEEP);
    }

    private static Desired of(ServiceKey key, Scheduler scheduler, Set<SchedulerFlag> flags) throws IOException {
        var persistence = key.ipv6() ? new Persistence(60, 61) : new Persistence(60, 20);
        var server = InetAddress.getByName(key.ipv6() ? "fd00::1" : "10.1.0.1");
        var other = InetAddress.getByName(key.ipv6() ? "fd00::2" : "10.1.0.2");
        return new Desired(
                new VirtualService(key, scheduler, flags, persistence, false),
                List.of(
                        new Destination(server, 80, new Forwarding.Nat(true), 1, 0, 0),
                        new Destination(other, 0, new Forwarding.Nat(false), 3, 0, 0)),
                Leaving.KEEP);
    }

    private static VirtualService virtual(ServiceKey key, Scheduler scheduler, @Nullable Persistence persistence) {
        return new VirtualService(key, scheduler, Set.of(), persistence, false);
    }

    private static Destination server(int number, int weight) {
        return new Destination(address("10.1.0." + number), 8080, new Forwarding.Nat(false), weight, 0, 0);
    }

    private static ServiceKey key(int number) {
        return new ServiceKey.Addressed(Transport.TCP, address("192.0.2." + number), 80);
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (IOException noLiteral) {
            throw new IllegalArgumentException(noLiteral);
        }
    }
}
