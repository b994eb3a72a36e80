package io.halcyon.lvs.ipvs;

import static io.halcyon.lvs.ipvs.Orders.NAT;
import static io.halcyon.lvs.ipvs.Orders.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.linux.netlink.Conntrack;
import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Desired.Leaving;
import io.halcyon.spi.dataplane.Destination;
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
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of connections when their server leaves, with real packets; the contract has the rest. */
@InNetworkNamespace
@Tag("vm")
class IpvsLeavingTest {

    private static final int PORT = 80;
    private static final InetAddress ANY = new InetSocketAddress(0).getAddress();
    private static final ServiceKey WEB = new ServiceKey.Addressed(Transport.TCP, ServerFarm.virtual(1), PORT);
    private static final ServiceKey DNS = new ServiceKey.Addressed(Transport.UDP, ServerFarm.virtual(1), PORT);

    private final DataplaneRecorder heard = new DataplaneRecorder();
    private ServerFarm farm;
    private ServiceTable table;

    @BeforeEach
    void setUp() throws Exception {
        farm = new ServerFarm();
        table = new IpvsDataplane(TimeUnit.SECONDS.toNanos(1)).open(heard);
    }

    @AfterEach
    void tearDown() {
        table.close();
        farm.close();
    }

    @Test
    void aServerGoesWithItsLastConnection() throws Exception {
        put(service(WEB, Scheduler.RR, null), Leaving.KEEP, 1, 2);
        Socket first = connect();
        Socket second = connect();

        put(service(WEB, Scheduler.RR, null), Leaving.KEEP);
        assertThat(Command.line("ipvsadm -Sn")).contains("-r 10.2.1.2:8080 -m -w 0", "-r 10.2.2.2:8080 -m -w 0");
        reset(first);
        Await.until("one of them is gone", () -> servers() == 1);
        reset(second);
        Await.until("both are gone", () -> servers() == 0);
        assertThat(heard.repaired()).isEmpty();
    }

    @Test
    void aServerThatComesBackMeanwhileServesAgain() throws Exception {
        put(service(WEB, Scheduler.RR, null), Leaving.KEEP, 1, 2);
        try (var conversation = farm.converse(ANY, ServerFarm.virtual(1), PORT)) {
            int server = Integer.parseInt(conversation.server().substring(1));
            put(service(WEB, Scheduler.RR, null), Leaving.KEEP, 3 - server);
            put(service(WEB, Scheduler.RR, null), Leaving.KEEP, 1, 2);

            assertThat(farm.ask(4, Transport.TCP, ServerFarm.virtual(1), PORT)).hasSize(2);
            assertThat(conversation.goesOn()).isTrue();
        }
    }

    @Test
    void theNextDatagramGoesToAnotherServer() throws Exception {
        put(service(DNS, Scheduler.RR, null), Leaving.KEEP, 1, 2);
        try (DatagramSocket client = farm.atClient(() -> new DatagramSocket())) {
            client.connect(ServerFarm.virtual(1), PORT);
            client.setSoTimeout(10_000);
            String first = ask(client);
            assertThat(ask(client)).isEqualTo(first);

            client.setSoTimeout(500); // what goes to the server that left is lost
            put(service(DNS, Scheduler.RR, null), Leaving.KEEP, 3 - Integer.parseInt(first.substring(1)));

            Await.until("the same client is served", () -> !ask(client).isEmpty());
            assertThat(ask(client)).isNotEqualTo(first);
            assertThat(Files.readString(Path.of("/proc/sys/net/ipv4/vs/expire_nodest_conn"))
                            .strip())
                    .as("as the host has it")
                    .isEqualTo("0");
        }
    }

    @Test
    void connectionsOfOtherServicesGoOnWhenSomeEnd() throws Exception {
        ServiceKey other = new ServiceKey.Addressed(Transport.TCP, ServerFarm.virtual(2), PORT);
        put(service(WEB, Scheduler.RR, null), Leaving.END, 1);
        put(service(other, Scheduler.RR, null), Leaving.KEEP, 1, 2);
        try (var ended = farm.converse(ANY, ServerFarm.virtual(1), PORT);
                var stays = farm.converse(ANY, ServerFarm.virtual(2), PORT);
                var kept = farm.converse(ANY, ServerFarm.virtual(2), PORT)) {
            put(service(other, Scheduler.RR, null), Leaving.KEEP, 2);

            table.remove(Set.of(WEB));

            assertThat(ended.ends()).isTrue();
            assertThat(stays.goesOn()).isTrue();
            assertThat(kept.goesOn()).isTrue();
        }
    }

