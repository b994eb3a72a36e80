package io.halcyon.testkit;

import static io.halcyon.testkit.ServerFarm.OTHER_PORT;
import static io.halcyon.testkit.ServerFarm.PORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Desired.Leaving;
import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.Options;
import io.halcyon.spi.dataplane.Persistence;
import io.halcyon.spi.dataplane.Scheduler;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.Transport;
import java.net.ConnectException;
import java.net.PortUnreachableException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which server gets a connection. */
abstract class DataplaneSpreading extends DataplaneFixture {
    private static final int PERSISTENCE_SECONDS = 3;

    @Test
    void roundRobinGivesEveryServerTheSame() throws Exception {
        put(service(tcp(1), Scheduler.RR, null, 1, 1, 1));

        assertThat(farm.ask(30, Transport.TCP, ServerFarm.virtual(1), PORT_OF_SERVICE))
                .isEqualTo(Map.of("s1", 10, "s2", 10, "s3", 10));
        assertThat(heard.troubles()).isEmpty();
    }

    @Test
    void weightsAreShares() throws Exception {
        put(service(tcp(1), Scheduler.WRR, null, 2, 4, 6));

        var counts = farm.ask(36, Transport.TCP, ServerFarm.virtual(1), PORT_OF_SERVICE);

        assertThat(counts.get("s1")).isBetween(5, 7);
        assertThat(counts.get("s2")).isBetween(11, 13);
        assertThat(counts.get("s3")).isBetween(17, 19);
    }

    @Test
    void aHashOfTheSourceKeepsClients() throws Exception {
        put(service(tcp(1), Scheduler.SH, null, 1, 1, 1));

        var first = byClient(24);

        assertThat(byClient(24)).isEqualTo(first);
        assertThat(first.values()).contains("s1", "s2", "s3");
    }

    @Test
    void theMaglevHashMovesFewClientsWhenAServerLeaves() throws Exception {
        put(service(tcp(1), Scheduler.MH, null, 1, 1, 1));
        var before = byClient(40);
        assertThat(byClient(40)).isEqualTo(before);
        assertThat(before.values()).contains("s1", "s2", "s3");

        put(service(tcp(1), Scheduler.MH, null, 1, 1));

        var after = byClient(40);
        assertThat(after.values()).doesNotContain("s3");
        long movedWithoutNeed = before.entrySet().stream()
                .filter(entry -> !entry.getValue().equals("s3"))
                .filter(entry -> !entry.getValue().equals(after.get(entry.getKey())))
                .count();
        assertThat(movedWithoutNeed).as(before + " -> " + after).isLessThanOrEqualTo(6);
    }

    @Test
    void aPersistentClientStaysUntilItsTimeIsOver() throws Exception {
        table.options(new Options(0, 0, 1, false, false, false));
        put(service(udp(1), Scheduler.RR, new Persistence(PERSISTENCE_SECONDS, 24), 1, 1, 1));

        var first = farm.ask(Transport.UDP, ServerFarm.clientAddress(1), ServerFarm.virtual(1), PORT_OF_SERVICE);
        var same = new TreeMap<String, Integer>();
        for (int number = 1; number <= 6; number++) {
            same.merge(
                    farm.ask(Transport.UDP, ServerFarm.clientAddress(number), ServerFarm.virtual(1), PORT_OF_SERVICE),
                    1,
                    Integer::sum);
        }
        // Asking would make it stay longer.
        TimeUnit.SECONDS.sleep(PERSISTENCE_SECONDS + 2);
        var later = farm.ask(Transport.UDP, ServerFarm.clientAddress(1), ServerFarm.virtual(1), PORT_OF_SERVICE);

        assertThat(same).as("one client by its /24").isEqualTo(Map.of(first, 6));
        assertThat(later).as("round robin goes on").isNotEqualTo(first);
    }

