package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Isolated;

/** What people do to virtual servers while clients are served: drain, weigh, edit, restart, take away. */
@Tag("lab")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Isolated("its hosts want the processors that others measure on")
class LvsOperationTest {

    private static final String SERVICE = Farm.VIP + " 80";
    private static final String OTHER = Farm.SECOND_VIP + " 80";
    private static final Duration DOWNLOAD = Director.seconds(15);
    private static final Duration STEADY = Director.seconds(1);

    private static Farm farm;
    private static Director director;
    private static WebClient client;

    @BeforeAll
    static void start() {
        farm = Farm.create("lvs-operation");
        director = new Director(farm);
        client = new WebClient(farm.lab().client());
        director.write("web", SERVICE, Director.QUICK, "lvs.sched = rr");
        director.write("other", OTHER, Director.QUICK, "lvs.sched = rr");
        director.start("web", "other");
    }

    @AfterAll
    static void stop() {
        director.close();
        farm.close();
    }

    /** What was decided by hand is taken back; where nothing was, the commands say so. */
    @AfterEach
    void asConfigured() {
        if (director.node().alive()) {
            for (var server : Farm.SERVERS) {
                director.node().command("lvs:undrain", "web", server);
                director.node().command("lvs:weight", "web", server, "configured");
            }
        }
    }

    /** Keeps what a server has, and gives it nothing new. */
    @Test
    @Order(1)
    void aDrainedServerFinishesWhatItBegan() {
        try (var download = client.download(null, Farm.VIP, 80, "/large")) {
            var server = serverOf(download);
            director.node()
                    .command("lvs:drain", "web", server, "--reason", "new disks")
                    .orThrow();
            director.awaitApplied("web");
            var status = director.realServer("web", server);

            assertThat(asked(Farm.VIP, 6)).hasSize(2).doesNotContainKey(server);
            assertThat(status.get("state").asText()).isEqualTo("draining");
            assertThat(status.get("hold").get("reason").asText()).isEqualTo("new disks");
            assertThat(download.running()).isTrue();
            assertThat(download.awaitEnd(DOWNLOAD)).isEmpty();
            assertThat(download.received()).isEqualTo(Farm.LARGE);

            director.node().command("lvs:undrain", "web", server).orThrow();
            director.awaitApplied("web");
            assertThat(asked(Farm.VIP, 6)).containsEntry(server, 2L);
        }
    }

    @Test
    @Order(2)
    void theDeadlineOfADrainEndsWhatIsLeft() {
        try (var download = client.download(null, Farm.VIP, 80, "/large");
                var elsewhere = client.download(null, Farm.SECOND_VIP, 80, "/large")) {
            var server = serverOf(download);
            director.node()
                    .command("lvs:drain", "web", server, "--deadline", "1s")
                    .orThrow();
            long drained = Times.now();

            assertThat(download.awaitEnd(DOWNLOAD)).as("cut").isNotEmpty();
            System.out.printf(
                    "drain with a deadline of 1 s: cut after %.0f ms and %d bytes%n",
                    Times.millis(drained, Times.now()), download.received());
            // Who only reads hears nothing more, and gives up after three seconds.
            assertThat(Times.millis(drained, Times.now()))
                    .isBetween(500.0, (double) Director.seconds(7).toMillis());
            assertThat(download.received()).isLessThan(Farm.LARGE * 2 / 3);
            director.awaitState("web", server, "drained");
            assertThat(elsewhere.awaitEnd(DOWNLOAD))
                    .as("of another virtual server")
                    .isEmpty();
        }
    }

    @Test
    @Order(3)
    void aWeightOfZeroKeepsConnectionsToo() {
        try (var download = client.download(null, Farm.VIP, 80, "/large")) {
            var server = serverOf(download);
            director.node().command("lvs:weight", "web", server, "0").orThrow();
            director.awaitApplied("web");

            assertThat(asked(Farm.VIP, 6)).hasSize(2).doesNotContainKey(server);
            assertThat(download.awaitEnd(DOWNLOAD)).isEmpty();
        }
    }

