package io.halcyon.lvs.nftables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Desired.Leaving;
import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.Forwarding;
import io.halcyon.spi.dataplane.Options;
import io.halcyon.spi.dataplane.Scheduler;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.ServiceTable;
import io.halcyon.spi.dataplane.Transport;
import io.halcyon.spi.dataplane.VirtualService;
import io.halcyon.testkit.Await;
import io.halcyon.testkit.Command;
import io.halcyon.testkit.DataplaneRecorder;
import io.halcyon.testkit.InNetworkNamespace;
import io.halcyon.testkit.ServerFarm;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What this data plane does with packets beyond the contract of all. */
@InNetworkNamespace
@Timeout(60)
@SuppressWarnings("NullAway.Init") // JUnit calls setUp first.
class NftablesTrafficTest {

    private static final ServiceKey WEB = new ServiceKey.Addressed(Transport.TCP, ServerFarm.virtual(1), 80);
    private static final ServiceKey OTHER = new ServiceKey.Addressed(Transport.TCP, ServerFarm.virtual(1), 81);
    private static final ServiceKey MARKED = new ServiceKey.Marked(7, false);

    private final DataplaneRecorder heard = new DataplaneRecorder();
    private ServerFarm farm;
    private ServiceTable table;

    @BeforeEach
    void setUp() throws Exception {
        farm = new ServerFarm();
        table = new NftablesDataplane().open(heard);
    }

    @AfterEach
    void tearDown() {
        table.close();
        farm.close();
    }

    @Test
    void masqueradeBringsAnswersBackFromAServerWithoutARoute() throws Exception {
        farm.atServer(1, () -> Command.line("ip route del default"));
        farm.atServer(1, () -> Command.line("ip -6 route del default"));
        put(WEB, Leaving.KEEP, destination(1, 1, false));
        assertThatThrownBy(() -> farm.atClient(() -> {
                    try (var socket = new Socket()) {
                        socket.connect(new InetSocketAddress(ServerFarm.virtual(1), 80), 500);
                        return "";
                    }
                }))
                .isInstanceOf(SocketTimeoutException.class);

        put(WEB, Leaving.KEEP, destination(1, 1, true));
        assertThat(farm.ask(Transport.TCP, ServerFarm.virtual(1), 80)).isEqualTo("s1");

        var ipv6 = new ServiceKey.Addressed(Transport.UDP, ServerFarm.virtual6(), 53);
        put(
                ipv6,
                Leaving.KEEP,
                new Destination(ServerFarm.server6(1), ServerFarm.PORT, new Forwarding.Nat(true), 1, 0, 0));
        assertThat(farm.ask(Transport.UDP, ServerFarm.virtual6(), 53)).isEqualTo("s1");
    }

    @Test
    void connectionsOfNobodyEndWhereThatIsWanted() throws Exception {
        table.options(new Options(0, 0, 0, true, false, false));
        put(WEB, Leaving.KEEP, destination(1, 1, false));
        try (var conversation = farm.converse(ServerFarm.clientAddress(1), ServerFarm.virtual(1), 80)) {
            put(WEB, Leaving.KEEP, destination(2, 1, false));

            assertThat(conversation.ends()).isTrue();
        }
    }

    @Test
    void onlyConnectionsOfTheServiceEndAlsoWhereItIsAMark() throws Exception {
        Command.line("nft add table ip marking");
        Command.line("nft add chain ip marking early { type filter hook prerouting priority -150; }");
        Command.line("nft add rule ip marking early ip daddr 192.0.2.2 meta mark set 7");
        put(WEB, Leaving.KEEP, destination(1, 1, false));
        put(MARKED, Leaving.KEEP, destination(1, 1, false));
        put(OTHER, Leaving.KEEP, destination(1, 1, false));
        try (var web = farm.converse(ServerFarm.clientAddress(1), ServerFarm.virtual(1), 80);
                var other = farm.converse(ServerFarm.clientAddress(1), ServerFarm.virtual(1), 81);
                var marked = farm.converse(ServerFarm.clientAddress(1), ServerFarm.virtual(2), 443);
                var direct = farm.converse(ServerFarm.clientAddress(1), ServerFarm.server(1), ServerFarm.PORT)) {
            put(MARKED, Leaving.END, destination(2, 1, false));

            assertThat(marked.ends()).isTrue();
            assertThat(web.goesOn()).isTrue();
            assertThat(direct.goesOn()).isTrue();
            put(WEB, Leaving.END, destination(2, 1, false));
            assertThat(web.ends()).isTrue();
            assertThat(other.goesOn()).as("one of another service").isTrue();
            assertThat(direct.goesOn()).as("no connection of a virtual server").isTrue();
        }
    }

    @Test
    void openConnectionsAreCounted() throws Exception {
        put(WEB, Leaving.KEEP, destination(1, 1, false), destination(2, 0, false));
        try (var one = farm.converse(ServerFarm.clientAddress(1), ServerFarm.virtual(1), 80);
                var other = farm.converse(ServerFarm.clientAddress(2), ServerFarm.virtual(1), 80)) {
            assertThat(farm.ask(Transport.TCP, ServerFarm.virtual(1), 80)).isEqualTo("s1");

            Await.until(
                    "the third is closing",
                    () -> table.figures().get(0).destinations().get(0).inactive() == 1);

            var figures = table.figures().get(0).destinations();
            assertThat(figures.get(0).active()).isEqualTo(2);
            assertThat(figures.get(1).active()).isZero();
            assertThat(one.goesOn() && other.goesOn()).isTrue();
        }
    }

    @Test
    void whoAsksFromTheDirectorItselfIsServedAndRefused() throws Exception {
        put(WEB, Leaving.KEEP, destination(1, 1, false));
        try (var socket = new Socket(ServerFarm.virtual(1), 80)) {
            assertThat(new String(socket.getInputStream().readNBytes(2), StandardCharsets.US_ASCII))
                    .isEqualTo("s1");
        }
        put(WEB, Leaving.KEEP);
        assertThatThrownBy(() -> new Socket(ServerFarm.virtual(1), 80).close()).isInstanceOf(ConnectException.class);
    }

    private void put(ServiceKey key, Leaving leaving, Destination... destinations) throws Exception {
        long before = heard.applied(key);
        var service = new VirtualService(key, Scheduler.RR, Set.of(), null, false);
        table.put(List.of(new Desired(service, List.of(destinations), leaving)));
        heard.awaitApplied(key, before);
    }

    private static Destination destination(int number, int weight, boolean masquerade) {
        return new Destination(
                ServerFarm.server(number), ServerFarm.PORT, new Forwarding.Nat(masquerade), weight, 0, 0);
    }
}
