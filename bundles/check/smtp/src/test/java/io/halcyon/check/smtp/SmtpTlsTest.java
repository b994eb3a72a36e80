package io.halcyon.check.smtp;

import static io.halcyon.testkit.ScriptedPeer.floods;
import static io.halcyon.testkit.ScriptedPeer.hears;
import static io.halcyon.testkit.ScriptedPeer.resets;
import static io.halcyon.testkit.ScriptedPeer.says;
import static io.halcyon.testkit.ScriptedPeer.silence;
import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.testkit.Keys;
import io.halcyon.testkit.Look;
import io.halcyon.testkit.ScriptedPeer;
import io.halcyon.testkit.TestAuthority;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.server.SMTPServer;

@Timeout(60)
class SmtpTlsTest {

    private static final String OFFER = "250-x\r\n250 STARTTLS\r\n";

    @TempDir
    static Path directory;

    private static SSLContext context;
    private static String authorities;

    @BeforeAll
    static void makeCertificates() throws Exception {
        var authority = new TestAuthority(directory);
        authority.issue("server", "-ext", "san=ip:127.0.0.1");
        context = authority.serverContext("server");
        authorities = authority.caFile().toString();
    }

    @Test
    void starttlsIsSpokenWithARealServer() throws Exception {
        var server = started(builder -> builder.startTlsSocketFactory(context).requireTLS());
        try {
            var result = look(server.getPortAllocated(), "starttls", "ca", authorities);

            assertThat(result.health()).as(result.reason()).isEqualTo(Health.UP);
            assertThat(result.details().values()).singleElement().satisfies(facts -> assertThat(facts)
                    .contains("SubEthaSMTP", "TLSv1.3"));
        } finally {
            server.stop();
        }
    }

    @Test
    void smtpsIsSpokenWithARealServer() throws Exception {
        var server = started(builder -> builder.serverSocketFactory(context));
        try {
            var result = look(server.getPortAllocated(), "smtps", "ca", authorities);

            assertThat(result.health()).as(result.reason()).isEqualTo(Health.UP);
            var plain = new SmtpCheckFactory()
                    .create("mail", Keys.of(SmtpKeys.class, Map.of("connect.port", server.getPortAllocated())));
            assertThat(Look.at(plain, 300)).isEqualTo(CheckResult.down("timed out"));
        } finally {
            server.stop();
        }
    }

    @Test
    void aCertificateThatIsNotTrustedIsDownUnlessItIsNotVerified() throws Exception {
        var server = started(builder -> builder.startTlsSocketFactory(context).enableTLS());
        try {
            int port = server.getPortAllocated();

            assertThat(look(port, "starttls").reason())
                    .startsWith("127.0.0.1:" + port + ": STARTTLS: the certificate of ")
                    .contains("not signed by a known authority");
            assertThat(look(port, "starttls", "verify", false).health()).isEqualTo(Health.UP);
            assertThat(look(port, "starttls", "ca", authorities, "sni.name", "mx.example.org")
                            .reason())
                    .contains("not for mx.example.org");
        } finally {
            server.stop();
        }
    }

    @Test
    void aServerWithoutStarttlsIsDown() throws Exception {
        var server = started(builder -> builder);
        try {
            assertThat(look(server.getPortAllocated(), "starttls").reason())
                    .endsWith(": STARTTLS: the server does not offer it");
        } finally {
            server.stop();
        }
    }

    @Test
    void whatIsSlippedInBeforeTlsBeginsIsNotHeard() throws Exception {
        try (var peer = new ScriptedPeer(
                offers().then(says("220 go\r\n250 injected\r\n")).then(silence()))) {
            assertThat(look(peer.port(), "starttls").reason())
                    .endsWith(": STARTTLS: more than the answer came before TLS began");
        }
    }

    @Test
    void garbageAndResetsAreDownAtEachStageOfTls() throws Exception {
        var goes = offers().then(says("220 go\r\n")).then(hears());
        try (var refuses = new ScriptedPeer(
                        offers().then(says("454 4.7.0 TLS not available\r\n")).then(silence()));
                var garbage = new ScriptedPeer(
                        goes.then(says("this is no TLS at all\r\n")).then(silence()));
                var flood = new ScriptedPeer(goes.then(floods('x')));
                var reset = new ScriptedPeer(goes.then(resets()))) {
            assertThat(look(refuses.port(), "starttls").reason())
                    .endsWith(": STARTTLS: the answer is 454, expected is 220");
            assertThat(look(garbage.port(), "starttls").reason())
                    .endsWith(": STARTTLS: the server does not answer in TLS");
            assertThat(look(flood.port(), "starttls").reason())
                    .endsWith(": STARTTLS: the server does not answer in TLS");
            assertThat(look(reset.port(), "starttls").reason()).contains(": STARTTLS: the connection broke during");
        }
    }

    @Test
    void aServerThatDoesNotFinishTheHandshakeIsNoConnection() throws Exception {
        try (var peer = new ScriptedPeer(silence())) {
            assertThat(look(peer.port(), "smtps", "connect.timeout", 0.2))
                    .isEqualTo(CheckResult.down("127.0.0.1:" + peer.port() + ": no connection within 200 ms"));
        }
    }

    @Test
    void itsStepsAreTold() throws Exception {
        var server = started(builder -> builder.startTlsSocketFactory(context).requireTLS());
        try {
            var keys = Map.<String, Object>of(
                    "connect.port", server.getPortAllocated(), "tls", "starttls", "ca", authorities);
            var result = Look.withSteps(new SmtpCheckFactory().create("mail", Keys.of(SmtpKeys.class, keys)), 20_000);

            assertThat(result.details().keySet().stream().filter(name -> name.startsWith(CheckResult.STEP)))
                    .containsExactly(
                            "step.greeting", "step.ehlo", "step.starttls", "step.tls", "step.ehlo.2", "step.quit");
        } finally {
            server.stop();
        }
    }

    private static ScriptedPeer.Scene offers() {
        return says("220 x\r\n").then(hears()).then(says(OFFER)).then(hears());
    }

    private static SMTPServer started(UnaryOperator<SMTPServer.Builder> options) {
        var server = options.apply(SMTPServer.port(0).bindAddress(InetAddress.getLoopbackAddress()))
                .build();
        server.start();
        return server;
    }

    private static CheckResult look(int port, String tls, Object... keysAndValues) throws Exception {
        var keys = new HashMap<String, Object>(Map.of("connect.port", port, "tls", tls));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            keys.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return Look.at(new SmtpCheckFactory().create("mail", Keys.of(SmtpKeys.class, keys)), 4_000);
    }
}
