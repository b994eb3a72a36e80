package io.halcyon.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.spi.check.AsynchronousCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.CheckRun;
import io.halcyon.testkit.Look;
import io.halcyon.testkit.ScriptedPeer;
import io.halcyon.testkit.ScriptedPeer.Scene;
import io.halcyon.testkit.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that do not want to speak TLS, or not for long. */
@Timeout(120)
class HostileServerTest {

    @TempDir
    static Path directory;

    private static TestAuthority authority;
    private static TlsClient client;

    @BeforeAll
    static void issue() throws Exception {
        authority = new TestAuthority(directory);
        authority.issue("good", "-ext", "san=ip:127.0.0.1");
        client = TlsClient.of(TlsOptions.DEFAULT.withCaFile(authority.caFile()));
    }

    static Stream<Arguments> scenes() {
        var hears = ScriptedPeer.hears();
        return Stream.of(
                Arguments.of(
                        "plain HTTP",
                        hears.then(ScriptedPeer.says("HTTP/1.1 400 Bad Request\r\n\r\n")),
                        "does not answer in TLS"),
                Arguments.of("a flood of the same byte", ScriptedPeer.floods('a'), "does not answer in TLS"),
                Arguments.of(
                        "a reset",
                        hears.then(ScriptedPeer.resets()),
                        "the connection broke during the TLS handshake: "),
                Arguments.of(
                        "an end", hears.then(peer -> {}), "the server ended the connection during the TLS handshake"),
                Arguments.of(
                        "half a record, then an end",
                        hears.then(ScriptedPeer.says(hex("160303004002"))),
                        "the server ended the connection during the TLS handshake"),
                Arguments.of(
                        "an alert",
                        hears.then(ScriptedPeer.says(hex("15030300020228"))),
                        "the server refused the TLS connection with alert handshake_failure"),
                Arguments.of(
                        "a record larger than any",
                        hears.then(ScriptedPeer.says(hex("160303ffff0200"))),
                        "TLS failed: "),
                Arguments.of(
                        "a handshake message of 16 MB",
                        hears.then(ScriptedPeer.says(hex("160303000402ffffff"))).then(records("160303", 16_000)),
                        "TLS failed: "),
                Arguments.of(
                        "data before the handshake",
                        hears.then(records("170303", 16_000)),
                        "the server does not answer in TLS"),
                Arguments.of("empty records for ever", hears.then(records("160303", 0)), ""),
                Arguments.of("changes of cipher for ever", hears.then(HostileServerTest::cipherChanges), ""),
                Arguments.of(
                        "a server hello of nonsense",
                        hears.then(ScriptedPeer.says(hex("160303002a02000026" + "0303" + "00".repeat(36)))),
                        "TLS failed: "));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenes")
    void itEndsWithOneSentence(String name, Scene scene, String sentence) throws Exception {
        try (var peer = new ScriptedPeer(scene)) {
            var held = Conversation.hold(client, peer.port(), null, "x");

            assertThat(held.closed).as("closed: " + held.heard()).isEqualTo(1);
            assertThat(held.connected).isZero();
            assertThat(held.sentence()).contains(sentence).isNotBlank().doesNotContain("\n", "Exception");
        }
    }

    @Test
    void randomRecordsNeverThrow() throws Exception {
        var random = new Random(42);
        for (int i = 0; i < 200; i++) {
            var bytes = new byte[1 + random.nextInt(400)];
            random.nextBytes(bytes);
            bytes[0] = (byte) (20 + random.nextInt(4));
            if (bytes.length > 5) {
                System.arraycopy(new byte[] {3, 3, 0, (byte) random.nextInt(100)}, 0, bytes, 1, 4);
            }
            try (var peer = new ScriptedPeer(ScriptedPeer.hears().then(ScriptedPeer.says(bytes)))) {
                var held = Conversation.hold(client, peer.port(), null, "x");
                assertThat(held.closed).as(HexFormat.of().formatHex(bytes)).isEqualTo(1);
                assertThat(held.sentence()).isNotBlank();
            }
        }
    }

    @Test
    void oneByteAtATimeIsUnderstood() throws Exception {
        try (var server = new EchoServer(authority.serverContext("good"), socket -> {});
                var proxy = new ScriptedPeer(peer -> pass(peer, server.port(), Integer.MAX_VALUE, false))) {
            var held = Conversation.hold(client, proxy.port(), null, "hello");

            assertThat(held.sentence()).isEmpty();
            assertThat(held.heard()).isEqualTo("hello");
        }
    }

    /** Cuts the server's side after each number of bytes in turn. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEndAtAnyPlaceIsNoted(boolean reset) throws Exception {
        var sentences = new ArrayList<String>();
        try (var server = new EchoServer(authority.serverContext("good"), socket -> {})) {
            for (int bytes = 0; bytes < 3_000; bytes += 97) {
                int cut = bytes;
                try (var proxy = new ScriptedPeer(peer -> pass(peer, server.port(), cut, reset))) {
                    var fresh = TlsClient.of(TlsOptions.DEFAULT.withCaFile(authority.caFile()));
                    var target = new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port());
                    var held = Conversation.hold(
                            (run, handler) -> fresh.connect(run, target, null, handler),
                            "x".repeat(2_000),
                            100_000,
                            20_000);
                    assertThat(held.closed).as("cut after " + cut).isEqualTo(1);
                    sentences.add(held.sentence());
                }
            }
        }
        assertThat(sentences).noneMatch(String::isBlank).anyMatch(text -> text.contains("during the TLS handshake"));
        if (!reset) {
            assertThat(sentences).anyMatch(text -> text.contains("without saying so in TLS"));
        }
    }

    @Test
    void whatTheHandlerThrowsIsNotTakenForTheServersFault() throws Exception {
        try (var server = new EchoServer(authority.serverContext("good"), socket -> {})) {
            var target = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
            var thrown = new ArrayList<String>();
            AsynchronousCheck check = run -> client.connect(run, target, null, new CheckRun.Handler() {
                @Override
                public void onConnected(CheckRun.Connection connection) {
                    run.complete(CheckResult.up("as far as it goes"));
                    throw new IllegalStateException("of the plugin");
                }

                @Override
                public void onData(CheckRun.Connection connection, ByteBuffer data) {}

                @Override
                public void onClosed(IOException cause) {
                    thrown.add(String.valueOf(cause));
                }
            });

            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> Look.at(check, 20_000)))
                    .hasStackTraceContaining("of the plugin");
            assertThat(thrown).isEmpty();
        }
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static Scene records(String header, int bytes) {
        return peer -> {
            var record = hex(header + HexFormat.of().toHexDigits((short) bytes) + "00".repeat(bytes));
            for (int i = 0; i < 1_000_000; i++) {
                peer.getOutputStream().write(record);
            }
        };
    }

    private static void cipherChanges(Socket peer) throws IOException {
        var many = hex("140303000101".repeat(1_000));
        for (int i = 0; i < 10_000; i++) {
            peer.getOutputStream().write(many);
        }
    }

    /** Passes everything on to a server, what comes back byte for byte and no more than so much. */
    private static void pass(Socket peer, int port, int most, boolean reset) throws IOException {
        try (var server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            peer.setTcpNoDelay(true);
            var up = new Thread(() -> {
                try {
                    peer.getInputStream().transferTo(server.getOutputStream());
                } catch (IOException gone) {
                    // Then the other direction ends as well.
                }
            });
            up.setDaemon(true);
            up.start();
            for (int i = 0; i < most; i++) {
                int next = server.getInputStream().read();
                if (next < 0) {
                    break;
                }
                peer.getOutputStream().write(next);
            }
            if (reset) {
                ScriptedPeer.resets().play(peer);
            }
        }
    }
}
