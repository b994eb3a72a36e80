package io.halcyon.check.tcp;

import static io.halcyon.testkit.ScriptedPeer.drips;
import static io.halcyon.testkit.ScriptedPeer.floods;
import static io.halcyon.testkit.ScriptedPeer.hears;
import static io.halcyon.testkit.ScriptedPeer.resets;
import static io.halcyon.testkit.ScriptedPeer.says;
import static io.halcyon.testkit.ScriptedPeer.silence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.halcyon.api.check.Health;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.testkit.Keys;
import io.halcyon.testkit.Look;
import io.halcyon.testkit.ScriptedPeer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TcpCheckTest {

    @Test
    void anOpenPortIsUp() throws Exception {
        try (var peer = new ScriptedPeer(silence())) {
            var result = look(peer);

            assertThat(result.reason()).isEqualTo("connected to 127.0.0.1:" + peer.port());
            assertThat(result.health()).isEqualTo(Health.UP);
            assertThat(result.latency()).isPositive();
        }
    }

    @Test
    void aClosedPortIsDown() throws Exception {
        int port = ScriptedPeer.closedPort();
        var result = look(Map.of("connect.port", port));

        assertThat(result.reason()).isEqualTo("no connection to 127.0.0.1:" + port + ": Connection refused");
        assertThat(result.health()).isEqualTo(Health.DOWN);
    }

    @Test
    void ipv6IsAsGood() throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getAllByName("::1")[0], 0), 1);
        server.start();
        try {
            int port = server.getAddress().getPort();
            var result = look(Map.of("connect.ip", "[::1]", "connect.port", port));

            assertThat(result.reason()).isEqualTo("connected to [::1]:" + port);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aRealServerAnswersAsExpectedOrNot() throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        server.start();
        try {
            int port = server.getAddress().getPort();
            var request = "GET / HTTP/1.0%0d%0a%0d%0a";

            assertThat(look(Map.of("connect.port", port, "send", request, "expect", "404 Not Found")))
                    .extracting(CheckResult::health, CheckResult::reason)
                    .containsExactly(Health.UP, "127.0.0.1:" + port + " answered as expected");
            var result = look(Map.of("connect.port", port, "send", request, "expect", "200 OK"));
            assertThat(result.reason())
                    .isEqualTo("127.0.0.1:" + port + " closed the connection without what was expected");
            assertThat(result.details().get("answer")).startsWith("HTTP/1.1 404 Not Found");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aGreetingIsWaitedForIfNothingIsSent() throws Exception {
        try (var peer = new ScriptedPeer(says("SSH-2.0-OpenSSH_9.2\r\n").then(silence()))) {
            assertThat(look(peer, "expect", "SSH-2.0-").health()).isEqualTo(Health.UP);
        }
    }

    @Test
    void bytesThatAreNoTextAreFound() throws Exception {
        byte[] invalidUtf8 = {(byte) 0xc3, (byte) 0x28, 0, (byte) 0xff};
        try (var peer = new ScriptedPeer(says(invalidUtf8).then(silence()))) {
            assertThat(look(peer, "expect", "(%00%FF").health()).isEqualTo(Health.UP);
        }
    }

    @Test
    void whatIsNoTextIsShownWithoutHarm() throws Exception {
        byte[] colourful = "\u001b[31mred\u00ff\nno".getBytes(StandardCharsets.ISO_8859_1);
        try (var peer = new ScriptedPeer(says(colourful))) {
            var result = look(peer, "expect", "yes");

            assertThat(result.health()).isEqualTo(Health.DOWN);
            assertThat(result.details()).containsEntry("answer", ".[31mred..no");
        }
    }

    @Test
    void aGigabyteIsNotReadToItsEnd() throws Exception {
        try (var peer = new ScriptedPeer(floods('x'))) {
            assertThat(look(peer, "expect", "yes").reason())
                    .isEqualTo("127.0.0.1:" + peer.port() + " sent a mebibyte without what was expected");
        }
    }

    @Test
    void oneByteASecondIsTooSlow() throws Exception {
        try (var peer = new ScriptedPeer(drips("+PONG"))) {
            var check = check(Map.of("connect.port", peer.port(), "expect", "+PONG"));

            assertThat(Look.at(check, 1_500)).isEqualTo(CheckResult.down("timed out"));
        }
    }

    @Test
    void aResetIsDownAtEachStage() throws Exception {
        try (var atOnce = new ScriptedPeer(resets());
                var afterAWord = new ScriptedPeer(says("+PO").then(hears()).then(resets()));
                var afterHearing = new ScriptedPeer(hears().then(resets()))) {
            assertThat(look(atOnce, "expect", "+PONG").health()).isEqualTo(Health.DOWN);
            assertThat(look(afterHearing, "send", "PING", "expect", "+PONG").reason())
                    .isEqualTo("127.0.0.1:" + afterHearing.port()
                            + " broke the connection (Connection reset) without an answer");
            assertThat(look(afterAWord, "send", "PING", "expect", "+PONG").health())
                    .isEqualTo(Health.DOWN);
        }
    }

    @Test
    void aPeerThatClosesAtOnceIsDownIfSomethingIsExpected() throws Exception {
        try (var peer = new ScriptedPeer(client -> {})) {
            assertThat(look(peer, "expect", "+PONG").reason())
                    .isEqualTo("127.0.0.1:" + peer.port() + " closed the connection without an answer");
        }
    }

    @Test
    void badKeysAreRefusedByName() {
        assertThatThrownBy(() -> check(Map.of("connect.port", 1, "connect.ip", "256.0.0.1")))
                .hasMessage("connect.ip = 256.0.0.1 is refused: allowed is an address or a host name");
        assertThatThrownBy(() -> check(Map.of("connect.port", 1, "expect", "100%")))
                .hasMessageStartingWith("expect = 100% is refused: allowed is text in which %XX is one byte");
        assertThatThrownBy(() -> check(Map.of("connect.port", 1, "send", "x"))).hasMessageStartingWith("expect = ");
    }

    private static CheckResult look(ScriptedPeer peer, Object... keysAndValues) throws Exception {
        var keys = new HashMap<String, Object>(Map.of("connect.port", peer.port()));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            keys.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return look(keys);
    }

    private static CheckResult look(Map<String, Object> keys) throws Exception {
        return Look.at(check(keys), 10_000);
    }

    private static TcpCheck check(Map<String, Object> keys) {
        return (TcpCheck) new TcpCheckFactory().create("port", Keys.of(TcpKeys.class, keys));
    }
}
