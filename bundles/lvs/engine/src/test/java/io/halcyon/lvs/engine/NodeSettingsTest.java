package io.halcyon.lvs.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Refusal;
import io.halcyon.spi.dataplane.Options;
import io.halcyon.spi.dataplane.SyncDaemon;
import java.net.InetAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeSettingsTest {

    @Test
    void withoutKeysAllStaysAsTheHostHasIt() throws Exception {
        assertThat(settings(Map.of())).isEqualTo(NodeSettings.NONE);
    }

    @Test
    void optionsAreTakenOver() throws Exception {
        var settings = settings(Map.of(
                "lvs.timeouts", "udp 300 tcp 7200",
                "expire.nodest.conn", "yes",
                "conntrack", "yes",
                "lvs.flush.on.stop", "yes"));

        assertThat(settings.options()).isEqualTo(new Options(7200, 0, 300, true, false, true));
        assertThat(settings.flushOnStop()).isTrue();
    }

    @Test
    void theSynchronizationDaemonHasTheRouterItFollows() throws Exception {
        var sync = settings(Map.of("lvs.sync.daemon", "eth1 VI_1 id 7 group 224.0.0.90 port 8849 ttl 2 maxlen 1400"))
                .sync();

        assertThat(sync).isNotNull();
        assertThat(sync.router()).isEqualTo("VI_1");
        assertThat(sync.daemon(true, 51))
                .isEqualTo(new SyncDaemon(
                        SyncDaemon.Role.MASTER, "eth1", 7, 1400, InetAddress.getByName("224.0.0.90"), 8849, 2));
        assertThat(sync.daemon(false, 51).role()).isEqualTo(SyncDaemon.Role.BACKUP);
    }

    @Test
    void theSynchronizationDaemonHasTheRoutersIdentifierAndTheKernelsDefaults() throws Exception {
        var sync = settings(Map.of("lvs.sync.daemon", "eth1 VI_1")).sync();

        assertThat(sync).isNotNull();
        assertThat(sync.daemon(false, 51)).isEqualTo(new SyncDaemon(SyncDaemon.Role.BACKUP, "eth1", 51, 0, null, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "tcp 0", "tcp x", "tcp 2678401", "sctp 5", "tcp 1 tcp 2", "7200"})
    void timeoutsAreRefusedWithWhatIsAllowed(String written) {
        assertThatThrownBy(() -> settings(Map.of("lvs.timeouts", written)))
                .isInstanceOf(Refusal.class)
                .hasMessage("node.cfg: lvs.timeouts = " + written
                        + " is refused: allowed is 'tcp', 'tcpfin' and 'udp', each with seconds from 1 to 2678400"
                        + " behind it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eth1",
                "eth1 VI_1 id",
                "eth1 VI_1 id 256",
                "eth1 VI_1 ttl 0",
                "eth1 VI_1 id 1 id 2",
                "eth1 VI_1 name 2",
                "eth1 VI_1 group 192.0.2.1",
                "eth1 VI_1 group host",
                "sixteencharacters VI_1"
            })
    void synchronizationIsRefusedWithWhatIsAllowed(String written) {
        assertThatThrownBy(() -> settings(Map.of("lvs.sync.daemon", written)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("lvs.sync.daemon = " + written + " is refused: allowed is 'INTERFACE ROUTER'");
    }

    @Test
    void anUnknownKeyIsRefused() {
        assertThatThrownBy(() -> settings(Map.of("lvs.timeout", "tcp 1")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("did you mean lvs.timeouts?");
    }

    private static NodeSettings settings(Map<String, String> keys) throws Refusal {
        return NodeSettings.of(ConfigText.of("node", "node.cfg", keys));
    }
}