    @Test
    void connectionTrackingForgetsConnectionsThatEnd() throws Exception {
        Command.line("nft add table ip tracking");
        Command.run("nft", "add chain ip tracking seen { type filter hook input priority 0; }");
        Command.line("nft add rule ip tracking seen ct state new accept");
        table.options(new Options(0, 0, 0, false, false, true));
        put(service(WEB, Scheduler.RR, null), Leaving.END, 1, 2);
        try (var conversation = farm.converse(ANY, ServerFarm.virtual(1), PORT)) {
            assertThat(conversation.goesOn()).isTrue();
            var server = InetAddress.getByName("10.2." + conversation.server().substring(1) + ".2");
            assertThat(isTracked(server)).isTrue();

            put(service(WEB, Scheduler.RR, null), Leaving.END, 3);

            Await.until("it is forgotten", () -> !isTracked(server));
            assertThat(conversation.ends()).isTrue();
        }
    }

    private static boolean isTracked(InetAddress server) throws IOException {
        try (var kernel = Conntrack.open()) {
            return !kernel.connections(connection -> connection.server().equals(server))
                    .isEmpty();
        }
    }

    @Test
    void persistentClientsMoveWhenTheirServerLeaves() throws Exception {
        VirtualService persistent = service(WEB, Scheduler.RR, new Persistence(60, 32));
        put(persistent, Leaving.KEEP, 1, 2);
        String first = farm.ask(Transport.TCP, ServerFarm.virtual(1), PORT);
        assertThat(farm.ask(3, Transport.TCP, ServerFarm.virtual(1), PORT)).containsOnlyKeys(first);

        int other = 3 - Integer.parseInt(first.substring(1));
        put(persistent, Leaving.KEEP, other);

        assertThat(farm.ask(3, Transport.TCP, ServerFarm.virtual(1), PORT)).containsOnlyKeys("s" + other);
    }

    @Test
    void connectionsOfAServerThatIsGoneWaitForItOrEndAsConfigured() throws Exception {
        VirtualService persistent = service(WEB, Scheduler.RR, new Persistence(60, 32));
        put(persistent, Leaving.KEEP, 1, 2);
        try (var conversation = farm.converse(ANY, ServerFarm.virtual(1), PORT)) {
            int other = 3 - Integer.parseInt(conversation.server().substring(1));

            put(persistent, Leaving.KEEP, other);
            assertThat(servers()).as("it did not stay for its connections").isEqualTo(1);
            put(persistent, Leaving.KEEP, 1, 2);
            assertThat(conversation.goesOn()).as("when it has come back").isTrue();

            table.options(new Options(0, 0, 0, true, false, false));
            put(persistent, Leaving.KEEP, other);
            assertThat(conversation.ends()).as("with expire.nodest.conn").isTrue();
        }
    }

    @Test
    void persistentConnectionsGoOnWherePersistenceEndsWithTheWeight() throws Exception {
        VirtualService persistent = service(WEB, Scheduler.RR, new Persistence(60, 32));
        table.options(new Options(0, 0, 0, false, true, false));
        put(persistent, Leaving.KEEP, 1, 2);
        try (var conversation = farm.converse(ANY, ServerFarm.virtual(1), PORT)) {
            int other = 3 - Integer.parseInt(conversation.server().substring(1));

            put(persistent, Leaving.KEEP, other);

            assertThat(conversation.goesOn()).isTrue();
            assertThat(farm.ask(3, Transport.TCP, ServerFarm.virtual(1), PORT)).containsOnlyKeys("s" + other);
        }
    }

    private void put(VirtualService service, Leaving leaving, int... servers) throws Exception {
        List<Destination> destinations = IntStream.of(servers)
                .mapToObj(server -> new Destination(ServerFarm.server(server), ServerFarm.PORT, NAT, 1, 0, 0))
                .toList();
        long before = heard.applied(service.key());
        table.put(List.of(new Desired(service, destinations, leaving)));
        heard.awaitApplied(service.key(), before);
    }

    private long servers() {
        return Command.line("ipvsadm -Sn")
                .lines()
                .filter(line -> line.startsWith("-a"))
                .count();
    }

    private Socket connect() throws Exception {
        return farm.atClient(() -> new Socket(ServerFarm.virtual(1), PORT));
    }

    /** The kernel forgets a connection ten seconds after a reset. */
    private static void reset(Socket connection) throws Exception {
        connection.setSoLinger(true, 0);
        connection.close();
    }

    /** Who answers, empty if nobody does. */
    private static String ask(DatagramSocket client) throws Exception {
        byte[] question = "who?".getBytes(StandardCharsets.US_ASCII);
        client.send(new DatagramPacket(question, question.length));
        DatagramPacket answer = new DatagramPacket(new byte[64], 64);
        try {
            client.receive(answer);
            return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII).split(" ", 2)[0];
        } catch (SocketTimeoutException | PortUnreachableException nobody) {
            return "";
        }
    }
}
