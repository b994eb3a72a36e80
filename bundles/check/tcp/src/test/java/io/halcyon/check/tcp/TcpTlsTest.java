package io.halcyon.check.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.halcyon.api.check.Health;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.testkit.Keys;
import io.halcyon.testkit.Look;
import io.halcyon.testkit.ScriptedPeer;
import io.halcyon.testkit.TestAuthority;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a server of the JDK that wants a client's certificate. */
@Timeout(60)
class TcpTlsTest {

    private static final String REQUEST = "GET / HTTP/1.0%0d%0a%0d%0a";

    @TempDir
    static Path directory;

    private static TestAuthority authority;
    private static HttpsServer server;

    @BeforeAll
    static void start() throws Exception {
        authority = new TestAuthority(directory);
        authority.issue("server", "-ext", "san=ip:127.0.0.1,dns:www.example.org");
        authority.issue("client");
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        server.setHttpsConfigurator(new HttpsConfigurator(authority.serverContext("server")) {
            @Override
            public void configure(HttpsParameters parameters) {
                var wanted = getSSLContext().getDefaultSSLParameters();
                wanted.setNeedClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @Test
    void aHandshakeIsEnoughIfNothingIsExpected() throws Exception {
        var result = look("ca", authority.caFile().toString());

        assertThat(result.reason()).isEqualTo("connected to 127.0.0.1:" + port());
        assertThat(result.health()).isEqualTo(Health.UP);
        assertThat(result.details()).containsEntry("protocol", "TLSv1.3").containsKey("cipher");
    }

    @Test
    void whatIsSentAndExpectedGoesThroughTls() throws Exception {
        var result = look(
                "ca",
                authority.caFile().toString(),
                "certificate",
                authority.chainFile("client").toString(),
                "key",
                authority.keyFile("client").toString(),
                "sni.name",
                "www.example.org",
                "send",
                REQUEST,
                "expect",
                "404 Not Found");

        assertThat(result.reason()).isEqualTo("127.0.0.1:" + port() + " answered as expected");
        assertThat(result.health()).isEqualTo(Health.UP);
    }

    @Test
    void aMissingClientCertificateIsNoticedByWhoExpectsAnAnswer() throws Exception {
        var result = look("ca", authority.caFile().toString(), "send", REQUEST, "expect", "404 Not Found");

        assertThat(result.health()).isEqualTo(Health.DOWN);
        assertThat(result.reason()).endsWith("without an answer");
    }

    @Test
    void aCertificateThatIsNotTrustedOrForAnotherHostIsDownUnlessItIsNotVerified() throws Exception {
        assertThat(look().reason())
                .startsWith("no connection to 127.0.0.1:" + port() + ": the certificate of ")
                .contains("not signed by a known authority");
        assertThat(look("ca", authority.caFile().toString(), "sni.name", "other.example.org")
                        .reason())
                .contains("not for other.example.org");
        assertThat(look("verify", false).health()).isEqualTo(Health.UP);
    }

    @Test
    void garbageInsteadOfTlsIsDown() throws Exception {
        try (var peer = new ScriptedPeer(ScriptedPeer.hears().then(ScriptedPeer.says("HTTP/1.1 400 Bad\r\n\r\n")))) {
            var result = Look.at(check(Map.of("connect.port", peer.port(), "tls", true)), 10_000);

            assertThat(result.reason())
                    .isEqualTo("no connection to 127.0.0.1:" + peer.port() + ": the server does not answer in TLS");
            assertThat(result.health()).isEqualTo(Health.DOWN);
        }
    }

    @Test
    void aHandshakeThatDoesNotEndIsNoConnection() throws Exception {
        try (var peer = new ScriptedPeer(ScriptedPeer.silence())) {
            var keys = Map.<String, Object>of("connect.port", peer.port(), "tls", true, "connect.timeout", 0.2);

            assertThat(Look.at(check(keys), 10_000))
                    .isEqualTo(CheckResult.down("no connection to 127.0.0.1:" + peer.port() + " within 200 ms"));
        }
    }

    @Test
    void badKeysAreRefusedByName() {
        var port = Map.<String, Object>of("connect.port", 443, "tls", true);

        assertThatThrownBy(() -> check(with(port, "sni.name", "a b"))).hasMessageStartingWith("sni.name = a b is");
        assertThatThrownBy(() -> check(with(port, "key", "/x"))).hasMessageStartingWith("certificate = ");
        assertThatThrownBy(() -> check(with(port, "ca", "/no/file")))
                .hasMessageStartingWith("ca is refused: file /no/file cannot be read");
    }

    @Test
    void itsStepsAreTold() throws Exception {
        Map<String, Object> keys = Map.of(
                "connect.port", port(),
                "tls", true,
                "ca", authority.caFile().toString(),
                "certificate", authority.chainFile("client").toString(),
                "key", authority.keyFile("client").toString(),
                "send", REQUEST,
                "expect", "HTTP/1.1 ");

        var result = Look.withSteps(check(keys), 20_000);

        assertThat(result.details().keySet().stream().filter(name -> name.startsWith(CheckResult.STEP)))
                .containsExactly("step.tls", "step.request", "step.answer");
    }

    private static Map<String, Object> with(Map<String, Object> keys, String key, Object value) {
        var more = new HashMap<>(keys);
        more.put(key, value);
        return more;
    }

    private static int port() {
        return server.getAddress().getPort();
    }

    private static CheckResult look(Object... keysAndValues) throws Exception {
        var keys = new HashMap<String, Object>(Map.of("connect.port", port(), "tls", true));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            keys.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return Look.at(check(keys), 10_000);
    }

    private static TcpCheck check(Map<String, Object> keys) {
        return (TcpCheck) new TcpCheckFactory().create("port", Keys.of(TcpKeys.class, keys));
    }
}
