package io.halcyon.check.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.check.Health;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.HealthCheck;
import io.halcyon.testkit.DatagramPeer;
import io.halcyon.testkit.InNetworkNamespace;
import io.halcyon.testkit.Keys;
import io.halcyon.testkit.Look;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class UdpCheckTest {

    private static final double AMPLE = 20;

    @Test
    void silenceIsUpUnlessAReplyIsRequired() throws Exception {
        try (var mute = new DatagramPeer(DatagramPeer.silence())) {
            var up = look("connect.port", mute.port(), "reply.wait", 0.1);
            assertThat(up.reason()).isEqualTo("UDP 127.0.0.1:" + mute.port() + " takes datagrams");
            assertThat(up.health()).isEqualTo(Health.UP);

            var down = look("connect.port", mute.port(), "reply.wait", 0.1, "require.reply", true);
            assertThat(down.reason()).isEqualTo("UDP 127.0.0.1:" + mute.port() + " does not reply");
            assertThat(down.health()).isEqualTo(Health.DOWN);

            assertThat(mute.received()).hasSize(2).allMatch(datagram -> datagram.length == 16);
            assertThat(mute.received().get(0)).isNotEqualTo(mute.received().get(1));
        }
    }

    @Test
    void aClosedPortIsDownAtOnce() throws Exception {
        int port = DatagramPeer.closedPort();

        for (boolean replyIsRequired : new boolean[] {false, true}) {
            long start = System.nanoTime();
            var result = look("connect.port", port, "reply.wait", AMPLE, "require.reply", replyIsRequired);

            assertThat(result.reason()).isEqualTo("nobody listens at UDP 127.0.0.1:" + port);
            assertThat(result.health()).isEqualTo(Health.DOWN);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void payloadIsSentAsItIsWritten() throws Exception {
        try (var echo = new DatagramPeer(List::of)) {
            look("connect.port", echo.port(), "payload", "00 ff0A", "reply.wait", AMPLE);
            look("connect.port", echo.port(), "payload.text", "status \u00e9?", "reply.wait", AMPLE);

            assertThat(echo.received().get(0)).isEqualTo(new byte[] {0, -1, 10});
            assertThat(echo.received().get(1)).isEqualTo("status \u00e9?".getBytes(StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "reply.pattern, 6f6b, replies as expected",
        "reply.pattern, 6FXb XX, replies as expected",
        "reply.pattern, 6f6c, does not match reply.pattern",
        "reply.pattern, 6f6b2069732066696e6500, does not match reply.pattern",
        "reply.text, is fi, replies as expected",
        "reply.text, is bad, does not contain reply.text",
        "max.reply.length, 9, is longer than max.reply.length = 9",
        "max.reply.length, 10, replies as expected",
        "min.reply.length, 10, replies as expected",
        "min.reply.length, 11, is shorter than min.reply.length = 11"
    })
    void theReplyIsJudged(String key, String value, String words) throws Exception {
        try (var server = new DatagramPeer(DatagramPeer.says("ok is fine".getBytes(StandardCharsets.US_ASCII)))) {
            Object given = key.endsWith("length") ? Integer.valueOf(value) : value;

            var result = look("connect.port", server.port(), "require.reply", true, "reply.wait", AMPLE, key, given);

            assertThat(result.reason()).contains("127.0.0.1:" + server.port()).endsWith(words);
            assertThat(result.health()).isEqualTo(words.startsWith("replies") ? Health.UP : Health.DOWN);
            assertThat(result.latency()).isPositive();
            assertThat(result.details())
                    .containsEntry("reply.length", "10")
                    .containsEntry("reply", HexFormat.of().formatHex("ok is fine".getBytes(StandardCharsets.US_ASCII)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, is shorter than min.reply.length = 2",
        "256, is longer than max.reply.length = 255",
        "65507, is longer than max.reply.length = 255"
    })
    void theSmallestAndTheLargestReplyAreMeasured(int length, String words) throws Exception {
        try (var server = new DatagramPeer(DatagramPeer.says(new byte[length]))) {
            var result = look(
                    "connect.port", server.port(), "require.reply", true, "min.reply.length", 2, "reply.wait", AMPLE);

            assertThat(result.reason()).endsWith(words);
            assertThat(result.details()).containsEntry("reply.length", Integer.toString(length));
            assertThat(result.details().get("reply")).hasSizeLessThanOrEqualTo(64);
        }
    }

    @Test
    void theLargestReplyCanBeRight() throws Exception {
        try (var server = new DatagramPeer(DatagramPeer.says(new byte[65_507]))) {
            var result = look(
                    "connect.port",
                    server.port(),
                    "require.reply",
                    true,
                    "min.reply.length",
                    65_507,
                    "max.reply.length",
                    65_507,
                    "reply.wait",
                    AMPLE);

            assertThat(result.reason()).endsWith("replies as expected");
        }
    }

    @Test
    void aSlowReplyIsDegraded() throws Exception {
        DatagramPeer.Scene late = datagram -> {
            try {
                TimeUnit.MILLISECONDS.sleep(40);
            } catch (InterruptedException e) {
                throw new java.io.InterruptedIOException();
            }
            return List.of(datagram);
        };
        try (var server = new DatagramPeer(late)) {
            var slow = look(
                    "connect.port", server.port(), "require.reply", true, "latency.max", 0.03, "reply.wait", AMPLE);

            assertThat(slow.health()).isEqualTo(Health.DEGRADED);
            assertThat(slow.reason()).endsWith("replies, but slower than latency.max = 0.03 s");
        }
    }

    @Test
    void aHostNameIsLookedUp() throws Exception {
        try (var echo = new DatagramPeer(List::of)) {
            assertThat(look(
                                    "connect.ip",
                                    "localhost",
                                    "connect.port",
                                    echo.port(),
                                    "require.reply",
                                    true,
                                    "reply.wait",
                                    AMPLE)
                            .health())
                    .isEqualTo(Health.UP);
        }
        assertThat(look("connect.ip", "no.such.host.invalid", "connect.port", 9).reason())
                .contains("unknown host no.such.host.invalid");
    }

    @Test
    @InNetworkNamespace
    void aRealNameServerAnswersARawQuery() throws Exception {
        var dnsmasq = new ProcessBuilder(
                        "dnsmasq",
                        "--conf-file=/dev/null",
                        "--keep-in-foreground",
                        "--no-resolv",
                        "--no-hosts",
                        "--port=5300",
                        "--listen-address=127.0.0.1",
                        "--bind-interfaces",
                        "--pid-file=",
                        "--user=root",
                        "--log-facility=-",
                        "--host-record=a.test,192.0.2.1")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            // Header with one question, a.test, A, IN; the answer has the same identifier and one answer.
            Object[] query = {
                "connect.port",
                5300,
                "payload",
                "abcd 0100 0001 0000 0000 0000 01 61 04 74657374 00 0001 0001",
                "reply.pattern",
                "abcd 8XX0 0001 0001",
                "reply.wait",
                1.0
            };
            CheckResult result;
            do {
                // It is not there at once.
                result = look(query);
            } while (result.health() != Health.UP && dnsmasq.isAlive());

            assertThat(result.reason()).isEqualTo("UDP 127.0.0.1:5300 replies as expected");
        } finally {
            dnsmasq.destroyForcibly().waitFor();
        }
        assertThat(look("connect.port", 5300).reason()).isEqualTo("nobody listens at UDP 127.0.0.1:5300");
    }

    @ParameterizedTest
    @CsvSource({
        "payload, 0, pairs of hexadecimal digits",
        "payload, 0X, pairs of hexadecimal digits",
        "payload, zz, pairs of hexadecimal digits",
        "reply.pattern, 0, 'pairs of hexadecimal digits, X for any digit'",
        "reply.pattern, 0y, 'pairs of hexadecimal digits, X for any digit'",
        "connect.ip, 1.2.3, an address or a host name"
    })
    void badKeysAreRefused(String key, String value, String allowed) {
        assertThatThrownBy(() -> create("connect.port", 9, key, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key + " = " + value + " is refused: allowed is " + allowed);
    }

    @Test
    void contradictionsAreRefused() {
        assertThatThrownBy(() -> create("connect.port", 9, "min.reply.length", 256))
                .hasMessage("min.reply.length = 256 is refused: allowed is at most max.reply.length = 255");
    }

    private static CheckResult look(Object... keysAndValues) throws Exception {
        return Look.at(create(keysAndValues), 20_000);
    }

    private static HealthCheck create(Object... keysAndValues) {
        Map<String, Object> keys = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            keys.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return new UdpCheckFactory().create("t", Keys.of(UdpKeys.class, keys));
    }
}
