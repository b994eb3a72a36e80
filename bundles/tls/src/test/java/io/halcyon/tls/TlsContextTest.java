package io.halcyon.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.testkit.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a server of the JDK. */
@Timeout(60)
class TlsContextTest {

    @TempDir
    static Path directory;

    @TempDir
    static Path otherDirectory;

    private static TestAuthority authority;
    private static TlsOptions trusting;

    @BeforeAll
    static void issue() throws Exception {
        authority = new TestAuthority(directory);
        authority.issue("server", "-ext", "san=dns:www.example.test,ip:127.0.0.1");
        authority.issue("expired", "-startdate", "-10d", "-validity", "5", "-ext", "san=ip:127.0.0.1");
        authority.issue("client");
        trusting = TlsOptions.DEFAULT.withCaFile(authority.caFile());
    }

    @Test
    void whatIsSaidComesBack() throws Exception {
        try (var server = server("server", false)) {
            assertThat(echo(trusting, "www.example.test", server)).isEqualTo("hello");
            assertThat(echo(trusting, "127.0.0.1", server)).isEqualTo("hello");
        }
    }

    @Test
    void aServerOfAnotherNameIsRefusedAlsoWhenItsSessionIsResumed() throws Exception {
        var context = TlsContext.of(trusting);
        try (var server = server("server", false)) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> echo(context, "www.example.org", server))
                        .isInstanceOf(IOException.class)
                        .hasMessage("the certificate is issued for www.example.test, 127.0.0.1, not for"
                                + " www.example.org");
            }
        }
    }

    @Test
    void aServerOfAnotherAuthorityIsRefused() throws Exception {
        var others = TlsOptions.DEFAULT.withCaFile(new TestAuthority(otherDirectory).caFile());
        try (var server = server("server", false)) {
            assertThatThrownBy(() -> echo(others, "127.0.0.1", server))
                    .hasMessageStartingWith("the certificate of www.example.test is not accepted");
        }
    }

    @Test
    void anExpiredServerIsRefusedUnlessNothingIsVerified() throws Exception {
        try (var server = server("expired", false)) {
            assertThatThrownBy(() -> echo(trusting, "127.0.0.1", server)).hasMessageContaining("expired on ");
            assertThat(echo(trusting.withVerify(false), "127.0.0.1", server)).isEqualTo("hello");
        }
    }

    @Test
    void theClientShowsItsCertificate() throws Exception {
        var known = trusting.withClientCertificate(authority.chainFile("client"), authority.keyFile("client"));
        try (var server = server("server", true)) {
            assertThat(echo(known, "127.0.0.1", server)).isEqualTo("hello");
            // With TLS 1.3 the server says so after the handshake.
            assertThatThrownBy(() -> echo(trusting, "127.0.0.1", server)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aServerThatSaysNothingIsWaitedForNoLongerThanTheReadTimeout() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var open = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
            open.setSoTimeout(50);

            assertThatThrownBy(() -> TlsContext.of(trusting).secure(open, "127.0.0.1", server.getLocalPort()))
                    .isInstanceOf(SocketTimeoutException.class);
            assertThat(open.isClosed()).isTrue();
        }
    }

    @Test
    void theJdksClientLearnsTheSentence() throws Exception {
        try (var server = server("expired", false)) {
            var client = HttpClient.newBuilder()
                    .sslContext(TlsContext.of(trusting).jdk())
                    .build();
            var request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + "/"))
                    .build();

            assertThatThrownBy(() -> {
                        try {
                            client.send(request, BodyHandlers.discarding());
                        } catch (IOException e) {
                            throw TlsContext.explained(e);
                        }
                    })
                    .hasMessageStartingWith("the certificate of 127.0.0.1 expired on ");
        }
    }

    @Test
    void whatHasNothingToDoWithTlsIsNotExplained() {
        var other = new IOException("broken pipe");

        assertThat(TlsContext.explained(other)).isSameAs(other);
    }

    private static EchoServer server(String certificate, boolean wantsClients) throws Exception {
        return new EchoServer(
                authority.serverContext(certificate),
                (SSLServerSocket socket) -> socket.setNeedClientAuth(wantsClients));
    }

    private static String echo(TlsOptions options, String name, EchoServer server) throws IOException {
        return echo(TlsContext.of(options), name, server);
    }

    private static String echo(TlsContext context, String name, EchoServer server) throws IOException {
        var open = new Socket(InetAddress.getLoopbackAddress(), server.port());
        open.setSoTimeout(10_000);
        try (var socket = context.secure(open, name, server.port())) {
            socket.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readNBytes(5), StandardCharsets.UTF_8);
        }
    }
}
