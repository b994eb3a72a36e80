package io.halcyon.notify.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationException;

@Timeout(30)
class ConfiguredNodeTest {

    @TempDir
    Path accepted;

    private ConfiguredNode node;

    @BeforeEach
    void start() {
        node = new ConfiguredNode(accepted);
    }

    @AfterEach
    void stop() {
        node.deactivate();
    }

    @Test
    void withoutConfigurationTheNodeIsNamedAfterItsHost() throws Exception {
        node.updated(null);

        assertThat(node.routerId()).isEqualTo(HostName.read()).isNotBlank();
    }

    @Test
    void theConfiguredNameCounts() throws Exception {
        node.updated(properties(Map.of("router.id", " lb1 ")));

        awaitName("lb1");
    }

    @Test
    void anEmptyNameIsTheHosts() throws Exception {
        node.updated(properties(Map.of("router.id", "lb1")));
        awaitName("lb1");

        node.updated(properties(Map.of()));

        awaitName(HostName.read());
    }

    @Test
    void whatIsConfiguredCountsBeforeAnybodyTellsOfIt() {
        node.anticipate(Pids.knowing(properties(Map.of("router.id", "lb1", "journal.size", "2"))));

        assertThat(node.routerId()).isEqualTo("lb1");
        assertThat(node.journalLimits().bytes()).isEqualTo(2 << 20);
    }

    @Test
    void whatIsConfiguredBadlyIsNotAnticipated() {
        node.anticipate(Pids.knowing(properties(Map.of("router.ip", "lb1"))));
        node.anticipate(Pids.knowing(null));

        assertThat(node.routerId()).isEqualTo(HostName.read());
        assertThat(node.journalLimits()).isEqualTo(new JournalLimits(16 << 20, 30L * 24 * 3_600_000));
    }

    @Test
    void anUnknownKeyIsRefusedAndTheNameStays() throws Exception {
        node.updated(properties(Map.of("router.id", "lb1")));
        awaitName("lb1");

        assertThatThrownBy(() -> node.updated(properties(Map.of("router.ip", "lb2"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("router.ip")
                .hasMessageContaining("did you mean router.id?");
        assertThat(node.routerId()).isEqualTo("lb1");
    }

    @Test
    void aBadFileIsSurvivedOverARestart() throws Exception {
        node.updated(properties(Map.of("router.id", "lb1")));
        awaitName("lb1");
        node.deactivate();

        node = new ConfiguredNode(accepted);
        assertThatThrownBy(() -> node.updated(properties(Map.of("router.ip", "lb2"))))
                .isInstanceOf(ConfigurationException.class);

        awaitName("lb1");
    }

    private static Dictionary<String, Object> properties(Map<String, String> keys) {
        return FrameworkUtil.asDictionary(new HashMap<String, Object>(keys));
    }

    /** The change is made on a thread of its own; the test's time limit ends the waiting. */
    private void awaitName(String name) {
        while (!node.routerId().equals(name)) {
            Thread.onSpinWait();
        }
    }
}
