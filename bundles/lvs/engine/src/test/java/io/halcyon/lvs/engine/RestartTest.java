package io.halcyon.lvs.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Scheduler;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.VirtualService;
import io.halcyon.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.cm.ConfigurationException;

/** What a stop leaves and a start finds. */
@Timeout(60)
class RestartTest {

    private static final String PID = "io.halcyon.lvs~web";
    private static final String WEB1 = "[192.0.2.11]:80";
    private static final String WEB2 = "[192.0.2.12]:80";
    private static final Map<String, Integer> BOTH = Map.of(WEB1, 1, WEB2, 1);
    private static final Map<String, String> MAIL =
            Map.of("virtual.server", "192.0.2.1 25", "real.server.mx1", "192.0.2.13 25");
    private static final ServiceKey LEFT = Node.key("192.0.2.3", 80);

    @TempDir
    Path data;

    private final MemoryDataplane.Kernel kernel = new MemoryDataplane.Kernel();

    @Test
    void theKernelIsAdoptedAndNothingOfItIsTakenAway() throws Exception {
        try (var node = Node.start(data, kernel)) {
            node.configureTwo();
            node.awaitWeights(BOTH);
        }
        assertThat(kernel.weights(Node.WEB)).isEqualTo(BOTH);
        kernel.orders.clear();

        try (var node = Node.start(data, kernel, PID)) {
            node.configureTwo();
            Await.until("it is settled", () -> kernel.orders.contains("settle "));

            assertThat(kernel.orders).containsExactly("put [192.0.2.1]:tcp:80", "settle ");
            assertThat(kernel.weights(Node.WEB)).isEqualTo(BOTH);
        }
    }

    @Test
    void whatWasConfiguredThenAndIsNoMoreGoesAfterAllElseIsThere() throws Exception {
        try (var node = Node.start(data, kernel, PID, "io.halcyon.lvs~mail")) {
            kernel.services.put(LEFT, left());
            node.configureTwo();
            Await.until("it is known", () -> node.engine.virtualServer("web").isPresent());
            assertThat(kernel.orders).isEmpty();

            node.configure("mail", Map.of("virtual.server", "192.0.2.1 25", "real.server.mx1", "192.0.2.13 25"));

            Await.until("it is settled", () -> !kernel.services.containsKey(LEFT));
            assertThat(kernel.orders)
                    .containsExactly("put [192.0.2.1]:tcp:25 [192.0.2.1]:tcp:80", "settle [192.0.2.3]:tcp:80");
        }
    }

    @Test
    void whatNobodyKnowsOfYetHasAWhileToCome() throws Exception {
        try (var node = Node.start(data, kernel)) {
            kernel.services.put(LEFT, left());
            node.configureTwo();

            Await.until("it is settled", () -> kernel.orders.contains("settle [192.0.2.3]:tcp:80"));
            assertThat(kernel.orders).startsWith("put [192.0.2.1]:tcp:80");
            assertThat(kernel.services).containsOnlyKeys(Node.WEB);
        }
    }

    @Test
    void aConfigurationThatIsRefusedHoldsUpNothing() throws Exception {
        try (var node = Node.start(data, kernel, PID, "io.halcyon.lvs~mail")) {
            node.configureTwo();
            try {
                node.configure("mail", Map.of("quorum", "0"));
            } catch (ConfigurationException refused) {
                assertThat(refused).hasMessageContaining("is missing");
            }

            Await.until("it is settled", () -> kernel.orders.contains("settle "));
        }
    }

    @Test
    void aConfigurationWhoseFileIsGoneIsDeleted() throws Exception {
        try (var node = Node.start(data, kernel, PID)) {
            node.configure("web", Node.two("felix.fileinstall.filename", "file:/nowhere/etc/io.halcyon.lvs-web.cfg"));

            assertThat(node.pids.deleted.take()).isEqualTo(PID);
            assertThat(node.engine.virtualServers()).isEmpty();
        }
    }

