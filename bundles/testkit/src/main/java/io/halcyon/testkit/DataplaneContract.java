package io.halcyon.testkit;

import static io.halcyon.testkit.ServerFarm.PORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Desired.Leaving;
import io.halcyon.spi.dataplane.Scheduler;
import io.halcyon.spi.dataplane.ServiceFigures;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.Transport;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What every data plane must do, with a client, three servers and real packets. A data plane's test extends it; {@link
 * DataplaneProbes} are what it says itself. Needs root and nft (which marks packets for the test of firewall marks).
 */
public abstract class DataplaneContract extends DataplaneSpreading {
    /** Changes a service behind the data plane's back, so that it does not work any more. */
    protected abstract void disturb(ServiceKey service);

    /** Names of {@link DataplaneProbes} that it refuses; it must take all others. */
    protected abstract Set<String> refused();

    /** Whether an open connection ends when its destination leaves with {@link Leaving#END}. */
    protected boolean endsConnections() {
        return true;
    }

    @Test
    void whatItCannotDoIsRefusedByTheNameOfTheKey() {
        var dataplane = dataplane();

        for (var probe : DataplaneProbes.all()) {
            var refusals = dataplane.refusals(probe.desired());
            if (refused().contains(probe.name())) {
                assertThat(refusals).as(probe.name()).isNotEmpty().allMatch(text -> text.startsWith(probe.name()));
            } else {
                assertThat(refusals).as(probe.name()).isEmpty();
            }
        }
        assertThat(refused())
                .isSubsetOf(DataplaneProbes.all().stream()
                        .map(DataplaneProbes.Probe::name)
                        .toList());
        assertThat(dataplane.limits()).as("limits on a host where tests run").isEmpty();
        assertThat(dataplane.name()).matches("[a-z][a-z0-9-]*");
    }

    @Test
    void aServerWithoutWeightKeepsConnectionsAndGetsNoNewOnes() throws Exception {
        put(service(tcp(1), Scheduler.WRR, null, 1, 0, 0));
        try (var conversation = farm.converse(ANY, ServerFarm.virtual(1), PORT_OF_SERVICE)) {
            put(service(tcp(1), Scheduler.WRR, null, 0, 1, 1));

            assertThat(farm.ask(6, Transport.TCP, ServerFarm.virtual(1), PORT_OF_SERVICE))
                    .doesNotContainKey("s1");
            assertThat(conversation.server()).isEqualTo("s1");
            assertThat(conversation.goesOn()).isTrue();
            put(service(tcp(1), Scheduler.WRR, null, 0, 0, 0));
            assertThat(conversation.goesOn()).as("when no other has weight").isTrue();
        }
    }

    @Test
    void aServerThatLeavesKeepsItsConnectionsOrEndsThem() throws Exception {
        put(service(tcp(1), Scheduler.RR, null, 1));
        try (var kept = farm.converse(ANY, ServerFarm.virtual(1), PORT_OF_SERVICE)) {
            put(new Desired(virtual(tcp(1), Scheduler.RR, null), without(1, 1, 1, 1), Leaving.KEEP));
            assertThat(farm.ask(6, Transport.TCP, ServerFarm.virtual(1), PORT_OF_SERVICE))
                    .isEqualTo(Map.of("s2", 3, "s3", 3));
            assertThat(kept.goesOn()).as("a connection of one that left").isTrue();
        }
        try (var ended = farm.converse(ANY, ServerFarm.virtual(1), PORT_OF_SERVICE)) {
            int left = Integer.parseInt(ended.server().substring(1));
            put(new Desired(virtual(tcp(1), Scheduler.RR, null), without(left, 1, 1, 1), Leaving.END));
            assertThat(ended.ends()).isEqualTo(endsConnections());
        }
    }

    @Test
    void oneServiceChangesAndAllOthersGoOn() throws Exception {
        put(service(tcp(1), Scheduler.RR, null, 1, 1, 1));
        put(service(tcp(2), Scheduler.WRR, null, 1, 1, 1));
        try (var conversation = farm.converse(ANY, ServerFarm.virtual(1), PORT_OF_SERVICE)) {
            awaitConnections(tcp(1), 1);
            for (int change = 1; change <= 50; change++) {
                put(service(tcp(2), Scheduler.WRR, null, change, 50 - change, 1));
                if (change % 10 == 0) {
                    assertThat(conversation.goesOn()).isTrue();
                }
            }

            assertThat(figures(tcp(1)).counters().connections()).isEqualTo(1);
            assertThat(figures(tcp(2)).destinations())
                    .extracting(ServiceFigures.OfDestination::weight)
                    .containsExactlyInAnyOrder(50, 0, 1);
            assertThat(heard.repaired()).isEmpty();
        }
    }

