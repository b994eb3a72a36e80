package io.halcyon.lvs.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.linux.netlink.Conntrack;
import io.halcyon.linux.netlink.Nftables;
import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Desired.Leaving;
import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.Forwarding;
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
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients see when a server leaves and its connections end. */
@InNetworkNamespace
@Timeout(60)
@SuppressWarnings("NullAway.Init") // JUnit calls setUp first.
class EndedConnectionsTest {

    private static final int STREAM = 9000;
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int SOON_MILLIS = 2_000;

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

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, SLOW, false",
        "192.0.2.1, FAST, false",
        "192.0.2.1, SILENT, false",
        "192.0.2.1, SLOW, true",
        "192.0.2.1, SILENT, true",
        "2001:db8::1, SLOW, false",
        "2001:db8::1, FAST, true",
        "2001:db8::1, SILENT, false"
    })
    void aClientThatOnlyReadsIsReset(String virtual, Pace pace, boolean masquerade) throws Exception {
        var address = InetAddress.getByName(virtual);
        var key = new ServiceKey.Addressed(Transport.TCP, address, 80);
        try (var server = farm.atServer(1, () -> new Stream(pace))) {
            put(key, Leaving.KEEP, server(key, 1, STREAM, masquerade));
            try (var client = farm.atClient(() -> new Socket(address, 80))) {
                assertThat(client.getInputStream().read()).isEqualTo('x');
                var end = read(client);

                put(key, Leaving.END, server(key, 2, STREAM, masquerade));

                assertReset(end);
                if (pace != Pace.SILENT) {
                    Await.until("the server sees it", () -> server.ended);
                }
            }
        }
        assertThat(heard.troubles()).isEmpty();
    }

    @Test
    void soIsOneOnTheDirectorItself() throws Exception {
        var key = new ServiceKey.Addressed(Transport.TCP, ServerFarm.virtual(1), 80);
        try (var server = farm.atServer(1, () -> new Stream(Pace.SILENT))) {
            put(key, Leaving.KEEP, server(key, 1, STREAM, false));
            try (var client = new Socket(ServerFarm.virtual(1), 80)) {
                assertThat(client.getInputStream().read()).isEqualTo('x');
                var end = read(client);

                put(key, Leaving.END);

                assertReset(end);
            }
            assertThat(server.ended).as("nobody told it yet").isFalse();
        }
    }

    @Test
    void aClientOfAServerThatIsDeadIsResetToo() throws Exception {
        var key = new ServiceKey.Addressed(Transport.TCP, ServerFarm.virtual(1), 80);
        put(key, Leaving.KEEP, server(key, 1, ServerFarm.PORT, false));
        try (var client = farm.atClient(() -> new Socket(ServerFarm.virtual(1), 80))) {
            assertThat(client.getInputStream().readNBytes(3)).asString().isEqualTo("s1\n");
            Command.line("ip link set s1 down");
            var end = read(client);

            put(key, Leaving.END, server(key, 2, ServerFarm.PORT, false));

            assertReset(end);
        }
    }

    @Test
    void whatEndsWithOneOrderIsNotKeptByTheNextOneThatWaits() throws Exception {
        var key = new ServiceKey.Addressed(Transport.TCP, ServerFarm.virtual(1), 80);
        var other = new ServiceKey.Addressed(Transport.TCP, ServerFarm.virtual(2), 80);
        var service = new VirtualService(key, Scheduler.RR, Set.of(), null, false);
        put(key, Leaving.KEEP, server(key, 1, ServerFarm.PORT, false));
        try (var client = farm.atClient(() -> new Socket(ServerFarm.virtual(1), 80))) {
            assertThat(client.getInputStream().readNBytes(3)).asString().isEqualTo("s1\n");
            var end = read(client);
            var next = List.of(server(key, 2, ServerFarm.PORT, false));
            long before = heard.applied(other);
            // While this is carried out, the others wait.
            table.put(List.of(
                    new Desired(new VirtualService(other, Scheduler.RR, Set.of(), null, false), next, Leaving.KEEP)));

            table.put(List.of(new Desired(service, next, Leaving.END)));
            table.put(List.of(new Desired(service, next, Leaving.KEEP)));
            table.put(List.of(new Desired(service, List.of(), Leaving.KEEP)));
            heard.awaitApplied(other, before);

            assertReset(end);
        }
    }

    @Test
    void whoComesBackFromTheSamePortIsServedAtOnce() throws Exception {
        var key = new ServiceKey.Addressed(Transport.TCP, ServerFarm.virtual(1), 80);
        put(key, Leaving.KEEP, server(key, 1, ServerFarm.PORT, false));
        try (var first = connect(4_000)) {
            assertThat(first.getInputStream().readNBytes(3)).asString().isEqualTo("s1\n");
            var end = read(first);
            put(key, Leaving.END, server(key, 2, ServerFarm.PORT, false));
            assertReset(end);
        }
        try (var second = connect(4_000)) {
            assertThat(second.getInputStream().readNBytes(3)).asString().isEqualTo("s2\n");
            for (int line = 0; line < 5; line++) {
                second.getOutputStream().write('\n');
                assertThat(second.getInputStream().readNBytes(4)).asString().isEqualTo("s2 \n");
            }
        }
    }

    @Test
    void whatIsNotMeantGoesOnAndNothingIsLeftBehind() throws Exception {
        var key = new ServiceKey.Addressed(Transport.TCP, ServerFarm.virtual(1), 80);
        var other = new ServiceKey.Addressed(Transport.TCP, ServerFarm.virtual(1), 81);
        put(key, Leaving.KEEP, server(key, 1, ServerFarm.PORT, false));
        put(other, Leaving.KEEP, server(other, 1, ServerFarm.PORT, false));
        try (var kernel = Nftables.open(Names.TABLE);
                var tracked = Conntrack.open();
                var ended = farm.converse(ServerFarm.clientAddress(1), ServerFarm.virtual(1), 80);
                var stays = farm.converse(ServerFarm.clientAddress(1), ServerFarm.virtual(1), 81)) {
            var before = Set.copyOf(kernel.chains());

            put(key, Leaving.END, server(key, 1, ServerFarm.OTHER_PORT, false));

            assertThat(ended.ends()).isTrue();
            assertThat(stays.goesOn()).isTrue();
            assertThat(farm.ask(Transport.TCP, ServerFarm.virtual(1), 80)).isEqualTo("s1");
            Await.until(
                    "only services are in the table",
                    () -> kernel.sets().isEmpty() && kernel.chains().size() == before.size());
            assertThat(stays.goesOn()).isTrue();
            assertThat(tracked.translated(connection ->
                            connection.destinationPort() == 80 && connection.serverPort() == ServerFarm.PORT))
                    .isEmpty();
        }
        assertThat(heard.repaired()).isEmpty();
        assertThat(heard.troubles()).isEmpty();
    }

    @Test
    void aServiceOfAllPortsEndsNothingOfTheOneWithAPortOfItsOwn() throws Exception {
        var web = new ServiceKey.Addressed(Transport.TCP, ServerFarm.virtual(1), ServerFarm.PORT);
        var all = new ServiceKey.Addressed(Transport.TCP, ServerFarm.virtual(1), 0);
        put(web, Leaving.KEEP, server(web, 1, 0, false));
        put(all, Leaving.KEEP, server(all, 1, 0, false));
        try (var ofWeb = farm.converse(ServerFarm.clientAddress(1), ServerFarm.virtual(1), ServerFarm.PORT);
                var ofAll = farm.converse(ServerFarm.clientAddress(1), ServerFarm.virtual(1), ServerFarm.OTHER_PORT)) {
            // Whatever is forgotten of it would go there.
            put(web, Leaving.KEEP, server(web, 2, 0, false));

            put(all, Leaving.END, server(all, 2, 0, false));

            assertThat(ofAll.ends()).isTrue();
            assertThat(ofWeb.goesOn()).isTrue();
        }
    }

    private Socket connect(int port) throws Exception {
        return farm.atClient(() -> {
            var socket = new Socket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(ServerFarm.clientAddress(1), port));
            socket.connect(new InetSocketAddress(ServerFarm.virtual(1), 80), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            return socket;
        });
    }

    /** Reads on and on; says when and why that ended. */
    private static CompletableFuture<End> read(Socket client) throws IOException {
        client.setSoTimeout(PATIENCE_MILLIS);
        return CompletableFuture.supplyAsync(() -> {
            try {
                client.getInputStream().transferTo(OutputStream.nullOutputStream());
                return new End("end of the stream", System.nanoTime());
            } catch (IOException e) {
                return new End(String.valueOf(e.getMessage()), System.nanoTime());
            }
        });
    }

    private static void assertReset(CompletableFuture<End> reading) throws Exception {
        long applied = System.nanoTime();

        var end = reading.get(2L * PATIENCE_MILLIS, TimeUnit.MILLISECONDS);

        assertThat(end.reason()).isEqualTo("Connection reset");
        assertThat(TimeUnit.NANOSECONDS.toMillis(end.nanos() - applied)).isLessThan(SOON_MILLIS);
    }

    private void put(ServiceKey key, Leaving leaving, Destination... destinations) throws Exception {
        long before = heard.applied(key);
        boolean allPorts = key instanceof ServiceKey.Addressed addressed && addressed.port() == 0;
        var service = new VirtualService(key, Scheduler.RR, Set.of(), allPorts ? new Persistence(60, 32) : null, false);
        table.put(List.of(new Desired(service, List.of(destinations), leaving)));
        heard.awaitApplied(key, before);
    }

    private static Destination server(ServiceKey key, int number, int port, boolean masquerade) {
        var address = key.ipv6() ? ServerFarm.server6(number) : ServerFarm.server(number);
        return new Destination(address, port, new Forwarding.Nat(masquerade), 1, 0, 0);
    }

    private record End(String reason, long nanos) {}

    /** How often a server says something. */
    private enum Pace {
        /** Once. */
        SILENT,
        /** Ten times a second. */
        SLOW,
        /** As fast as it can. */
        FAST
    }

    /** Says {@code x} to one client, and listens to nothing. */
    private static final class Stream implements AutoCloseable {

        private static final int PERIOD_MILLIS = 100;
        private static final int MUCH_BYTES = 16_384;

        private final ServerSocket listener = new ServerSocket(STREAM);
        private volatile boolean ended;

        Stream(Pace pace) throws IOException {
            var thread = new Thread(() -> serve(pace), "stream");
            thread.setDaemon(true);
            thread.start();
        }

        private void serve(Pace pace) {
            try (var client = listener.accept()) {
                client.getOutputStream().write('x');
                while (pace == Pace.FAST) {
                    client.getOutputStream().write(new byte[MUCH_BYTES]);
                }
                while (pace == Pace.SLOW) {
                    TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
                    client.getOutputStream().write('x');
                }
                client.getInputStream().readAllBytes();
            } catch (IOException reset) {
                ended = true;
            } catch (InterruptedException nobodyDoesThat) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
