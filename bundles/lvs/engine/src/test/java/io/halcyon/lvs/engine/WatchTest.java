package io.halcyon.lvs.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.vrrp.RouterExplanation;
import io.halcyon.api.vrrp.RouterService;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.api.vrrp.RouterStatus;
import io.halcyon.spi.dataplane.SyncDaemon;
import io.halcyon.testkit.Await;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.cm.ConfigurationException;

/** What is there once per node: options, and the synchronization that follows a router. */
@Timeout(60)
class WatchTest {

    private static final int VRID = 51;

    @TempDir
    Path data;

    private volatile RouterState state = RouterState.BACKUP;
    private final RouterService routers = new OneRouter();
    private Node node;

    @BeforeEach
    void start() {
        node = Node.start(data, new MemoryDataplane.Kernel());
        node.engine.setRouters(routers);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void synchronizationFollowsItsRouter() throws Exception {
        node.keys.updated(Node.dictionary(Map.of("lvs.sync.daemon", "eth1 VI_1 id 3")));
        awaitRole(SyncDaemon.Role.BACKUP);

        state = RouterState.MASTER;
        awaitRole(SyncDaemon.Role.MASTER);
        node.engine.unsetRouters(routers);
        state = RouterState.FAULT;
        node.engine.setRouters(routers);
        awaitRole(SyncDaemon.Role.BACKUP);
        node.keys.updated(Node.dictionary(Map.of()));

        Await.until("it ends", () -> node.kernel.daemons.isEmpty());
    }

    @Test
    void whileNobodyCanBeAskedItStaysWhatItWas() throws Exception {
        state = RouterState.MASTER;
        node.keys.updated(Node.dictionary(Map.of("lvs.sync.daemon", "eth1 VI_1")));
        awaitRole(SyncDaemon.Role.MASTER);

        node.engine.unsetRouters(routers);
        node.keys.updated(Node.dictionary(Map.of("lvs.sync.daemon", "eth1 VI_1 id 9")));

        Await.until(
                "it has its new id",
                () -> node.kernel.daemons.equals(
                        Set.of(new SyncDaemon(SyncDaemon.Role.MASTER, "eth1", 9, 0, null, 0, 0))));
    }

    @Test
    void withoutAnIdentifierItHasTheRouters() throws Exception {
        node.keys.updated(Node.dictionary(Map.of("lvs.sync.daemon", "eth1 VI_1")));
        awaitId(VRID);

        node.engine.unsetRouters(routers);
        node.keys.updated(Node.dictionary(Map.of("lvs.sync.daemon", "eth2 VI_1")));
        Await.until("the other interface", () -> node.kernel.daemons.stream()
                .anyMatch(daemon -> daemon.dev().equals("eth2") && daemon.id() == VRID));
        node.engine.setRouters(routers);
        node.keys.updated(Node.dictionary(Map.of("lvs.sync.daemon", "eth1 VI_1 id 0")));
        awaitId(0);
    }

    private void awaitId(int id) throws Exception {
        Await.until("id " + id, () -> node.kernel.daemons.stream().anyMatch(daemon -> daemon.id() == id));
    }

    @Test
    void aRouterThatIsNotThereIsNoMaster() throws Exception {
        state = RouterState.MASTER;
        node.keys.updated(Node.dictionary(Map.of("lvs.sync.daemon", "eth1 VI_2")));

        awaitRole(SyncDaemon.Role.BACKUP);
    }

    @Test
    void optionsReachATable() throws Exception {
        node.keys.updated(Node.dictionary(Map.of("lvs.timeouts", "tcp 900", "conntrack", "yes")));
        node.configureTwo();

        Await.until("they are set", () -> node.kernel.options.tcpSeconds() == 900);
        assertThat(node.kernel.options.conntrack()).isTrue();
    }

    @Test
    void aBadEditTouchesNothing() throws Exception {
        node.keys.updated(Node.dictionary(Map.of("lvs.sync.daemon", "eth1 VI_1")));
        awaitRole(SyncDaemon.Role.BACKUP);

        assertThatThrownBy(() -> node.keys.updated(Node.dictionary(Map.of("lvs.sync.daemon", "eth1"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("lvs.sync.daemon = eth1 is refused");

        state = RouterState.MASTER;
        awaitRole(SyncDaemon.Role.MASTER);
    }

    private void awaitRole(SyncDaemon.Role role) throws Exception {
        Await.until("role " + role, () -> node.kernel.daemons.stream().anyMatch(daemon -> daemon.role() == role));
    }

    private final class OneRouter implements RouterService {

        @Override
        public List<RouterStatus> routers() {
            return List.of(status());
        }

        @Override
        public Optional<RouterStatus> router(String name) {
            return name.equals("VI_1") ? Optional.of(status()) : Optional.empty();
        }

        private RouterStatus status() {
            return new RouterStatus(
                    "VI_1",
                    "eth0",
                    VRID,
                    3,
                    state,
                    "",
                    Instant.EPOCH,
                    100,
                    100,
                    100,
                    null,
                    0,
                    null,
                    "raw",
                    "netlink",
                    List.of(),
                    List.of(),
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    List.of(),
                    List.of());
        }

        @Override
        public RouterExplanation explain(String name) {
            throw new UnsupportedOperationException(name);
        }

        @Override
        public void priority(String name, int priority, boolean save) {
            throw new UnsupportedOperationException(name);
        }

        @Override
        public void failover(String name) {
            throw new UnsupportedOperationException(name);
        }
    }
}