    @Test
    void theSameOrderAgainChangesNothing() throws Exception {
        var servers = new ArrayList<String>();
        for (int i = 0; i < 9; i++) {
            put(service(tcp(1), Scheduler.RR, null, 1, 1, 1));
            servers.add(farm.ask(Transport.TCP, ServerFarm.virtual(1), PORT_OF_SERVICE));
        }

        assertThat(Set.copyOf(servers.subList(0, 3)))
                .as("whose turn it is is not forgotten")
                .hasSize(3);
        assertThat(servers.subList(3, 6)).isEqualTo(servers.subList(0, 3));
        assertThat(servers.subList(6, 9)).isEqualTo(servers.subList(0, 3));
    }

    @Test
    void aServiceIsTakenAway() throws Exception {
        put(service(tcp(1), Scheduler.RR, null, 1, 1, 1), service(tcp(2), Scheduler.RR, null, 1, 1, 1));
        try (var conversation = farm.converse(ANY, ServerFarm.virtual(2), PORT_OF_SERVICE)) {
            table.remove(Set.of(tcp(1)));

            awaitGone(tcp(1));
            // The address is the director's own, where nobody listens.
            assertThatThrownBy(() -> farm.ask(Transport.TCP, ServerFarm.virtual(1), PORT_OF_SERVICE))
                    .isInstanceOf(ConnectException.class);
            assertThat(conversation.goesOn()).isTrue();
        }
    }

    @Test
    void aRestartAdoptsWhatIsThereAndSettlingRemovesTheRest() throws Exception {
        put(service(tcp(1), Scheduler.RR, null, 1, 1, 1), service(tcp(2), Scheduler.RR, null, 1, 1, 1));
        try (var conversation = farm.converse(ANY, ServerFarm.virtual(1), PORT_OF_SERVICE)) {
            farm.ask(4, Transport.TCP, ServerFarm.virtual(1), PORT_OF_SERVICE);
            table.close();
            assertThat(farm.ask(3, Transport.TCP, ServerFarm.virtual(1), PORT_OF_SERVICE))
                    .as("the kernel goes on")
                    .hasSize(3);

            open();
            assertThat(farm.ask(Transport.TCP, ServerFarm.virtual(2), PORT_OF_SERVICE))
                    .isNotEmpty();
            put(service(tcp(1), Scheduler.RR, null, 1, 1, 1));
            assertThat(farm.ask(Transport.TCP, ServerFarm.virtual(2), PORT_OF_SERVICE))
                    .as("not asked for yet, and not settled")
                    .isNotEmpty();
            table.settle();

            awaitRefused(ServerFarm.virtual(2));
            // It would begin at none if it had been made anew.
            awaitConnections(tcp(1), 8);
            assertThat(conversation.goesOn()).isTrue();
            assertThat(heard.repaired()).isEmpty();
        }
    }

    @Test
    void whatSomebodyElseChangesIsRepairedAndTold() throws Exception {
        put(service(tcp(1), Scheduler.RR, null, 1, 1, 1), service(tcp(2), Scheduler.RR, null, 1, 1, 1));
        try (var conversation = farm.converse(ANY, ServerFarm.virtual(1), PORT_OF_SERVICE)) {
            disturb(tcp(1));

            Await.until("the repair is told", () -> heard.repaired().contains(tcp(1)));
            assertThat(farm.ask(3, Transport.TCP, ServerFarm.virtual(1), PORT_OF_SERVICE))
                    .hasSize(3);
            assertThat(heard.repairs()).allSatisfy(what -> assertThat(what).isNotBlank());
            assertThat(conversation.goesOn()).isTrue();
        }
    }

    @Test
    void figuresCount() throws Exception {
        put(service(tcp(1), Scheduler.WRR, null, 1, 2));

        farm.ask(6, Transport.TCP, ServerFarm.virtual(1), PORT_OF_SERVICE);

        awaitConnections(tcp(1), 6);
        var figures = figures(tcp(1));
        assertThat(figures.destinations())
                .extracting(one -> one.address() + " " + one.port() + " " + one.weight() + " "
                        + one.counters().connections())
                .containsExactlyInAnyOrder(
                        ServerFarm.server(1) + " " + PORT + " 1 2", ServerFarm.server(2) + " " + PORT + " 2 4");
    }
}
