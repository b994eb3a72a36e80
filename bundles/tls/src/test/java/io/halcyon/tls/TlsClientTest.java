package io.halcyon.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.testkit.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server of the JDK. */
@Timeout(120)
class TlsClientTest {

    @TempDir
    static Path directory;

    private static TestAuthority authority;
    private static TlsOptions trusting;

    @BeforeAll
    static void issue() throws Exception {
        authority = new TestAuthority(directory);
        authority.issue("good", "-ext", "san=dns:www.example.test,dns:*.wild.example.test,ip:127.0.0.1");
        authority.issue("rsa", "-keyalg", "RSA", "-ext", "san=dns:www.example.test");
        authority.issue("expired", "-startdate", "-10d", "-validity", "5", "-ext", "san=dns:www.example.test");
        authority.issue("future", "-startdate", "+5d", "-validity", "5", "-ext", "san=dns:www.example.test");
        authority.issue("plain.example.test");
        trusting = TlsOptions.DEFAULT.withCaFile(authority.caFile());
    }

    @ParameterizedTest
    @ValueSource(strings = {"good", "rsa"})
    void whatIsSaidComesBack(String certificate) throws Exception {
        try (var server = server(certificate)) {
            var held = Conversation.hold(TlsClient.of(trusting), server.port(), "www.example.test", "hello");

            assertThat(held.sentence()).isEmpty();
            assertThat(held.heard()).isEqualTo("hello");
            assertThat(held.connection.session().getPeerCertificates()).hasSize(2);
            assertThat(requestedName(server)).isEqualTo("www.example.test");
        }
    }

