package io.halcyon.check.tlscertificate;

import static io.halcyon.testkit.ScriptedPeer.drips;
import static io.halcyon.testkit.ScriptedPeer.floods;
import static io.halcyon.testkit.ScriptedPeer.hears;
import static io.halcyon.testkit.ScriptedPeer.resets;
import static io.halcyon.testkit.ScriptedPeer.says;
import static io.halcyon.testkit.ScriptedPeer.silence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.check.Health;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.HealthCheck;
import io.halcyon.testkit.Keys;
import io.halcyon.testkit.Look;
import io.halcyon.testkit.ScriptedPeer;
import io.halcyon.testkit.TestAuthority;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.server.SMTPServer;

/** With servers of the JDK and certificates that keytool made. */
@Timeout(60)
class TlsCertificateCheckTest {

    private static final String SAN = "san=ip:127.0.0.1,dns:www.example.org";

    @TempDir
    static Path directory;

    private static TestAuthority authority;
    private static String authorities;

    @BeforeAll
    static void makeCertificates() throws Exception {
        authority = new TestAuthority(directory);
        authority.issue("good", "-ext", SAN, "-validity", "20");
        authority.issue("short", "-ext", SAN, "-validity", "10");
        authority.issue("expired", "-ext", SAN, "-startdate", "-10d", "-validity", "5");
        authority.issue("middle", "-ext", "bc:c", "-validity", "8");
        authority.issue("below", "-ext", SAN, "-validity", "20", "-signer", "middle");
        authorities = authority.caFile().toString();
    }

    @Test
    void aCertificateWithEnoughDaysIsUp() throws Exception {
        var result = look("good", "ca", authorities);

        assertThat(result.reason()).matches("127\\.0\\.0\\.1:\\d+: the certificate is valid until \\d{4}-.* UTC");
        assertThat(result.health()).isEqualTo(Health.UP);
        assertThat(result.details())
                .containsEntry("subject", "CN=good")
                .containsEntry("issuer", "CN=Halcyon test authority")
                .containsEntry("days.left", "19.9")
                .containsEntry("protocol", "TLSv1.3");
        assertThat(result.details().get("names")).contains("127.0.0.1", "www.example.org");
    }

    @Test
    void fewerDaysAreDegradedAndThenDown() throws Exception {
        assertThat(look("short", "ca", authorities))
                .extracting(CheckResult::health, result -> result.details().get("days.left"))
                .containsExactly(Health.DEGRADED, "9.9");
        assertThat(look("short", "ca", authorities).reason()).endsWith(", days.warn is 14");
        var down = look("short", "ca", authorities, "days.down", 10.5);
        assertThat(down.health()).isEqualTo(Health.DOWN);
        assertThat(down.reason()).contains("the certificate expires on 20").endsWith(", days.down is 10.5");
        assertThat(look("short", "ca", authorities, "days.warn", 9.5).health()).isEqualTo(Health.UP);
    }

    @Test
    void anExpiredOneIsDownVerifiedOrNot() throws Exception {
        assertThat(look("expired", "ca", authorities))
                .extracting(CheckResult::health, result -> result.reason().contains(" expired on "))
                .containsExactly(Health.DOWN, true);
        var result = look("expired", "verify", false);
        assertThat(result.health()).isEqualTo(Health.DOWN);
        assertThat(result.reason()).contains(": the certificate expired on ");
        assertThat(result.details()).containsEntry("days.left", "-5.1");
    }

    @Test
    void anAuthorityThatExpiresSoonerCounts() throws Exception {
        var result = look("below", "ca", authorities);

        assertThat(result.reason()).contains(": the certificate of its authority CN=middle expires on ");
        assertThat(result.health()).isEqualTo(Health.DEGRADED);
    }

    @Test
    void whoIsNotTrustedOrNamedOtherwiseIsDownUnlessItIsNotVerified() throws Exception {
        assertThat(look("good").reason()).contains("not signed by a known authority");
        assertThat(look("good", "ca", authorities, "sni.name", "other.example.org")
                        .reason())
                .contains("not for other.example.org");
        assertThat(look("good", "ca", authorities, "sni.name", "www.example.org")
                        .health())
                .isEqualTo(Health.UP);
        assertThat(look("good", "verify", false).health()).isEqualTo(Health.UP);
    }

    @Test
    void aRenewedCertificateIsSeenAtTheNextLook() throws Exception {
        var before = Servers.https(authority.serverContext("short"));
        int port = before.getAddress().getPort();
        var check = check(Map.of("connect.port", port, "ca", authorities));
        try {
            assertThat(Look.at(check, 10_000).health()).isEqualTo(Health.DEGRADED);
            assertThat(Look.at(check, 10_000).health()).isEqualTo(Health.DEGRADED);
        } finally {
            before.stop(0);
        }
        var after = Servers.https(authority.serverContext("good"), port);
        try {
            assertThat(Look.at(check, 10_000).health()).isEqualTo(Health.UP);
        } finally {
            after.stop(0);
        }
    }