    /** A change touches its object only: the neighbour's connections and turns go on. */
    @Test
    @Order(4)
    void anEditOfOneDoesNotDisturbTheOther() {
        try (var download = client.download(null, Farm.VIP, 80, "/large");
                var load = new WebLoad(farm.lab(), Farm.VIP, 80, 2, 3)) {
            director.write("other", OTHER, Director.QUICK, "lvs.sched = wrr", "real.server.h2.weight = 4");
            Await.until(
                    "the edit is applied",
                    Director.LIMIT,
                    () -> director.virtualServer("other")
                                    .get("scheduler")
                                    .asText()
                                    .equals("wrr")
                            && director.virtualServer("other")
                                    .get("state")
                                    .asText()
                                    .equals("applied"));
            assertThat(asked(Farm.SECOND_VIP, 12)).containsAllEntriesOf(Map.of("h2", 8L, "h3", 2L, "h4", 2L));

            Directories.write(director.file("other"), "virtual.server = nonsense\n");
            Await.until("the edit is refused", Director.LIMIT, () -> director.node()
                    .log()
                    .contains("nonsense"));
            assertThat(asked(Farm.SECOND_VIP, 12)).hasSize(3);
            director.write("other", OTHER, Director.QUICK, "lvs.sched = rr");
            assertThat(download.awaitEnd(DOWNLOAD)).isEmpty();
            assertThat(load.failedSince(0)).isEmpty();
            assertThat(load.since(0)).filteredOn(WebLoad.Request::kept).isNotEmpty();
        }
    }

    /** The kernel goes on without us, and what it has is adopted: a server that was out stays out. */
    @Test
    @Order(5)
    void aKilledDaemonIsMissedByNobody() {
        farm.nginx("h4").kill();
        director.awaitState("web", "h4", "out of service");
        try (var load = new WebLoad(farm.lab(), Farm.VIP, 80, 3, 3);
                var kept = client.open(null, Farm.VIP, 80);
                var download = client.download(null, Farm.VIP, 80, "/large")) {
            var host = kept.get("/").text();
            director.node().kill();
            Await.pass(STEADY, "the kernel is alone");
            long restarted = Times.now();
            director.start("web", "other");
            System.out.printf(
                    "kill -9 and start under load: %d requests, %d failed; applied after %.0f ms%n",
                    load.since(0).size(), load.failedSince(0).size(), Times.millis(restarted, Times.now()));
            Await.pass(STEADY, "it has looked at all servers again");

            assertThat(load.failedSince(0)).isEmpty();
            assertThat(Director.census(
                            load.since(0).stream().map(WebLoad.Request::host).toList()))
                    .containsOnlyKeys("h2", "h3");
            assertThat(kept.get("/").text()).isEqualTo(host);
            assertThat(download.awaitEnd(DOWNLOAD)).isEmpty();
        } catch (IOException e) {
            throw new LabException("the kept connection", e);
        } finally {
            farm.nginx("h4").start();
        }
        director.awaitState("web", "h4", "in service");
    }

    /** A file that goes takes its virtual server with it, and a stop that is told so takes everything. */
    @Test
    @Order(6)
    void whatIsNotWantedLeavesNothing() throws IOException {
        Files.delete(director.file("other"));
        Await.until("nobody serves at the other", Director.LIMIT, () -> {
            var list = director.node().command("lvs:list", "-o", "json").orThrow();
            return !list.contains("\"other\"");
        });
        assertThat(kernel()).contains(Farm.VIP).doesNotContain(Farm.SECOND_VIP);

        director.node().stop(Director.LIMIT);
        assertThat(kernel()).as("a stop leaves the kernel as it is").contains(Farm.VIP);
        assertThat(asked(Farm.VIP, 6)).hasSize(3);

        Directories.write(director.node().etc().resolve("io.halcyon.lvs.node.cfg"), "lvs.flush.on.stop = yes\n");
        director.start("web");
        director.node().stop(Director.LIMIT);
        assertThat(kernel().strip()).as("what is left").isEmpty();
    }

    private static String kernel() {
        return Director.DATAPLANE.equals("ipvs")
                ? farm.director().shell("ipvsadm -Sn")
                : farm.director().run("nft", "list", "ruleset");
    }

    /** Who sends it is who has the connection; the page itself does not tell. */
    private static String serverOf(Download download) {
        return Await.found("who sends", Director.LIMIT, () -> Farm.SERVERS.stream()
                .filter(server -> farm.lab()
                        .host(server)
                        .run("ss", "-Htn", "state", "established", "sport", "=", ":" + Farm.PORT)
                        .contains(":" + download.port()))
                .findFirst());
    }

    private static Map<String, Long> asked(String address, int times) {
        return Director.census(IntStream.range(0, times)
                .mapToObj(i -> client.get(null, address, 80, "/").text())
                .toList());
    }
}
