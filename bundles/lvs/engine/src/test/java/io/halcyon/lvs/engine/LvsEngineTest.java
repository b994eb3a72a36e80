package io.halcyon.lvs.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventSink;
import io.halcyon.testkit.Await;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.cm.ConfigurationException;

@Timeout(60)
class LvsEngineTest {

    private static final String WEB1 = "[192.0.2.11]:80";
    private static final String WEB2 = "[192.0.2.12]:80";
    private static final String SORRY = "[192.0.2.19]:80";
    private static final Map<String, Integer> BOTH = Map.of(WEB1, 1, WEB2, 1);

    @TempDir
    Path data;

    private Node node;

    @BeforeEach
    void start() {
        node = Node.start(data, new MemoryDataplane.Kernel());
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void aConfigurationBecomesAServiceWithChecks() throws Exception {
        node.configureTwo();

        node.awaitWeights(BOTH);
        awaitTheEndOfTheTurn();
        assertThat(node.definers.checks).containsOnlyKeys(Node.CHECK1, Node.CHECK2);
        assertThat(node.definers.checks.get(Node.CHECK1))
                .containsEntry("type", "http")
                .containsEntry("url", "/health");
        Await.until("applied", () -> node.web().state().equals("applied"));
        assertThat(node.web().dataplane()).isEqualTo("memory");
        assertThat(node.web().services()).containsExactly("[192.0.2.1]:tcp:80");
        assertThat(node.web().method()).isEqualTo("NAT");
        assertThat(node.real("web1").checks()).containsExactly(Node.CHECK1);
    }

    @Test
    void aVerdictTakesARealServerOutAndBringsItBack() throws Exception {
        node.configureTwo();
        node.awaitWeights(BOTH);

        node.verdict(Node.CHECK1, Health.DOWN);
        node.awaitWeights(Map.of(WEB2, 1));
        assertThat(node.real("web1").health()).isEqualTo(Health.DOWN);
        assertThat(node.events)
                .filteredOn(Event.RealServerChange.class::isInstance)
                .map(Event::text)
                .anyMatch(text -> text.startsWith("[192.0.2.11]:tcp:80 UP -> DOWN") && text.contains("HTTP 503"));
        node.verdict(Node.CHECK1, Health.UP);

        node.awaitWeights(BOTH);
    }

    @Test
    void theSorryServerServesWhileNobodyElseDoes() throws Exception {
        node.configureTwo("sorry.server", "192.0.2.19 80");
        node.awaitWeights(BOTH);

        node.verdict(Node.CHECK1, Health.DOWN);
        node.verdict(Node.CHECK2, Health.DOWN);
        node.awaitWeights(Map.of(SORRY, 1));
        assertThat(node.web().health()).isEqualTo(Health.DOWN);
        assertThat(node.web().sorry()).isTrue();
        node.verdict(Node.CHECK2, Health.UP);

        node.awaitWeights(Map.of(WEB2, 1));
        awaitTheEndOfTheTurn();
        assertThat(node.events)
                .filteredOn(Event.VirtualServerChange.class::isInstance)
                .map(event -> ((Event.VirtualServerChange) event).to())
                .endsWith(Health.DOWN, Health.UP);
    }

    /** Whoever asks the loop is answered when it has told everybody what it did. */
    private void awaitTheEndOfTheTurn() {
        assertThat(node.engine.virtualServers()).isNotEmpty();
    }

    @Test
    void aVerdictThatWasThereBeforeCounts() throws Exception {
        node.verdict(Node.CHECK1, Health.DOWN);
        node.configureTwo();

        node.awaitWeights(Map.of(WEB2, 1));
    }

    @Test
    void anEditTouchesOnlyWhatItChanges() throws Exception {
        node.configureTwo();
        node.configure("mail", Map.of("virtual.server", "192.0.2.1 25", "real.server.mx1", "192.0.2.13 25"));
        node.awaitWeights(BOTH);
        node.awaitWeights(Node.key("192.0.2.1", 25), Map.of("[192.0.2.13]:25", 1));
        node.kernel.orders.clear();

        node.configureTwo("real.server.web1.weight", "5");
        node.awaitWeights(Map.of(WEB1, 5, WEB2, 1));
        node.configureTwo("real.server.web1.weight", "5");
        node.configure(
                "mail", Map.of("virtual.server", "192.0.2.1 25", "real.server.mx1", "192.0.2.13 25", "weight", "2"));
        node.awaitWeights(Node.key("192.0.2.1", 25), Map.of("[192.0.2.13]:25", 2));

        assertThat(node.kernel.orders)
                .filteredOn(order -> order.startsWith("put") || order.startsWith("remove"))
                .containsExactly("put [192.0.2.1]:tcp:80", "put [192.0.2.1]:tcp:25");
    }

    @Test
    void aConfigurationThatGoesTakesEverythingWithIt() throws Exception {
        node.configureTwo("quorum.up", "/bin/true");
        node.awaitWeights(BOTH);
        awaitTheEndOfTheTurn();
        assertThat(node.definers.notifiers).isNotEmpty();

        node.engine.deleted("io.halcyon.lvs~web");

        Await.until("it is gone", () -> node.kernel.services.isEmpty());
        assertThat(node.engine.virtualServers()).isEmpty();
        Await.until("its checks are gone", () -> node.definers.checks.isEmpty() && node.definers.notifiers.isEmpty());
        assertThat(node.engine.trackedChecks()).isEmpty();
        Await.until("it is forgotten", () -> !data.resolve("lvs/web").toFile().exists());
    }

    @Test
    void whatOthersJudgeIsRefusedByTheKeyOfTheFile() {
        assertRefused(
                Node.two("check.page.url", "forbidden"),
                "check.page.url",
                "check.page.url = forbidden is refused: allowed is a path");
        assertRefused(
                Node.two("real.server.web2.check.page.url", "forbidden"),
                "real.server.web2.check.page.url",
                "allowed is a path");
        assertRefused(Node.two("quorum.up", "/bin/false"), "quorum.up", "allowed is a script that works");
        assertRefused(Node.two("quorrum", "2"), "quorrum", "did you mean quorum?");
        assertThat(node.kernel.services).isEmpty();
    }

    @Test
    void whatTheDataPlaneCannotDoIsRefusedByKey() {
        node.plane.unable = Set.of("lc", "wlc");

        assertRefused(
                Node.two("lvs.sched", "lc"),
                "lvs.sched",
                "lvs.sched = lc is refused: allowed is what data plane memory can do: a memory counts no connections");
    }

    @Test
    void whatTheDataPlaneCannotDoOfOneRealServerIsRefusedByThatOnesKey() {
        assertRefused(
                Node.two("real.server.web2", "169.254.0.2 80"),
                "real.server.web2",
                "real.server.web2 = 169.254.0.2 80 is refused: allowed is what data plane memory can do: a memory has no links");
        assertRefused(
                Node.two("real.server.web2.lvs.method", "TUN"),
                "real.server.web2.lvs.method",
                "real.server.web2.lvs.method = TUN is refused: allowed is what data plane memory can do: a memory has no tunnels");
        assertRefused(
                Node.two("lvs.method", "TUN"),
                "lvs.method",
                "lvs.method = TUN is refused: allowed is what data plane memory can do: a memory has no tunnels");
        assertRefused(
                Node.two("sorry.server", "169.254.0.9 80"),
                "sorry.server",
                "sorry.server = 169.254.0.9 80 is refused: allowed is what data plane memory can do: a memory has no links");
    }

    @Test
    void aServiceBelongsToOneVirtualServer() throws Exception {
        node.configureTwo();

        assertThatThrownBy(() -> node.configure("www", Node.TWO))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("web takes [192.0.2.1]:tcp:80");
    }

    @Test
    void aDataPlaneThatIsMissingIsWaitedFor() throws Exception {
        node.configureTwo("dataplane", "other");
        Await.until("it is known", () -> node.engine.virtualServer("web").isPresent());
        assertThat(node.web().state()).isEqualTo("waiting for a data plane");
        assertThat(node.engine.explain("web").because().get(0))
                .isEqualTo("waiting for a data plane: data plane other is not installed; if it comes with Halcyon,"
                        + " install it: feature:install halcyon-lvs-other");

        node.engine.addDataplane(new MemoryDataplane("other", 1, node.kernel));

        node.awaitWeights(BOTH);
        assertThat(node.web().dataplane()).isEqualTo("other");
    }

    @Test
    void whichDataPlaneIsMissingIsSaidAlthoughAnotherOneIsThere() throws Exception {
        node.configureTwo();
        node.awaitWeights(BOTH);

        node.engine.removeDataplane(node.plane);
        node.engine.addDataplane(new MemoryDataplane("other", 9, new MemoryDataplane.Kernel()));

        assertThat(node.engine.explain("web").because().get(0))
                .startsWith("waiting for a data plane: data plane memory is not installed");
    }

    @Test
    void anUpdateOfTheDataPlaneIsNoEventForTheKernel() throws Exception {
        node.configureTwo();
        node.awaitWeights(BOTH);

        node.engine.removeDataplane(node.plane);
        assertThat(node.web().state()).isEqualTo("waiting for a data plane");
        assertThat(node.kernel.weights(Node.WEB)).isEqualTo(BOTH);
        node.verdict(Node.CHECK1, Health.DOWN);
        Await.until("it is heard", () -> node.real("web1").health() == Health.DOWN);
        node.engine.addDataplane(new MemoryDataplane("memory", 1, node.kernel));

        node.awaitWeights(Map.of(WEB2, 1));
        assertThat(node.kernel.orders).noneMatch(order -> order.startsWith("remove"));
        Await.until("applied", () -> node.web().state().equals("applied"));
    }

    @Test
    void whatTheKernelDoesNotTakeIsTheState() throws Exception {
        node.plane.failure = "no such scheduler";
        node.configureTwo();

        Await.until(
                "failed",
                () -> node.engine.virtualServer("web").isPresent()
                        && node.web().state().equals("failed: no such scheduler"));
    }

    @Test
    void anotherDataPlaneTakesOverWhenTheFileSaysSo() throws Exception {
        var other = new MemoryDataplane.Kernel();
        node.engine.addDataplane(new MemoryDataplane("other", 0, other));
        node.configureTwo();
        node.awaitWeights(BOTH);

        node.configureTwo("dataplane", "other");

        Await.until("it moved", () -> other.weights(Node.WEB).equals(BOTH) && node.kernel.services.isEmpty());
        assertThat(node.web().dataplane()).isEqualTo("other");
    }

    @Test
    void checksWithAFileAreTracked() throws Exception {
        node.configureTwo("real.server.web1.checks", "page, chk_disk");
        node.awaitWeights(BOTH);

        Await.until("it is tracked", () -> List.of("web/web1")
                .equals(node.engine.trackedChecks().get("chk_disk")));
        node.verdict("chk_disk", Health.DOWN);

        node.awaitWeights(Map.of(WEB2, 1));
    }

    @Test
    void whatAChecksFileSaysAlreadyCountsFromTheFirstOrderOn() throws Exception {
        node.verdict("chk_disk", Health.DOWN);
        node.configureTwo("real.server.web1.checks", "chk_disk");

        node.awaitWeights(Map.of(WEB2, 1));
        assertThat(node.kernel.orders)
                .filteredOn(order -> order.startsWith("put"))
                .hasSize(1);
    }

    @Test
    void hostNamesAreResolved() throws Exception {
        node.dns.put("web3.example", new InetAddress[] {Node.address("192.0.2.13")});
        node.configureTwo("real.server.web3", "web3.example 80", "resolve.interval", "1");
        node.awaitWeights(Map.of(WEB1, 1, WEB2, 1, "[192.0.2.13]:80", 1));

        node.dns.put("web3.example", new InetAddress[] {Node.address("192.0.2.14")});

        node.awaitWeights(Map.of(WEB1, 1, WEB2, 1, "[192.0.2.14]:80", 1));
    }

    @Test
    void nobodyLooksWhileTheAddressIsElsewhere() throws Exception {
        node.configureTwo("ha.suspend", "yes");
        Await.until(
                "it is suspended",
                () -> node.engine.virtualServer("web").isPresent()
                        && node.web().state().equals("suspended"));
        assertThat(node.definers.checks).isEmpty();

        node.addresses.add(Node.address("192.0.2.1"));

        Await.until("checks are made", () -> node.definers.checks.size() == 2);
        node.addresses.clear();
        Await.until("checks are gone", () -> node.definers.checks.isEmpty());
    }

    @Test
    void notifiersThatComeLaterAreToldWhatIsDefined() throws Exception {
        node.engine.unsetNotifiers(node.definers.ofNotifiers);
        node.configureTwo("quorum.down", "/bin/true");
        node.awaitWeights(BOTH);
        awaitTheEndOfTheTurn();
        assertThat(node.definers.notifiers).isEmpty();

        node.engine.setNotifiers(node.definers.ofNotifiers);

        assertThat(node.definers.notifiers).containsOnlyKeys("lvs/web/quorum");
    }

    @Test
    void notifiersThatWereAwayLearnWhoHasGone() throws Exception {
        node.configureTwo("quorum.down", "/bin/true");
        node.awaitWeights(BOTH);
        Await.until("it is defined", () -> node.definers.notifiers.size() == 1);
        node.engine.unsetNotifiers(node.definers.ofNotifiers);

        node.engine.deleted("io.halcyon.lvs~web");
        Await.until("it is gone", () -> node.definers.forgotten.contains("lvs/web"));
        assertThat(node.definers.notifiers).isNotEmpty();
        node.engine.setNotifiers(node.definers.ofNotifiers);

        assertThat(node.definers.notifiers).isEmpty();
    }

    @Test
    void packetsDoNotWaitForWhoeverKeepsEvents() throws Exception {
        node.configureTwo();
        node.awaitWeights(BOTH);
        var slow = new CountDownLatch(1);
        EventSink sink = (event, causes) -> {
            if (event instanceof Event.RealServerChange) {
                awaitQuietly(slow);
            }
            return 1;
        };
        node.engine.setSink(sink);

        node.verdict(Node.CHECK1, Health.DOWN);
        try {
            node.awaitWeights(Map.of(WEB2, 1));
        } finally {
            slow.countDown();
        }
    }

    @Test
    void aVirtualServerIsExplained() throws Exception {
        node.configureTwo();
        node.awaitWeights(BOTH);

        var explanation = node.engine.explain("web");

        assertThat(explanation.needs()).containsExactly("real servers must remember [192.0.2.1]:tcp:80");
        assertThat(explanation.because()).isNotEmpty();
        assertThatThrownBy(() -> node.engine.explain("wbe"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no virtual server wbe; there is web");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void assertRefused(Map<String, String> keys, String key, String message) {
        assertThatThrownBy(() -> node.configure("web", keys))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message)
                .extracting(refused -> ((ConfigurationException) refused).getProperty())
                .isEqualTo(key);
    }
}
