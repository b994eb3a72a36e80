package io.halcyon.lvs.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.event.Event;
import io.halcyon.spi.dataplane.Counters;
import io.halcyon.spi.dataplane.ServiceFigures;
import io.halcyon.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a person does and sees. */
@Timeout(60)
class CommandsTest {

    private static final String WEB1 = "[192.0.2.11]:80";
    private static final String WEB2 = "[192.0.2.12]:80";
    private static final Map<String, Integer> BOTH = Map.of(WEB1, 1, WEB2, 1);

    @TempDir
    Path data;

    private Node node;

    @BeforeEach
    void start() throws Exception {
        node = Node.start(data, new MemoryDataplane.Kernel());
        node.configureTwo();
        node.awaitWeights(BOTH);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void aWeightIsGivenAndTakenBack() throws Exception {
        node.engine.weight("web", "web1", 7);
        node.awaitWeights(Map.of(WEB1, 7, WEB2, 1));
        assertThat(node.real("web1").hold().weight()).isEqualTo(7);
        assertThat(data.resolve("overrides/lvs-web.cfg")).exists();

        node.engine.weight("web", "web1", -1);

        node.awaitWeights(BOTH);
        assertThat(node.real("web1").hold()).isNull();
    }

    @Test
    void aDrainEndsItsConnectionsAtItsDeadlineAndReturnsInTime() throws Exception {
        node.engine.drain("web", "web1", Duration.ofSeconds(1), Duration.ofSeconds(2), "  new\ndisk ");

        node.awaitWeights(Map.of(WEB1, 0, WEB2, 1));
        assertThat(node.real("web1").hold().reason()).isEqualTo("new disk");
        node.awaitWeights(Map.of(WEB2, 1));
        node.awaitWeights(BOTH);
        Await.until("it is forgotten", () -> !Files.exists(data.resolve("overrides/lvs-web.cfg")));
        assertThat(node.events)
                .filteredOn(Event.Maintenance.class::isInstance)
                .map(Event::object)
                .containsOnly("web/web1");
    }

    @Test
    void whatMakesNoSenseIsSaidAndChangesNothing() {
        assertRefused(() -> node.engine.weight("wbe", "web1", 1), "there is no virtual server wbe; there is web");
        assertRefused(() -> node.engine.weight("web", "web3", 1), "web has no real server web3; it has web1, web2");
        assertRefused(
                () -> node.engine.weight("web", "web1", -2),
                "weight = -2 is refused: allowed is 0 to 2147483647, or -1 for the configured one");
        assertRefused(
                () -> node.engine.drain("web", "web1", Duration.ofMillis(10), null, ""),
                "deadline = PT0.01S is refused: allowed is 1s to 366d");
        assertRefused(
                () -> node.engine.drain("web", "web1", null, Duration.ofDays(400), ""),
                "lasting = PT9600H is refused: allowed is 1s to 366d");
        assertRefused(() -> node.engine.undrain("web", "web1"), "web1 is not drained");
        assertThat(node.kernel.weights(Node.WEB)).isEqualTo(BOTH);
        assertThat(data.resolve("overrides")).doesNotExist();
    }

    @Test
    void whatCannotBeKeptIsDoneAndSaid() throws Exception {
        Files.writeString(data.resolve("overrides"), "in the way");

        assertThatThrownBy(() -> node.engine.weight("web", "web1", 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("it is done, but only until the next start: ");

        node.awaitWeights(Map.of(WEB1, 3, WEB2, 1));
    }

    @Test
    void aRebuildTakesAwayAndPuts() throws Exception {
        node.kernel.orders.clear();

        node.engine.rebuild("web");

        Await.until("it is there again", () -> node.kernel.orders.size() >= 2);
        assertThat(node.kernel.orders.subList(0, 2))
                .containsExactly("remove [192.0.2.1]:tcp:80", "put [192.0.2.1]:tcp:80");
        assertThat(node.kernel.weights(Node.WEB)).isEqualTo(BOTH);
    }

    @Test
    void figuresAreTheKernels() {
        node.kernel.figures.put(
                Node.WEB,
                new ServiceFigures(
                        Node.WEB,
                        new Counters(9, 90, 80, 900, 800),
                        List.of(
                                new ServiceFigures.OfDestination(
                                        Node.address("192.0.2.11"), 80, 1, 3, 1, new Counters(5, 50, 40, 500, 400)),
                                new ServiceFigures.OfDestination(
                                        Node.address("192.0.2.12"),
                                        80,
                                        1,
                                        -1,
                                        -1,
                                        new Counters(4, 40, 40, 400, 400)))));

        var web = node.engine.virtualServers().get(0);

        assertThat(web.traffic().connections()).isEqualTo(9);
        assertThat(web.traffic().bytesOut()).isEqualTo(800);
        assertThat(web.realServers().get(0).active()).isEqualTo(3);
        assertThat(web.realServers().get(0).inactive()).isEqualTo(1);
        assertThat(web.realServers().get(0).traffic().packetsIn()).isEqualTo(50);
        assertThat(web.realServers().get(1).active()).isEqualTo(-1);
        assertThat(web.realServers().get(1).traffic().connections()).isEqualTo(4);
    }

    private static void assertRefused(Runnable command, String message) {
        assertThatThrownBy(command::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
