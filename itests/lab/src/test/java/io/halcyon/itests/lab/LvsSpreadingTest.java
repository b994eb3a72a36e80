package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What the kernel makes of schedulers, weights and persistence, counted at real servers with nginx. */
@Tag("lab")
@Isolated("its hosts want the processors that others measure on")
class LvsSpreadingTest {

    private static final String UP = "delay.loop = 1\ncheck.health.type = http\ncheck.health.url = /health";
    private static final String WEIGHTS =
            "real.server.h2.weight = 1\nreal.server.h3.weight = 2\nreal.server.h4.weight = 3";

    /** So many clients make a distribution. */
    private static final int CLIENTS = 400;

    private static final int RR = 8001;
    private static final int WRR = 8002;
    private static final int SH = 8003;
    private static final int MH = 8004;
    private static final int STAYING = 8005;

    /**
     * IPVS keeps a client as long as the kernel knows a connection of its, and one that was reset for another ten seconds
     * (ip_vs_proto_tcp.c).
     */
    private static final Duration LEFT_AFTER = Director.seconds(Director.DATAPLANE.equals("ipvs") ? 13 : 3);

    private static Farm farm;
    private static Director director;
    private static WebClient client;

    @BeforeAll
    static void start() {
        farm = Farm.create("lvs-spreading");
        director = new Director(farm);
        client = new WebClient(farm.lab().client());
        director.write("rr", Farm.VIP + " " + RR, UP, "lvs.sched = rr");
        director.write("wrr", Farm.VIP + " " + WRR, UP, WEIGHTS, "lvs.sched = wrr");
        director.write("sh", Farm.VIP + " " + SH, UP, "lvs.sched = sh");
        director.write("mh", Farm.VIP + " " + MH, UP, "lvs.sched = mh");
        director.write("staying", Farm.VIP + " " + STAYING, UP, "lvs.sched = rr", "persistence.timeout = 2");
        director.writeAlone(
                "six",
                Farm.VIP6 + " 80",
                UP,
                "lvs.sched = rr",
                "real.server.h2 = " + Farm.address6("h2") + " " + Farm.PORT,
                "real.server.h3 = " + Farm.address6("h3") + " " + Farm.PORT);
        director.start("rr", "wrr", "sh", "mh", "staying", "six");
    }

    @AfterAll
    static void stop() {
        director.close();
        farm.close();
    }

    @Test
    void roundRobinTakesTurns() {
        assertThat(counts(asked(30, RR))).containsExactly(10, 10, 10);
        assertThat(asked(6, RR)).containsExactlyElementsOf(doubled(asked(3, RR)));
    }

    @Test
    void weightedRoundRobinGivesEachItsShare() {
        assertThat(counts(asked(60, WRR))).containsExactly(10, 20, 30);
    }

    @Test
    void roundRobinTakesTurnsOverIpv6() {
        var hosts = IntStream.range(0, 10)
                .mapToObj(i -> client.get(null, Farm.VIP6, 80, "/").text())
                .toList();

        assertThat(counts(hosts)).containsExactly(5, 5, 0);
    }

    @Test
    void hashesOfTheSourceSpreadClientsAndKeepThem() {
        for (int port : List.of(SH, MH)) {
            var first = servers(port);
            var second = servers(port);
            double statistic = ChiSquare.of(counts(first.values()), 1, 1, 1);
            System.out.printf(
                    "%s: %d clients at %s, chi-square %.2f%n",
                    port == SH ? "sh" : "mh",
                    CLIENTS,
                    List.copyOf(Director.census(first.values()).entrySet()),
                    statistic);

            assertThat(second).isEqualTo(first);
            assertThat(statistic).isLessThan(ChiSquare.CRITICAL_OF_THREE);
        }
    }

    @Test
    void maglevMovesFewClientsWhenAServerGoes() {
        var before = servers(MH);
        director.node().command("lvs:weight", "mh", "h2", "0").orThrow();
        director.awaitApplied("mh");
        var without = servers(MH);
        director.node().command("lvs:weight", "mh", "h2", "configured").orThrow();
        director.awaitApplied("mh");
        var after = servers(MH);
        long moved = before.entrySet().stream()
                .filter(entry -> !entry.getValue().equals("h2"))
                .filter(entry -> !entry.getValue().equals(without.get(entry.getKey())))
                .count();
        System.out.printf("mh: without h2, %d of %d clients of others moved%n", moved, CLIENTS * 2 / 3);

        assertThat(without).doesNotContainValue("h2");
        assertThat(moved).isLessThan(CLIENTS / 8);
        assertThat(after).isEqualTo(before);
    }

    @Test
    void persistentClientsStayUntilTheirTimeIsOver() {
        var clients =
                IntStream.rangeClosed(1, 6).mapToObj(i -> "10.77.100." + i).toList();
        var first = clients.stream().map(LvsSpreadingTest::serverOf).toList();
        for (int round = 0; round < 3; round++) {
            assertThat(clients.stream().map(LvsSpreadingTest::serverOf)).containsExactlyElementsOf(first);
        }
        assertThat(counts(first)).containsExactly(2, 2, 2);

        Await.pass(LEFT_AFTER, "nobody asks for as long as clients stay");
        // One more turn, so that everybody's next server is another one.
        serverOf("10.77.100.99");
        var second = clients.stream().map(LvsSpreadingTest::serverOf).toList();

        IntStream.range(0, clients.size())
                .forEach(i -> assertThat(second.get(i)).as(clients.get(i)).isNotEqualTo(first.get(i)));
    }

    /** Its connection ends with a reset, after which no kernel waits for late packets. */
    private static String serverOf(String address) {
        try (var connection = client.open(address, Farm.VIP, STAYING)) {
            var host = connection.get("/").text();
            connection.abort();
            return host;
        } catch (IOException e) {
            throw new LabException("no answer to " + address, e);
        }
    }

    private static List<String> asked(int times, int port) {
        return IntStream.range(0, times)
                .mapToObj(i -> client.get(null, Farm.VIP, port, "/").text())
                .toList();
    }

    /** Who serves each of many clients. */
    private static Map<String, String> servers(int port) {
        var servers = new LinkedHashMap<String, String>();
        for (int i = 0; i < CLIENTS; i++) {
            var address = "10.77." + i / 200 + "." + (1 + i % 200);
            servers.put(address, client.get(address, Farm.VIP, port, "/").text());
        }
        return servers;
    }

    private static long[] counts(Collection<String> hosts) {
        return Farm.SERVERS.stream()
                .mapToLong(server -> hosts.stream().filter(server::equals).count())
                .toArray();
    }

    private static List<String> doubled(List<String> turn) {
        return Stream.concat(turn.stream(), turn.stream()).toList();
    }
}
