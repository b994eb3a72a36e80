package io.halcyon.lvs.ipvs;

import static io.halcyon.lvs.ipvs.Orders.NAT;
import static io.halcyon.lvs.ipvs.Orders.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.Scheduler;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.ServiceTable;
import io.halcyon.spi.dataplane.SyncDaemon;
import io.halcyon.spi.dataplane.SyncDaemon.Role;
import io.halcyon.spi.dataplane.Transport;
import io.halcyon.testkit.Await;
import io.halcyon.testkit.Command;
import io.halcyon.testkit.DataplaneRecorder;
import io.halcyon.testkit.InNetworkNamespace;
import io.halcyon.testkit.ServerFarm;
import io.halcyon.testkit.TwoHosts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two directors with a cable between them: one tells of its connections, the other learns them. */
@InNetworkNamespace
@Tag("vm")
class IpvsSynchronizationTest {

    private static final int PORT = 80;
    private static final ServiceKey WEB = new ServiceKey.Addressed(Transport.TCP, ServerFarm.virtual(1), PORT);

    private final DataplaneRecorder heard = new DataplaneRecorder();
    private final DataplaneRecorder partnerHeard = new DataplaneRecorder();
    private ServerFarm farm;
    private TwoHosts hosts;
    private ServiceTable table;
    private ServiceTable partner;

    @BeforeEach
    void setUp() throws Exception {
        farm = new ServerFarm();
        hosts = new TwoHosts();
        table = dataplane().open(heard);
        partner = hosts.onRight(() -> dataplane().open(partnerHeard));
    }

    @AfterEach
    void tearDown() {
        partner.close();
        table.close();
        hosts.close();
        farm.close();
    }

    @Test
    void thePartnerKnowsConnectionsAndTheirServersAlsoWhenItTakesOver() throws Exception {
        roles(Role.MASTER, Role.BACKUP);
        table.put(List.of(
                wanted(WEB, Scheduler.RR, new Destination(ServerFarm.server(2), ServerFarm.PORT, NAT, 1, 0, 0))));
        heard.awaitApplied(WEB, 0);
        try (var conversation = farm.converse(new InetSocketAddress(0).getAddress(), ServerFarm.virtual(1), PORT)) {
            // The kernel tells with the third packet of a connection.
            assertThat(conversation.goesOn()).isTrue();
            Await.until("the partner knows it", this::partnerKnowsTheConnection);

            roles(Role.BACKUP, Role.MASTER);

            assertThat(partnerKnowsTheConnection()).isTrue();
            assertThat(conversation.goesOn()).isTrue();
        }
        assertThat(heard.troubles()).isEmpty();
        assertThat(partnerHeard.troubles()).isEmpty();
    }

    /** From 10.1.0.2 to 192.0.2.1, port 80, served by 10.2.2.2, port 8080. */
    private boolean partnerKnowsTheConnection() throws IOException {
        return hosts.onRight(() -> TwoHosts.procNet("ip_vs_conn"))
                .lines()
                .anyMatch(line -> line.matches("TCP 0A010002 .{4} C0000201 0050 0A020202 1F90 ESTABLISHED .*"));
    }

    private void roles(Role ours, Role partners) throws Exception {
        table.synchronize(Set.of(daemon(ours, TwoHosts.LEFT)));
        partner.synchronize(Set.of(daemon(partners, TwoHosts.RIGHT)));
        Await.until("we are " + ours, () -> isRunning(ours));
        Await.until("the partner is " + partners, () -> hosts.onRight(() -> isRunning(partners)));
    }

    private static boolean isRunning(Role role) {
        return Command.line("ipvsadm -L --daemon").startsWith(role == Role.MASTER ? "master sync" : "backup sync");
    }

    private static SyncDaemon daemon(Role role, String device) {
        return new SyncDaemon(role, device, 51, 0, null, 0, 0);
    }

    private static IpvsDataplane dataplane() {
        return new IpvsDataplane(TimeUnit.HOURS.toNanos(1));
    }
}