    @Test
    void whatWasRemovedWhileTheNodeWasDownLeavesNothingBehind() throws Exception {
        try (var node = Node.start(data, kernel)) {
            node.configureTwo("quorum.up", "/bin/true");
            node.configure("mail", MAIL);
            node.awaitWeights(BOTH);
            node.engine.drain("web", "web1", null, null, "new disk");
            node.awaitWeights(Map.of(WEB1, 0, WEB2, 1));
        }
        assertThat(data.resolve("lvs/web")).exists();

        try (var node = Node.start(data, kernel, "io.halcyon.lvs~mail")) {
            node.configure("mail", MAIL);
            Await.until("web's checks are forgotten", () -> node.definers.forgotten.contains("lvs/web"));

            assertThat(node.definers.notifiersByOwner).containsEntry("lvs/web", Map.of());
            Await.until(
                    "nothing is left of it",
                    () -> Files.notExists(data.resolve("lvs/web"))
                            && Files.notExists(data.resolve("overrides/lvs-web.cfg")));
            assertThat(data.resolve("lvs/mail")).exists();
            assertThat(node.definers.forgotten).containsExactly("lvs/web");
        }
    }

    @Test
    void whoseFileIsRefusedIsNotForgotten() throws Exception {
        try (var node = Node.start(data, kernel)) {
            node.configureTwo();
            node.configure("mail", MAIL);
            node.awaitWeights(BOTH);
            node.engine.drain("web", "web1", null, null, "new disk");
        }
        Files.delete(data.resolve("accepted/io.halcyon.lvs-web.cfg"));

        try (var node = Node.start(data, kernel, PID)) {
            assertThatThrownBy(() -> node.configureTwo("quorrum", "2")).isInstanceOf(ConfigurationException.class);
            Await.until("mail is forgotten", () -> node.definers.forgotten.contains("lvs/mail"));

            assertThat(node.definers.forgotten).containsExactly("lvs/mail");
            assertThat(data.resolve("overrides/lvs-web.cfg")).exists();
            assertThat(data.resolve("lvs/web")).exists();
        }
    }

    @Test
    void whatNobodyHasToldOfYetIsNotForgotten() throws Exception {
        try (var node = Node.start(data, kernel)) {
            node.configureTwo();
            node.awaitWeights(BOTH);
        }

        try (var node = Node.start(data, kernel, PID, "io.halcyon.lvs~mail")) {
            node.configure("mail", MAIL);
            Await.until("its time is over", () -> node.ranSinceStartNanos() > 2_000_000_000L);

            assertThat(node.definers.forgotten).isEmpty();
            assertThat(data.resolve("lvs/web")).exists();
        }
    }

    @Test
    void whatAFileAsksForNoMoreGoesAlthoughItWasChangedWhileNobodyLooked() throws Exception {
        try (var node = Node.start(data, kernel, PID)) {
            node.configure("web", Map.of("virtual.server", "192.0.2.1 80", "real.server.web1", "192.0.2.11 80"));

            Await.until(
                    "it has neither checks nor notifiers",
                    () -> Map.of().equals(node.definers.checksByOwner.get("lvs/web"))
                            && Map.of().equals(node.definers.notifiersByOwner.get("lvs/web")));
        }
    }

    @Test
    void nobodyLooksAfterARestartWhereNobodyIsToLook() throws Exception {
        try (var node = Node.start(data, kernel, PID)) {
            node.configureTwo("ha.suspend", "yes");

            Await.until("nobody looks", () -> Map.of().equals(node.definers.checksByOwner.get("lvs/web")));
        }
    }

    @Test
    void aRealServerThatWasDownDoesNotReturnBeforeItsCheckSaysSo() throws Exception {
        try (var node = Node.start(data, kernel)) {
            node.configureTwo();
            node.awaitWeights(BOTH);
            node.verdict(Node.CHECK1, Health.DOWN);
            node.awaitWeights(Map.of(WEB2, 1));
        }
        kernel.orders.clear();

        try (var node = Node.start(data, kernel, PID)) {
            node.configureTwo();
            Await.until("it is settled", () -> kernel.orders.contains("settle "));
            assertThat(kernel.weights(Node.WEB)).isEqualTo(Map.of(WEB2, 1));

            node.verdict(Node.CHECK1, Health.UP);
            node.awaitWeights(BOTH);
        }
    }

    @Test
    void aDrainLastsOverARestart() throws Exception {
        try (var node = Node.start(data, kernel)) {
            node.configureTwo();
            node.awaitWeights(BOTH);
            node.engine.drain("web", "web1", null, null, "new disk");
            node.awaitWeights(Map.of(WEB1, 0, WEB2, 1));
        }
        assertThat(Files.readString(data.resolve("overrides/lvs-web.cfg"))).contains("web1.reason = new disk");

        try (var node = Node.start(data, kernel, PID)) {
            node.configureTwo();
            Await.until("it is settled", () -> kernel.orders.contains("settle "));
            assertThat(kernel.weights(Node.WEB)).isEqualTo(Map.of(WEB1, 0, WEB2, 1));
            assertThat(node.real("web1").hold()).isNotNull();

            node.engine.undrain("web", "web1");
            node.awaitWeights(BOTH);
        }
        assertThat(data.resolve("overrides/lvs-web.cfg")).doesNotExist();
    }

