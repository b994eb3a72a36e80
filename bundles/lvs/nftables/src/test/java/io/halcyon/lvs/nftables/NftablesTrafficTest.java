package io.halcyon.lvs.nftables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Desired.Leaving;
import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.Forwarding;
import io.halcyon.spi.dataplane.Options;
import io.halcyon.spi.dataplane.Persistence;
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
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What this data plane does with packets beyond the contract of all. */
@InNetworkNamespace
@Timeout(60)
@SuppressWarnings("NullAway.Init") // JUnit calls setUp first.
class NftablesTrafficTest {

    private static final int CLIENTS = 40;
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

    @ParameterizedTest
    @EnumSource(
            value = Scheduler.class,
            names = {"SH", "MH"})
    void aServerThatLeavesOrRestsMovesNoClientsOfOthers(Scheduler scheduler) throws Exception {
        put(scheduler, destination(1, 1, false), destination(2, 1, false), destination(3, 1, false));
        var before = byClient();
        assertThat(before.values()).contains("s1", "s2", "s3");

        put(scheduler, destination(3, 0, false), destination(2, 1, false), destination(1, 1, false));
        assertStayed(before, byClient());
        put(scheduler, destination(1, 1, false), destination(2, 1, false));
        assertStayed(before, byClient());
        put(scheduler, destination(2, 1, false), destination(3, 1, false), destination(1, 1, false));
        assertThat(byClient()).as("as before, in whatever order they are").isEqualTo(before);
    }

    private static void assertStayed(Map<Integer, String> before, Map<Integer, String> after) {
        assertThat(after.values()).doesNotContain("s3");
        assertThat(before.entrySet().stream()
                        .filter(entry -> !entry.getValue().equals("s3"))
                        .filter(entry -> !entry.getValue().equals(after.get(entry.getKey()))))
                .as(before + " -> " + after)
                .hasSizeLessThanOrEqualTo(6);
    }

    @Test
    void aClientThatLeftAQuiescentServerDoesNotGoBack() throws Exception {
        table.options(new Options(0, 0, 0, false, true, false));
        var persistent = new VirtualService(WEB, Scheduler.RR, Set.of(), new Persistence(60, 32), false);
        put(new Desired(persistent, List.of(destination(1, 1, false), destination(2, 0, false)), Leaving.KEEP));
        assertThat(farm.ask(Transport.TCP, ServerFarm.virtual(1), 80)).isEqualTo("s1");
        put(new Desired(persistent, List.of(destination(1, 0, false), destination(2, 1, false)), Leaving.KEEP));
        assertThat(farm.ask(Transport.TCP, ServerFarm.virtual(1), 80)).isEqualTo("s2");

        put(new Desired(persistent, List.of(destination(1, 1, false), destination(2, 1, false)), Leaving.KEEP));

        for (int i = 0; i < 4; i++) {
            assertThat(farm.ask(Transport.TCP, ServerFarm.virtual(1), 80)).isEqualTo("s2");
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

    private Map<Integer, String> byClient() throws Exception {
        var servers = new TreeMap<Integer, String>();
        for (int number = 1; number <= CLIENTS; number++) {
            servers.put(number, farm.ask(Transport.TCP, ServerFarm.clientAddress(number), ServerFarm.virtual(1), 80));
        }
        return servers;
    }

    private void put(Scheduler scheduler, Destination... destinations) throws Exception {
        var service = new VirtualService(WEB, scheduler, Set.of(), null, false);
        put(new Desired(service, List.of(destinations), Leaving.KEEP));
    }

    private void put(ServiceKey key, Leaving leaving, Destination... destinations) throws Exception {
        var service = new VirtualService(key, Scheduler.RR, Set.of(), null, false);
        put(new Desired(service, List.of(destinations), leaving));
    }

    private void put(Desired desired) throws Exception {
        var key = desired.service().key();
        long before = heard.applied(key);
        table.put(List.of(desired));
        heard.awaitApplied(key, before);
    }

    private static Destination destination(int number, int weight, boolean masquerade) {
        return new Destination(
                ServerFarm.server(number), ServerFarm.PORT, new Forwarding.Nat(masquerade), weight, 0, 0);
    }
}
