package io.halcyon.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.spi.notify.DeliveryException;
import io.halcyon.spi.notify.Notifier;
import io.halcyon.testkit.InNetworkNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With the distribution's Alertmanager on loopback, all its files in a directory of the test. */
@Tag("lab")
@InNetworkNamespace
@Timeout(120)
class RealAlertmanagerTest {

    @TempDir
    Path directory;

    private Process alertmanager;
    private int port;
    private Notifier notifier;
    private long lastId;

    @BeforeEach
    void start() throws Exception {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var configuration = directory.resolve("alertmanager.yml");
        Files.writeString(configuration, "route:\n  receiver: nobody\nreceivers:\n  - name: nobody\n");
        alertmanager = new ProcessBuilder(
                        "prometheus-alertmanager",
                        "--config.file=" + configuration,
                        "--storage.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        notifier = Webhooks.notifier("http://127.0.0.1:" + port, "preset", "alertmanager");
        // The trial's alert: there when it answers.
        while (!isTold(new Event.Trial("hook", "somebody asked for it"))) {
            assertThat(alertmanager.isAlive())
                    .as(Files.readString(directory.resolve("log")))
                    .isTrue();
        }
        assertThat(active()).containsExactly("HalcyonTrial hook info");
    }

    @AfterEach
    void stop() throws InterruptedException {
        notifier.close();
        alertmanager.destroyForcibly();
        alertmanager.waitFor(10, TimeUnit.SECONDS);
    }

    @Test
    void alertsBeginAndEndWithTheirConditions() throws Exception {
        tell(router(RouterState.BACKUP, RouterState.FAULT));
        tell(verdict(Health.UP, Health.DOWN));
        assertThat(active())
                .containsExactly(
                        "HalcyonCheckDown chk_web critical",
                        "HalcyonRouterFault VI_1 critical",
                        "HalcyonTrial hook info");

        tell(verdict(Health.DOWN, Health.DEGRADED));
        assertThat(active())
                .containsExactly(
                        "HalcyonCheckDegraded chk_web warning",
                        "HalcyonRouterFault VI_1 critical",
                        "HalcyonTrial hook info");

        tell(verdict(Health.DEGRADED, Health.UP));
        tell(router(RouterState.FAULT, RouterState.BACKUP));
        assertThat(active()).containsExactly("HalcyonTrial hook info");

        tell(verdict(Health.UP, Health.DOWN));
        assertThat(active()).containsExactly("HalcyonCheckDown chk_web critical", "HalcyonTrial hook info");
    }

    @Test
    void anAlertSaysWhatHappenedAndStaysForADay() throws Exception {
        var before = Instant.now();
        tell(verdict(Health.UP, Health.DOWN));

        var alert = alerts("HalcyonCheckDown").get(0);
        assertThat(alert.path("labels").path("node").asText()).isEqualTo("lb1");
        assertThat(alert.path("annotations").path("summary").asText()).isEqualTo("chk_web: UP -> DOWN, é€ 😀");
        // Alertmanager's own default would be five minutes.
        assertThat(Instant.parse(alert.path("endsAt").asText())).isAfter(before.plusSeconds(86_000));
        assertThat(Instant.parse(alert.path("startsAt").asText())).isBetween(before.minusSeconds(1), Instant.now());
    }

    @Test
    void aDigestIsManyAlertsAndAnEndThatWasMissedIsMadeUpFor() throws Exception {
        tell(new Event.Digest(
                "hook",
                List.of(
                        record(verdict(Health.UP, Health.DOWN)),
                        record(router(RouterState.BACKUP, RouterState.FAULT)),
                        record(new Event.Stall("VI_1", 4_000, "another master was heard")))));
        assertThat(active())
                .containsExactly(
                        "HalcyonCheckDown chk_web critical",
                        "HalcyonRouterFault VI_1 critical",
                        "HalcyonStall VI_1 warning",
                        "HalcyonTrial hook info");

        // As after a restart of the node.
        tell(verdict(Health.UNKNOWN, Health.UP));
        tell(router(RouterState.INIT, RouterState.BACKUP));
        assertThat(active()).containsExactly("HalcyonStall VI_1 warning", "HalcyonTrial hook info");
    }

    private boolean isTold(Event event) throws InterruptedException {
        try {
            tell(event);
            return true;
        } catch (DeliveryException notYet) {
            return false;
        }
    }

    private void tell(Event event) throws DeliveryException, InterruptedException {
        notifier.deliver(record(event));
    }

    private EventRecord record(Event event) {
        return new EventRecord(++lastId, Instant.now(), lastId, "lb1", List.of(), event);
    }

    private static Event verdict(Health from, Health to) {
        return new Event.VerdictChange("chk_web", from, to, "é€ 😀");
    }

    private static Event router(RouterState from, RouterState to) {
        return new Event.RouterTransition("VI_1", from, to, "eth0 has no carrier", 100, List.of(), false, false);
    }

    /** Alerts that are there now: name, object, severity. */
    private List<String> active() throws IOException {
        var names = new ArrayList<String>();
        for (var alert : alerts("")) {
            var labels = alert.path("labels");
            names.add(labels.path("alertname").asText() + " "
                    + labels.path("object").asText() + " "
                    + labels.path("severity").asText());
        }
        return names.stream().sorted().toList();
    }

    private List<JsonNode> alerts(String name) throws IOException {
        var all = new ArrayList<JsonNode>();
        try (var answer = URI.create("http://127.0.0.1:" + port + "/api/v2/alerts")
                .toURL()
                .openStream()) {
            for (var alert : new ObjectMapper().readTree(answer)) {
                if (alert.path("labels").path("alertname").asText().startsWith(name)) {
                    all.add(alert);
                }
            }
        }
        return all;
    }
}
