package io.halcyon.check.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.testkit.Look;
import io.halcyon.testkit.ScriptedPeer;
import io.halcyon.testkit.ScriptedPeer.Scene;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that no check may trust. */
@Timeout(120)
class HostileHttpServerTest {

    private static final String HEAD = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = HEAD + "Transfer-Encoding: chunked\r\n\r\n";
    private static final Scene HEARS = ScriptedPeer.hears();

    static Stream<Arguments> http1() {
        return Stream.of(
                Arguments.of(HEARS.then(peer -> {}), "the server ended the connection without an answer"),
                Arguments.of(HEARS.then(ScriptedPeer.resets()), "reset"),
                Arguments.of(says("SSH-2.0-OpenSSH_9.2\r\n"), "the answer is not HTTP, it begins with \"S\""),
                Arguments.of(says("HTTP/1.1 2000 OK\r\n"), "the status line makes no sense: \"HTTP/1.1 2000 OK\""),
                Arguments.of(
                        says("HTTP/1.1 \u00ff\u00fe\u00001 OK\r\n"),
                        "the status line makes no sense: \"HTTP/1.1 ???1 OK\""),
                Arguments.of(says("HTTP/2.0 200 OK\r\n"), "the status line makes no sense"),
                Arguments.of(says(HEAD), "the server ended the connection within the header"),
                Arguments.of(says(HEAD + "no colon\r\n"), "a header field makes no sense: \"no colon\""),
                Arguments.of(says(HEAD + "Content-Length: 5\r\n\r\nabc"), "3 of 5 bytes came"),
                Arguments.of(says(HEAD + "Content-Length: -1\r\n\r\n"), "content-length makes no sense"),
                Arguments.of(
                        says(HEAD + "Content-Length: 99999999999999999999\r\n\r\n"),
                        "content-length makes no sense or is too long"),
                Arguments.of(
                        says(HEAD + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc"),
                        "content-length is given twice"),
                Arguments.of(
                        says(HEAD + "Content-Length: 500000000\r\n\r\nabc"),
                        "content too long: 500000000 bytes are announced"),
                Arguments.of(
                        says(HEAD + "Transfer-Encoding: gzip, chunked\r\n\r\n"), "transfer-encoding is not chunked"),
                Arguments.of(says(CHUNKED + "zz\r\n"), "the size of a chunk makes no sense: \"zz\""),
                Arguments.of(says(CHUNKED + "-1\r\n"), "the size of a chunk makes no sense: \"-1\""),
                Arguments.of(says(CHUNKED + "\r\n"), "the size of a chunk makes no sense"),
                Arguments.of(says(CHUNKED + "fffffffff\r\n"), "the size of a chunk makes no sense"),
                Arguments.of(says(CHUNKED + "5" + " ".repeat(300)), "the size of a chunk makes no sense"),
                Arguments.of(says(CHUNKED + "3\r\nabcdef\r\n"), "a chunk is longer than its size says"),
                Arguments.of(says(CHUNKED + "5\r\nab"), "within the chunked body after 2 bytes"),
                Arguments.of(
                        HEARS.then(ScriptedPeer.says(HEAD)).then(floods("X-Endless: header\r\n")),
                        "the header is longer than 64 KiB"),
                Arguments.of(
                        HEARS.then(ScriptedPeer.says(HEAD + "X: ")).then(ScriptedPeer.floods('y')),
                        "the header is longer than 64 KiB"),
                Arguments.of(HEARS.then(floods("HTTP/1.1 100 Continue\r\n\r\n")), "the header is longer than 64 KiB"),
                Arguments.of(
                        HEARS.then(ScriptedPeer.says(HEAD + "\r\n")).then(ScriptedPeer.floods('x')),
                        "content too long: more than the 1048576 bytes"),
                Arguments.of(
                        HEARS.then(ScriptedPeer.says(CHUNKED)).then(floods("1\r\nx\r\n")),
                        "content too long: more than the 1048576 bytes"),
                Arguments.of(
                        HEARS.then(ScriptedPeer.says(CHUNKED + "0\r\n")).then(floods("X-Endless: trailer\r\n")),
                        "the header is longer than 64 KiB"));
    }

    @ParameterizedTest
    @MethodSource("http1")
    void itIsDownWithOneSentence(Scene scene, String sentence) throws Exception {
        try (var peer = new ScriptedPeer(scene)) {
            var result = Checks.lookAt(peer.port(), "digest", "0".repeat(32));

            assertThat(result.health()).isEqualTo(Health.DOWN);
            assertThat(result.reason()).containsIgnoringCase(sentence).doesNotContain("\n", "Exception");
        }
    }

    @Test
    void oneByteASecondIsDownAtTheLimit() throws Exception {
        try (var peer = new ScriptedPeer(HEARS.then(ScriptedPeer.drips(HEAD + "\r\n")))) {
            assertThat(Look.at(Checks.http(peer.port()), 1_500).health()).isEqualTo(Health.DOWN);
        }
    }

    @Test
    void whoNeverAcceptsIsGivenUp() throws Exception {
        // The kernel drops what comes when the queue is full.
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var waiting = new ArrayList<SocketChannel>();
            for (int i = 0; i < 8; i++) {
                var channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.connect(full.getLocalSocketAddress());
                waiting.add(channel);
            }
            var result = Checks.lookAt(full.getLocalPort(), "connect.timeout", 0.3);
            for (var channel : waiting) {
                channel.close();
            }
            assertThat(result.reason()).endsWith(": no connection within 300 ms (connect.timeout)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a*)*b", "(a|aa)+$", "(.*)(.*)(.*)x", "((a|b)*)*c"})
    void anExpressionThatTakesForEverIsGivenUp(String expression) throws Exception {
        try (var peer = new ScriptedPeer(says(HEAD + "\r\n" + "a".repeat(100_000)))) {
            long start = System.nanoTime();
            var result = Checks.lookAt(peer.port(), "regex", expression + "!");

            assertThat(result.health()).isEqualTo(Health.DOWN);
            assertThat(result.reason()).containsAnyOf("regex takes too long", "regex was not found");
            assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
        }
    }

    @Test
    void chunkSizesMayBeFilledUpWithZeros() throws Exception {
        try (var peer = new ScriptedPeer(says(CHUNKED + "00000005\r\nhello\r\n00000000\r\n\r\n"))) {
            var result = Checks.lookAt(peer.port(), "regex", "^hello$");

            assertThat(result.health()).as(result.reason()).isEqualTo(Health.UP);
        }
    }

    @Test
    void anAnswerToHeadTellsOfABodyThatIsNotThere() throws Exception {
        var header = HEAD + "Content-Encoding: gzip\r\nContent-Length: 4700372992\r\n\r\n";
        try (var peer = new ScriptedPeer(says(header))) {
            var result = Checks.lookAt(peer.port(), "method", "HEAD", "gzip", true);

            assertThat(result.health()).as(result.reason()).isEqualTo(Health.UP);
        }
    }

    @Test
    void invalidUtf8IsNoFaultOfTheRest() throws Exception {
        try (var peer = new ScriptedPeer(says(HEAD + "\r\n\u00ff\u00fe\u00c3( fine"))) {
            assertThat(Checks.lookAt(peer.port(), "regex", "fine$").health()).isEqualTo(Health.UP);
        }
    }

    @Test
    void aSmallBombIsNoLargerThanTheLimit() throws Exception {
        var bomb = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bomb)) {
            var zeros = new byte[1 << 20];
            for (int i = 0; i < 200; i++) {
                zip.write(zeros);
            }
        }
        var head = HEAD + "Content-Encoding: gzip\r\nContent-Length: " + bomb.size() + "\r\n\r\n";
        var scene = HEARS.then(ScriptedPeer.says(head)).then(ScriptedPeer.says(bomb.toByteArray()));
        try (var peer = new ScriptedPeer(scene)) {
            assertThat(Checks.lookAt(peer.port()).health()).isEqualTo(Health.UP);
            assertThat(Checks.lookAt(peer.port(), "gzip", true).reason())
                    .endsWith("content too long: more than the 1048576 bytes of body.max");
        }
        try (var peer = new ScriptedPeer(says(HEAD + "Content-Encoding: gzip\r\n\r\nno gzip"))) {
            assertThat(Checks.lookAt(peer.port(), "gzip", true).reason())
                    .endsWith("the body says that it is gzip and is not");
        }
    }

    @Test
    void jsonThatIsDeepIsDown() throws Exception {
        try (var peer = new ScriptedPeer(says(HEAD + "\r\n" + "[".repeat(500_000)))) {
            assertThat(Checks.lookAt(peer.port(), "json.pointer", "/a").reason())
                    .contains("the body is not JSON");
        }
    }

    static Stream<Arguments> http2() {
        var settings = "000000040000000000";
        var headers = frame(1, 4, 1, "88");
        return Stream.of(
                Arguments.of(says("HTTP/1.1 400 Bad Request\r\n\r\n"), "the server does not speak HTTP/2"),
                Arguments.of(hex(frame(1, 5, 1, "88")), "the server does not speak HTTP/2"),
                Arguments.of(hex(settings + "ffffff000000000001"), "an HTTP/2 frame of 16777215 bytes"),
                Arguments.of(hex(settings + frame(0, 1, 1, "41")), "without a header"),
                Arguments.of(hex(settings + frame(1, 5, 3, "88")), "on HTTP/2 stream 3"),
                Arguments.of(hex(settings + frame(9, 4, 1, "88")), "that it had not begun"),
                Arguments.of(
                        hex(settings + frame(1, 1, 1, "88") + frame(6, 0, 0, "00".repeat(8))),
                        "broke off an HTTP/2 header block"),
                Arguments.of(hex(settings + frame(1, 5, 1, "ff".repeat(20))), "header cannot be read"),
                Arguments.of(hex(settings + frame(1, 5, 1, "82")), "header has no status"),
                Arguments.of(hex(settings + frame(1, 13, 1, "ff88")), "padded beyond its end"),
                Arguments.of(hex(settings + frame(1, 37, 1, "88")), "that is too short"),
                Arguments.of(hex(settings + frame(5, 4, 1, "0000000288")), "pushed what nobody asked for"),
                Arguments.of(hex(settings + frame(3, 0, 1, "00000007")), "broke off the stream, HTTP/2 error 7"),
                Arguments.of(
                        hex(settings + frame(7, 0, 0, "000000000000000b")), "ended the HTTP/2 connection, error 11"),
                Arguments.of(hex(settings + frame(4, 0, 0, "0001")), "settings make no sense"),
                Arguments.of(hex(settings + frame(6, 0, 0, "0001")), "ping makes no sense"),
                Arguments.of(hex(settings + headers), "ended the HTTP/2 connection within the body"),
                Arguments.of(hex(settings), "ended the HTTP/2 connection without an answer"),
                Arguments.of(hex(settings).then(ScriptedPeer.resets()), "reset"),
                Arguments.of(
                        hex(settings + frame(1, 0, 1, "88")).then(frames(frame(9, 0, 1, ""))),
                        "more than 100 HTTP/2 frames"),
                Arguments.of(
                        hex(settings + frame(1, 0, 1, "88")).then(frames(frame(9, 0, 1, "00".repeat(16_000)))),
                        "the header is longer than 64 KiB"),
                Arguments.of(hex(settings).then(frames(settings)), "more than 100 HTTP/2 frames"),
                Arguments.of(hex(settings).then(frames(frame(6, 0, 0, "00".repeat(8)))), "more than 100 HTTP/2 frames"),
                Arguments.of(hex(settings + headers).then(frames(frame(0, 0, 1, ""))), "more than 100 HTTP/2 frames"),
                Arguments.of(
                        hex(settings + headers).then(frames(frame(0, 0, 1, "41".repeat(16_000)))),
                        "content too long: more than the 1048576 bytes"),
                Arguments.of(hex(settings).then(frames(frame(250, 0, 77, "00"))), "more than 100 HTTP/2 frames"));
    }

    @ParameterizedTest
    @MethodSource("http2")
    void inHttp2ItIsDownWithOneSentence(Scene scene, String sentence) throws Exception {
        try (var peer = new ScriptedPeer(scene)) {
            var result = lookByHttp2(peer);

            assertThat(result.health()).as(result.reason()).isEqualTo(Health.DOWN);
            assertThat(result.reason()).containsIgnoringCase(sentence).doesNotContain("\n", "Exception");
        }
    }

    @Test
    void whatHttp2AllowsIsUnderstood() throws Exception {
        var scene = hex("000000040000000000" + frame(8, 0, 0, "00000001") + frame(1, 4, 1, "08033130" + "33")
                + frame(1, 0x28, 1, "01" + "0000000010" + "88" + "00")
                + frame(9, 4, 1, "") + frame(0, 8, 1, "024142" + "0000") + frame(0, 0, 1, "43")
                + frame(1, 5, 1, "0f0d0133"));
        try (var peer = new ScriptedPeer(scene)) {
            // MD5 of ABC
            var result = lookByHttp2(peer, "digest", "902fbdd2b1df0c4f70b4a5d23525e932");
            assertThat(result.health()).as(result.reason()).isEqualTo(Health.UP);
        }
    }

    @Test
    void randomFramesNeverThrow() throws Exception {
        var random = new Random(7);
        for (int i = 0; i < 150; i++) {
            var bytes = new StringBuilder("000000040000000000");
            for (int frames = random.nextInt(6); frames >= 0; frames--) {
                var payload = new byte[random.nextInt(40)];
                random.nextBytes(payload);
                bytes.append(frame(
                        random.nextInt(11),
                        random.nextInt(64),
                        random.nextInt(3),
                        HexFormat.of().formatHex(payload)));
            }
            try (var peer = new ScriptedPeer(hex(bytes.toString()))) {
                assertThat(lookByHttp2(peer).reason())
                        .as(bytes.toString())
                        .isNotBlank()
                        .doesNotContain("Exception");
            }
        }
    }

    private static CheckResult lookByHttp2(ScriptedPeer peer, Object... more) throws Exception {
        var keys = new ArrayList<Object>(List.of("http.protocol", "2"));
        keys.addAll(List.of(more));
        return Checks.lookAt(peer.port(), keys.toArray());
    }

    private static Scene says(String text) {
        return HEARS.then(ScriptedPeer.says(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static Scene hex(String digits) {
        return HEARS.then(ScriptedPeer.says(HexFormat.of().parseHex(digits)));
    }

    private static Scene floods(String text) {
        var many = text.repeat(1_000).getBytes(StandardCharsets.US_ASCII);
        return peer -> {
            for (int i = 0; i < 100_000; i++) {
                peer.getOutputStream().write(many);
            }
        };
    }

    private static Scene frames(String digits) {
        var one = HexFormat.of().parseHex(digits);
        return peer -> {
            for (int i = 0; i < 100_000; i++) {
                peer.getOutputStream().write(one);
            }
        };
    }

    private static String frame(int type, int flags, int stream, String payload) {
        return "%06x%02x%02x%08x%s".formatted(payload.length() / 2, type, flags, stream, payload);
    }
}
