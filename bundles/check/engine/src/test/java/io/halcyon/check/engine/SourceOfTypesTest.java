package io.halcyon.check.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.spi.check.CheckResult;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each type hands its keys over: what it opens comes from there. On loopback every address of 127/8 is our own. */
@Timeout(60)
class SourceOfTypesTest {

    private static final String SOURCE = "127.0.0.77";
    private static final String SOMEBODY_ELSES = "192.0.2.77";

    private final LoopThread loop = new LoopThread();
    private final Runners runners = new Runners(loop, () -> null);

    @AfterEach
    void close() {
        runners.close();
        loop.close();
    }

    /** Those that connect, and have no sockets of their own. */
    static Stream<NetworkType> connecting() {
        return NetworkType.all().filter(type -> !type.name().matches("udp|ping|nginx"));
    }

    @ParameterizedTest
    @MethodSource("connecting")
    void aServerSeesTheAddressThatIsAskedFor(NetworkType type) throws Exception {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(20_000);
            var result = start(type, server.getLocalPort(), SOURCE);
            try (var client = server.accept()) {
                assertThat(client.getInetAddress().getHostAddress()).isEqualTo(SOURCE);
            }
            result.get(20, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @MethodSource("connecting")
    void anAddressThatIsNotHereIsUnknown(NetworkType type) throws Exception {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var result = start(type, server.getLocalPort(), SOMEBODY_ELSES).get(20, TimeUnit.SECONDS);

            assertThat(result.health()).isEqualTo(Health.UNKNOWN);
            assertThat(result.reason()).endsWith("bindto = " + SOMEBODY_ELSES + " is no address of this machine");
        }
    }

    @ParameterizedTest
    @MethodSource("datagrams")
    void soDoesAServerOfDatagrams(NetworkType type) throws Exception {
        try (var server = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(20_000);
            var result = start(type, server.getLocalPort(), SOURCE);
            var packet = new DatagramPacket(new byte[100], 100);
            server.receive(packet);

            assertThat(packet.getAddress().getHostAddress()).isEqualTo(SOURCE);
            result.get(20, TimeUnit.SECONDS);
        }
    }

    static Stream<NetworkType> datagrams() {
        return NetworkType.all().filter(type -> type.name().equals("udp"));
    }

    private CompletableFuture<CheckResult> start(NetworkType type, int port, String source) {
        var result = new CompletableFuture<CheckResult>();
        var check = type.check(port, Map.of("bindto", source));
        loop.execute(() -> {
            var order = new Runner.Order(type.factory().type(), check, TimeUnit.SECONDS.toNanos(2), loop.nanos());
            var run = new Run(loop, runners, order, new Tally(), result::complete, over -> {});
            assertThat(run.lingers()).isFalse();
        });
        return result;
    }
}