    @Test
    void aPersistentClientIsTheSameAtEveryPort() throws Exception {
        var all = new ServiceKey.Addressed(Transport.TCP, ServerFarm.virtual(1), 0);
        put(new Desired(virtual(all, Scheduler.RR, new Persistence(60, 32)), destinations(0, 1, 1, 1), Leaving.KEEP));

        var first = farm.ask(Transport.TCP, ServerFarm.virtual(1), PORT);

        assertThat(farm.ask(Transport.TCP, ServerFarm.virtual(1), OTHER_PORT)).isEqualTo(first);
        assertThat(farm.ask(Transport.TCP, ServerFarm.clientAddress(1), ServerFarm.virtual(1), PORT))
                .as("another client")
                .isNotEqualTo(first);
    }

    @Test
    void datagramsAreSpread() throws Exception {
        put(service(udp(1), Scheduler.RR, null, 1, 1, 1));

        assertThat(farm.ask(9, Transport.UDP, ServerFarm.virtual(1), PORT_OF_SERVICE))
                .isEqualTo(Map.of("s1", 3, "s2", 3, "s3", 3));
    }

    @Test
    void ipv6IsSpread() throws Exception {
        var key = new ServiceKey.Addressed(Transport.TCP, ServerFarm.virtual6(), PORT_OF_SERVICE);
        var destinations = List.of(
                new Destination(ServerFarm.server6(1), PORT, forwarding(), 1, 0, 0),
                new Destination(ServerFarm.server6(2), PORT, forwarding(), 1, 0, 0));
        put(new Desired(virtual(key, Scheduler.RR, new Persistence(60, 64)), destinations, Leaving.KEEP));

        var first = farm.ask(Transport.TCP, ServerFarm.virtual6(), PORT_OF_SERVICE);

        assertThat(farm.ask(3, Transport.TCP, ServerFarm.virtual6(), PORT_OF_SERVICE))
                .isEqualTo(Map.of(first, 3));
        put(new Desired(virtual(key, Scheduler.RR, null), destinations, Leaving.KEEP));
        assertThat(farm.ask(6, Transport.TCP, ServerFarm.virtual6(), PORT_OF_SERVICE))
                .isEqualTo(Map.of("s1", 3, "s2", 3));
    }

    @Test
    void markedPacketsAreSpreadWhateverTheirPort() throws Exception {
        Command.fed(
                """
                add table ip marking
                add chain ip marking early { type filter hook prerouting priority -150; }
                add rule ip marking early ip daddr 192.0.2.1 tcp dport { 8080, 8081 } meta mark set 7
                """,
                "nft",
                "-f",
                "-");
        var key = new ServiceKey.Marked(7, false);
        put(new Desired(virtual(key, Scheduler.RR, null), destinations(0, 1, 1, 1), Leaving.KEEP));

        assertThat(farm.ask(6, Transport.TCP, ServerFarm.virtual(1), PORT))
                .isEqualTo(Map.of("s1", 2, "s2", 2, "s3", 2));
        assertThat(farm.ask(3, Transport.TCP, ServerFarm.virtual(1), OTHER_PORT))
                .hasSize(3);
        awaitConnections(key, 9);
    }

    @Test
    void whereNoServerIsConnectionsAreRefusedAtOnceAndTheDirectorDoesNotServe() throws Exception {
        put(service(tcp(1), Scheduler.RR, null), service(udp(1), Scheduler.RR, null, 0, 0));
        try (var ofTheDirector = new NamedServer("director", PORT_OF_SERVICE)) {
            assertThat(farm.ask(Transport.TCP, ServerFarm.virtual(2), PORT_OF_SERVICE))
                    .as("at an address of its own")
                    .isEqualTo(ofTheDirector.name());
            long start = System.nanoTime();

            assertThatThrownBy(() -> farm.ask(Transport.TCP, ServerFarm.virtual(1), PORT_OF_SERVICE))
                    .isInstanceOf(ConnectException.class);
            assertThatThrownBy(() -> farm.ask(Transport.UDP, ServerFarm.virtual(1), PORT_OF_SERVICE))
                    .isInstanceOf(PortUnreachableException.class);

            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(8_000);
            put(service(tcp(1), Scheduler.RR, null, 1));
            assertThat(farm.ask(Transport.TCP, ServerFarm.virtual(1), PORT_OF_SERVICE))
                    .isEqualTo("s1");
        }
    }
}