    @Test
    void aMegabyteGoesThroughBothWays() throws Exception {
        try (var server = server("good")) {
            var much = "0123456789abcdef".repeat(1 << 16);
            var target = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
            var client = TlsClient.of(trusting);
            var held = Conversation.hold(
                    (run, handler) -> client.connect(run, target, null, handler), much, much.length(), 30_000);

            assertThat(held.heard()).isEqualTo(much);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theNextConnectionsResumeTheSession(String protocol) throws Exception {
        try (var server = new EchoServer(
                authority.serverContext("good"), socket -> socket.setEnabledProtocols(new String[] {protocol}))) {
            var client = TlsClient.of(trusting);
            var first = Conversation.hold(client, server.port(), "www.example.test", "1");
            long created = first.connection.session().getCreationTime();
            for (int i = 0; i < 5; i++) {
                // So that a new session could not have the same time.
                while (System.currentTimeMillis() <= created) {
                    Thread.onSpinWait();
                }
                var next = Conversation.hold(client, server.port(), "www.example.test", "2");
                assertThat(next.protocol).isEqualTo(protocol);
                assertThat(next.connection.session().getCreationTime()).isEqualTo(created);
            }
            var other = Conversation.hold(client, server.port(), "other.wild.example.test", "3");
            assertThat(other.connection.session().getCreationTime()).isGreaterThan(created);
        }
    }

    @Test
    void anAddressIsNotSentAsAName() throws Exception {
        try (var server = server("good")) {
            var held = Conversation.hold(TlsClient.of(trusting), server.port(), "127.0.0.1", "hello");

            assertThat(held.sentence()).isEmpty();
            assertThat(requestedName(server)).isEmpty();
        }
    }

    @Test
    void theNameToVerifyNeedNotBeTheOneThatIsSent() throws Exception {
        try (var server = server("good")) {
            var client = TlsClient.of(trusting.withVerifyName("a.wild.example.test"));
            assertThat(Conversation.hold(client, server.port(), "elsewhere.test", "x")
                            .heard())
                    .isEqualTo("x");
            var strict = TlsClient.of(trusting.withVerifyName("a.b.wild.example.test"));
            assertThat(Conversation.hold(strict, server.port(), "www.example.test", "x")
                            .sentence())
                    .isEqualTo("the certificate is issued for www.example.test, *.wild.example.test, 127.0.0.1,"
                            + " not for a.b.wild.example.test");
        }
    }

    @Test
    void aCommonNameCountsIfThereIsNothingElse() throws Exception {
        try (var server = server("plain.example.test")) {
            var client = TlsClient.of(trusting);
            assertThat(Conversation.hold(client, server.port(), "plain.example.test", "x")
                            .heard())
                    .isEqualTo("x");
            assertThat(Conversation.hold(client, server.port(), null, "x").sentence())
                    .isEqualTo("the certificate is issued for plain.example.test, not for 127.0.0.1");
        }
    }

    @Test
    void datesAreSaid() throws Exception {
        try (var expired = server("expired");
                var future = server("future")) {
            assertThat(sentence(expired)).matches("the certificate of www.example.test expired on \\d{4}-.* UTC");
            assertThat(sentence(future))
                    .matches("the certificate of www.example.test is not valid before \\d{4}-.* UTC");
        }
    }

    @Test
    void anUnknownAuthorityIsSaid() throws Exception {
        try (var server = server("good")) {
            var held = Conversation.hold(TlsClient.of(TlsOptions.DEFAULT), server.port(), "www.example.test", "hello");

            assertThat(held.sentence())
                    .isEqualTo("the certificate of www.example.test is not signed by a known authority,"
                            + " the last of the chain signed itself");
            assertThat(held.connected).isZero();
            assertThat(held.closed).isEqualTo(1);
        }
    }

    @Test
    void withoutVerificationAnythingGoes() throws Exception {
        try (var server = server("expired")) {
            var client = TlsClient.of(TlsOptions.DEFAULT.withVerify(false));
            assertThat(Conversation.hold(client, server.port(), "nobody.test", "hello")
                            .heard())
                    .isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"good", "rsa"})
    void aClientCertificateIsShownWhenItIsAskedFor(String alias) throws Exception {
        try (var server = new EchoServer(authority.serverContext("good"), socket -> socket.setNeedClientAuth(true))) {
            var options = trusting.withClientCertificate(authority.chainFile(alias), authority.keyFile(alias));
            var held = Conversation.hold(TlsClient.of(options), server.port(), null, "hello");

            assertThat(held.sentence()).isEmpty();
            assertThat(held.heard()).isEqualTo("hello");
            var nothing = Conversation.hold(TlsClient.of(trusting), server.port(), null, "hello");
            assertThat(nothing.heard()).isEmpty();
            assertThat(nothing.sentence()).startsWith("the server refused the TLS connection with alert ");
        }
    }

    @Test
    void anOldProtocolIsRefusedIfANewerOneIsWanted() throws Exception {
        try (var server = new EchoServer(
                authority.serverContext("good"), socket -> socket.setEnabledProtocols(new String[] {"TLSv1.2"}))) {
            var client = TlsClient.of(trusting.withMinimumProtocol("TLSv1.3"));
            assertThat(Conversation.hold(client, server.port(), null, "x").sentence())
                    .startsWith("the server refused the TLS connection with alert ");
        }
        assertThatThrownBy(() -> trusting.withMinimumProtocol("SSLv3"))
                .hasMessageEndingWith("allowed is TLSv1.2 or TLSv1.3");
    }

    @Test
    void aNewerProtocolIsNotSpokenIfAnOlderOneIsWanted() throws Exception {
        try (var server = server("good")) {
            var client = TlsClient.of(trusting.withMaximumProtocol("TLSv1.2"));
            assertThat(Conversation.hold(client, server.port(), null, "x").protocol)
                    .isEqualTo("TLSv1.2");
        }
        var newest = trusting.withMinimumProtocol("TLSv1.3");
        assertThatThrownBy(() -> newest.withMaximumProtocol("TLSv1.2"))
                .hasMessageContaining("allowed is from the older");
    }

    @Test
    void protocolsAreAgreedUpon() throws Exception {
        try (var server = new EchoServer(authority.serverContext("good"), socket -> {
            var parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"http/1.1", "h2"});
            socket.setSSLParameters(parameters);
        })) {
            var client = TlsClient.of(trusting.withApplicationProtocols("h2"));
            assertThat(Conversation.hold(client, server.port(), null, "x")
                            .connection
                            .applicationProtocol())
                    .isEqualTo("h2");
            assertThat(Conversation.hold(TlsClient.of(trusting), server.port(), null, "x")
                            .connection
                            .applicationProtocol())
                    .isEmpty();
        }
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        var client = TlsClient.of(trusting);
        var target = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        for (var name : List.of("", ".", "a b", "a..b")) {
            assertThatThrownBy(() -> client.connect(null, target, name, null))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static EchoServer server(String certificate) throws Exception {
        return new EchoServer(authority.serverContext(certificate), socket -> {});
    }

    private static String sentence(EchoServer server) throws Exception {
        return Conversation.hold(TlsClient.of(trusting), server.port(), "www.example.test", "x")
                .sentence();
    }

    private static String requestedName(EchoServer server) throws IOException {
        var session =
                (ExtendedSSLSession) server.sessions().get(server.sessions().size() - 1);
        return session.getRequestedServerNames().stream()
                .map(name -> ((SNIHostName) name).getAsciiName())
                .findFirst()
                .orElse("");
    }
}