    @Test
    void itIsDownBeforeItsTimeThenUpThenDegradedThenDown() throws Exception {
        var server = Servers.https(authority.serverContext("good"));
        try {
            var keys =
                    Map.<String, Object>of("connect.port", server.getAddress().getPort(), "verify", false);
            for (var day : Map.of(
                            -2, Health.DOWN, 1, Health.UP, 7, Health.DEGRADED, 19, Health.DEGRADED, 21, Health.DOWN)
                    .entrySet()) {
                InstantSource clock = () -> Instant.now().plus(Duration.ofDays(day.getKey()));
                var check =
                        new TlsCertificateCheckFactory(clock).create("web", Keys.of(TlsCertificateKeys.class, keys));
                assertThat(Look.at(check, 10_000).health())
                        .as("after " + day.getKey() + " days")
                        .isEqualTo(day.getValue());
            }
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aMailServerIsAskedForStarttls() throws Exception {
        var server = SMTPServer.port(0)
                .bindAddress(InetAddress.getLoopbackAddress())
                .startTlsSocketFactory(authority.serverContext("short"))
                .enableTLS()
                .build();
        server.start();
        try {
            var result = Look.at(
                    check(Map.of("connect.port", server.getPortAllocated(), "starttls", "smtp", "ca", authorities)),
                    10_000);

            assertThat(result.health()).as(result.reason()).isEqualTo(Health.DEGRADED);
            assertThat(result.details()).containsEntry("subject", "CN=short");
        } finally {
            server.stop();
        }
    }

    @Test
    void aMailServerThatDoesNotComplyIsDown() throws Exception {
        var offered = says("220-a\r\n220 b\r\n")
                .then(hears())
                .then(says("250-x\r\n250 STARTTLS\r\n"))
                .then(hears());
        try (var refuses = new ScriptedPeer(offered.then(says("454 no\r\n")).then(silence()));
                var injects = new ScriptedPeer(
                        offered.then(says("220 go\r\n250 x\r\n")).then(silence()));
                var http = new ScriptedPeer(says("HTTP/1.1 400\r\n").then(silence()));
                var endless = new ScriptedPeer(floods('2'));
                var gone = new ScriptedPeer(says("220 b\r\n").then(hears()));
                var reset = new ScriptedPeer(
                        offered.then(says("220 go\r\n")).then(hears()).then(resets()))) {
            assertThat(mailFault(refuses)).isEqualTo("STARTTLS: the answer is 454, expected is 220");
            assertThat(mailFault(injects)).isEqualTo("STARTTLS: more than the answer came before TLS began");
            assertThat(mailFault(http)).isEqualTo("the greeting: the server does not answer in SMTP");
            assertThat(mailFault(endless)).isEqualTo("more than 65536 bytes came before TLS began");
            assertThat(mailFault(gone)).isEqualTo("the connection was closed");
            assertThat(mailFault(reset)).startsWith("the connection broke during the TLS handshake");
        }
    }

    @Test
    void whatIsNoTlsIsDown() throws Exception {
        try (var http = new ScriptedPeer(hears().then(says("HTTP/1.1 400 Bad\r\n\r\n")));
                var invalid = new ScriptedPeer(hears().then(says(new byte[] {(byte) 0xc3, (byte) 0x28, 0, 1, 2})));
                var flood = new ScriptedPeer(hears().then(floods('x')));
                var reset = new ScriptedPeer(hears().then(resets()))) {
            assertThat(fault(http)).isEqualTo("the server does not answer in TLS");
            assertThat(fault(invalid)).isNotBlank();
            assertThat(fault(flood)).isEqualTo("the server does not answer in TLS");
            assertThat(fault(reset)).startsWith("the connection broke during the TLS handshake");
            assertThat(Look.at(check(Map.of("connect.port", ScriptedPeer.closedPort())), 10_000)
                            .reason())
                    .endsWith(": Connection refused");
        }
    }

    @Test
    void oneByteASecondIsTooSlow() throws Exception {
        try (var peer = new ScriptedPeer(drips("\u0016\u0003\u0003\u00000"))) {
            assertThat(Look.at(check(Map.of("connect.port", peer.port())), 1_500))
                    .isEqualTo(CheckResult.down("timed out"));
        }
    }

    @Test
    void badKeysAreRefusedByName() {
        assertThatThrownBy(() -> check(Map.of("connect.ip", "a b"))).hasMessageStartingWith("connect.ip = a b is");
        assertThatThrownBy(() -> check(Map.of("sni.name", "a b"))).hasMessageStartingWith("sni.name = a b is");
        assertThatThrownBy(() -> check(Map.of("ca", "/no/file")))
                .hasMessageStartingWith("ca is refused: file /no/file cannot be read");
        assertThatThrownBy(() -> check(Map.of("days.down", 20.0)))
                .hasMessage("days.warn = 14.0 is refused: allowed is at least days.down, which is 20.0");
    }

    private static String mailFault(ScriptedPeer peer) throws Exception {
        return fault(peer, Map.of("connect.port", peer.port(), "starttls", "smtp"));
    }

    private static String fault(ScriptedPeer peer) throws Exception {
        return fault(peer, Map.of("connect.port", peer.port()));
    }

    private static String fault(ScriptedPeer peer, Map<String, Object> keys) throws Exception {
        var result = Look.at(check(keys), 10_000);
        var prefix = "127.0.0.1:" + peer.port() + ": ";
        assertThat(result.health()).isEqualTo(Health.DOWN);
        assertThat(result.reason()).startsWith(prefix);
        return result.reason().substring(prefix.length());
    }

    private static CheckResult look(String alias, Object... keysAndValues) throws Exception {
        var server = Servers.https(authority.serverContext(alias));
        try {
            var keys = new HashMap<String, Object>(
                    Map.of("connect.port", server.getAddress().getPort()));
            for (int i = 0; i < keysAndValues.length; i += 2) {
                keys.put((String) keysAndValues[i], keysAndValues[i + 1]);
            }
            return Look.at(check(keys), 10_000);
        } finally {
            server.stop(0);
        }
    }

    private static HealthCheck check(Map<String, Object> keys) {
        return new TlsCertificateCheckFactory().create("web", Keys.of(TlsCertificateKeys.class, keys));
    }
}
