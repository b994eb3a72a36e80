package io.halcyon.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.spi.check.CheckRun;
import io.halcyon.testkit.InNetworkNamespace;
import io.halcyon.testkit.ScriptedPeer;
import io.halcyon.testkit.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the distribution's {@code openssl s_server}. */
@Tag("lab")
@InNetworkNamespace
@Timeout(120)
class OpensslTest {

    private static final int PORT = 4433;

    @TempDir
    static Path directory;

    private static TestAuthority authority;
    private static TlsOptions trusting;
    private Process server;

    @BeforeAll
    static void issue() throws Exception {
        authority = new TestAuthority(directory);
        authority.issue("mail.example.test", "-ext", "san=dns:mail.example.test");
        trusting = TlsOptions.DEFAULT.withCaFile(authority.caFile());
    }

    @AfterEach
    void stop() throws Exception {
        server.destroyForcibly().waitFor();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void sessionsAreResumed(String protocol) throws Exception {
        start(protocol, "-rev");
        var client = TlsClient.of(trusting);

        var first = Conversation.hold(client, PORT, "mail.example.test", "hello\n");
        assertThat(first.sentence()).isEmpty();
        assertThat(first.heard()).isEqualTo("olleh\n");
        assertThat(first.protocol).isEqualTo(protocol.equals("-tls1_2") ? "TLSv1.2" : "TLSv1.3");
        for (int i = 0; i < 3; i++) {
            var next = Conversation.hold(client, PORT, "mail.example.test", "hello\n");
            assertThat(next.heard()).isEqualTo("olleh\n");
            assertThat(next.connection.session().getCreationTime())
                    .isEqualTo(first.connection.session().getCreationTime());
        }
    }

    @Test
    void anOpenConnectionIsUpgraded() throws Exception {
        start("-rev");
        var client = TlsClient.of(trusting);
        try (var mail = new ScriptedPeer(ScriptedPeer.says("220 mail.example.test ESMTP\r\n")
                .then(ScriptedPeer.hears())
                .then(ScriptedPeer.says("250-mail.example.test\r\n250 STARTTLS\r\n"))
                .then(ScriptedPeer.hears())
                .then(ScriptedPeer.says("220 go ahead\r\n"))
                .then(OpensslTest::pass))) {
            var target = new InetSocketAddress(InetAddress.getLoopbackAddress(), mail.port());
            var held = Conversation.hold(
                    (run, handler) -> run.connect(target, new Upgrade(run, client, handler)), "hello\n", 1, 20_000);

            assertThat(held.sentence()).isEmpty();
            assertThat(held.heard()).isEqualTo("olleh\n");
        }
    }

    @Test
    void itsWayOfEndingIsAnOrderlyEnd() throws Exception {
        start("-www");
        var client = TlsClient.of(trusting);
        var held = Conversation.hold(
                (run, handler) -> client.connect(run, target(), "mail.example.test", handler),
                "GET / HTTP/1.0\r\n\r\n",
                Integer.MAX_VALUE,
                20_000);

        assertThat(held.cause).isNull();
        assertThat(held.heard()).startsWith("HTTP/1.0 200 ok").contains("mail.example.test");
    }

    @Test
    void whatItLacksIsSaid() throws Exception {
        start(
                "-Verify",
                "1",
                "-verify_return_error",
                "-CAfile",
                authority.caFile().toString(),
                "-rev");
        var held = Conversation.hold(TlsClient.of(trusting), PORT, "mail.example.test", "hello\n");

        assertThat(held.heard()).isEmpty();
        assertThat(held.sentence()).isEqualTo("the server refused the TLS connection with alert certificate_required");
    }

    private void start(String... options) throws Exception {
        var command = new ArrayList<>(List.of("openssl", "s_server", "-accept", "127.0.0.1:" + PORT, "-quiet"));
        command.addAll(List.of("-cert", authority.chainFile("mail.example.test").toString()));
        command.addAll(List.of("-key", authority.keyFile("mail.example.test").toString()));
        command.addAll(List.of(options));
        server = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("s_server.log").toFile())
                .start();
        awaitListener();
    }

    private void awaitListener() throws Exception {
        while (!server.waitFor(20, TimeUnit.MILLISECONDS)) {
            try (var probe = new Socket(InetAddress.getLoopbackAddress(), PORT)) {
                assertThat(probe.isConnected()).isTrue();
                return;
            } catch (IOException notYet) {
                // Asked again, as long as it lives.
            }
        }
        throw new AssertionError("openssl ended with " + server.exitValue());
    }

    /** Both ways; {@code s_server} cannot begin in plaintext. */
    private static void pass(Socket client) throws IOException {
        try (var server = new Socket(InetAddress.getLoopbackAddress(), PORT)) {
            var up = new Thread(() -> {
                try {
                    client.getInputStream().transferTo(server.getOutputStream());
                } catch (IOException gone) {
                    // Then the other direction ends as well.
                }
            });
            up.setDaemon(true);
            up.start();
            server.getInputStream().transferTo(client.getOutputStream());
        }
    }

    private static InetSocketAddress target() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT);
    }

    /** Speaks SMTP up to STARTTLS. */
    private static final class Upgrade implements CheckRun.Handler {

        private final CheckRun run;
        private final TlsClient client;
        private final CheckRun.Handler encrypted;
        private final StringBuilder greeting = new StringBuilder();
        private CheckRun.@Nullable Handler tls;
        private int said;

        Upgrade(CheckRun run, TlsClient client, CheckRun.Handler encrypted) {
            this.run = run;
            this.client = client;
            this.encrypted = encrypted;
        }

        @Override
        public void onConnected(CheckRun.Connection connection) {}

        @Override
        public void onData(CheckRun.Connection connection, ByteBuffer data) {
            if (tls != null) {
                tls.onData(connection, data);
                return;
            }
            greeting.append(StandardCharsets.US_ASCII.decode(data));
            if (!isComplete(greeting.toString())) {
                return;
            }
            greeting.setLength(0);
            switch (said++) {
                case 0 -> say(connection, "EHLO client.example.test\r\n");
                case 1 -> say(connection, "STARTTLS\r\n");
                default -> tls = client.startTls(run, connection, target(), "mail.example.test", encrypted);
            }
        }

        @Override
        public void onClosed(@Nullable IOException cause) {
            (tls == null ? encrypted : tls).onClosed(cause);
        }

        /** Of several lines only the last has a blank behind its number. */
        private static boolean isComplete(String reply) {
            return reply.endsWith("\n")
                    && reply.lines().reduce("", (before, last) -> last).matches("\\d{3} .*");
        }

        private static void say(CheckRun.Connection connection, String line) {
            connection.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
        }
    }
}