    @Test
    void connectionsEndAtADeadlineThatPassedMeanwhile() throws Exception {
        Instant deadline;
        try (var node = Node.start(data, kernel)) {
            node.configureTwo();
            node.awaitWeights(BOTH);
            node.engine.drain("web", "web1", Duration.ofSeconds(1), null, "new disk");
            node.awaitWeights(Map.of(WEB1, 0, WEB2, 1));
            deadline = node.real("web1").hold().deadline();
        }
        Await.until("the deadline is over", () -> Instant.now().isAfter(deadline));

        try (var node = Node.start(data, kernel, PID)) {
            node.configureTwo();

            node.awaitWeights(Map.of(WEB2, 1));
            assertThat(kernel.ended).containsExactly(WEB1);
        }
    }

    @Test
    void aVirtualServerWithAnotherNameKeepsItsPlaceInTheKernel() throws Exception {
        var file =
                Files.writeString(Files.createDirectories(data.resolve("etc")).resolve("io.halcyon.lvs-web.cfg"), "");
        var renamed = file.resolveSibling("io.halcyon.lvs-www.cfg");
        try (var node = Node.start(data, kernel)) {
            node.configure(
                    "web", Node.two("felix.fileinstall.filename", file.toUri().toString()));
            node.awaitWeights(BOTH);
            node.engine.drain("web", "web1", null, null, "");
            node.awaitWeights(Map.of(WEB1, 0, WEB2, 1));
            kernel.orders.clear();

            Files.move(file, renamed);
            node.engine.deleted(PID);
            node.configure(
                    "www",
                    Node.two("felix.fileinstall.filename", renamed.toUri().toString()));

            Await.until(
                    "it has its new name",
                    () -> node.engine.virtualServer("www").isPresent());
            Await.until(
                    "the old one is gone",
                    () -> node.engine.virtualServer("web").isEmpty());
            node.awaitWeights(Map.of(WEB1, 0, WEB2, 1));
            assertThat(kernel.orders).noneMatch(order -> order.startsWith("remove"));
            Await.until(
                    "what was decided has its new name",
                    () -> Files.exists(data.resolve("overrides/lvs-www.cfg"))
                            && !Files.exists(data.resolve("overrides/lvs-web.cfg")));
            assertThat(node.events).noneMatch(Event.RealServerChange.class::isInstance);
        }
    }

    @Test
    void whatComesAfterTheEndIsNobodysHarm() throws Exception {
        var node = Node.start(data, kernel);
        node.configureTwo();
        node.awaitWeights(BOTH);
        node.close();

        node.engine.removeDataplane(node.plane);
        node.configureTwo("weight", "3");
        node.engine.deleted(PID);

        assertThat(node.plane.open).isFalse();
        assertThat(kernel.weights(Node.WEB)).isEqualTo(BOTH);
        assertThatThrownBy(node.engine::virtualServers)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("virtual servers have ended");
    }

    @Test
    void theKernelIsEmptiedAtAStopWhereThatIsAsked() throws Exception {
        try (var node = Node.start(data, kernel)) {
            node.keys.updated(Node.dictionary(Map.of("lvs.flush.on.stop", "yes")));
            node.configureTwo();
            node.awaitWeights(BOTH);
            Await.until(
                    "it is known",
                    () -> Files.exists(data.resolve("accepted/io.halcyon.lvs.node-io.halcyon.lvs.node.cfg")));
        }

        assertThat(kernel.services).isEmpty();
    }

    @Test
    void whatGoesDownByAStopIsToldWhereThatIsAsked() throws Exception {
        var node = Node.start(data, kernel);
        node.configureTwo("omega", "yes");
        node.awaitWeights(BOTH);

        node.close();

        assertThat(node.events)
                .filteredOn(Event.VirtualServerChange.class::isInstance)
                .map(event -> ((Event.VirtualServerChange) event).to())
                .endsWith(Health.DOWN);
        assertThat(kernel.weights(Node.WEB)).isEqualTo(BOTH);
    }

    private static Desired left() {
        return new Desired(
                new VirtualService(LEFT, Scheduler.RR, Set.of(), null, false), List.of(), Desired.Leaving.KEEP);
    }
}
