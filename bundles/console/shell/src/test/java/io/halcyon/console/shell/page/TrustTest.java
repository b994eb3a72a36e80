package io.halcyon.console.shell.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.console.shell.page.OneAnswer.Ending;
import io.halcyon.testkit.TestAuthority;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TrustTest {

    private static final String HELLO = "HTTP/1.1 200 OK\r\n\r\nhello world";
    private static final String HELLO_MD5 = "5eb63bbbe01eeed093cb22bb8f5acdc3";

    @TempDir
    static Path directory;

    private static TestAuthority authority;

    @BeforeAll
    static void issue() throws Exception {
        authority = new TestAuthority(directory);
        authority.issue("www.example.test", "-ext", "san=dns:www.example.test,ip:127.0.0.1");
    }

    @Test
    void anyCertificateIsTakenIfThatIsAskedFor() throws Exception {
        try (var server = server(Ending.CLOSE)) {
            assertThat(fetch(Trust.anybody(), server, "").digest()).isEqualTo(HELLO_MD5);
            assertThat(fetch(Trust.anybody(), server, "other.example.test").digest())
                    .isEqualTo(HELLO_MD5);
        }
    }

    @Test
    void otherwiseItMustBeIssuedForTheHostByAKnownAuthority() throws Exception {
        Trust trust = Trust.authorities(authority.caFile().toString());
        try (var server = server(Ending.CLOSE)) {
            assertThat(fetch(trust, server, "").digest()).isEqualTo(HELLO_MD5);
            assertThat(fetch(trust, server, "www.example.test").digest()).isEqualTo(HELLO_MD5);
            assertThatThrownBy(() -> fetch(trust, server, "other.example.test"))
                    .isInstanceOf(PageException.class)
                    .hasMessageContaining("TLS: ", "other.example.test", "(--insecure takes any certificate)");
            assertThatThrownBy(() -> fetch(Trust.authorities(""), server, ""))
                    .hasMessageContaining("TLS: ", "(--insecure takes any certificate)");
        }
    }

    /** As a check: what was cut off has another digest. */
    @Test
    void anEndThatTlsDidNotAnnounceIsNone() throws Exception {
        try (var server = server(Ending.CUT)) {
            assertThatThrownBy(() -> fetch(Trust.anybody(), server, ""))
                    .isInstanceOf(PageException.class)
                    .hasMessage(server.url("/") + ": the server ended the connection without saying so (close_notify)");
        }
    }

    @Test
    void whoeverDoesNotSpeakTlsIsToldApart() throws Exception {
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var greeted = CompletableFuture.runAsync(() -> greet(listener));
            var request = PageRequest.of("https://127.0.0.1:" + listener.getLocalPort() + "/", "", "");

            assertThatThrownBy(() -> new PageClient(Trust.anybody(), "MD5", Duration.ofSeconds(20)).fetch(request, 0))
                    .isInstanceOf(PageException.class)
                    .hasMessageContaining("TLS: ");
            greeted.join();
        }
    }

    /** As servers of other protocols do, before they are asked; ends with its client, so that nothing gets lost. */
    private static void greet(ServerSocket listener) {
        try (var client = listener.accept()) {
            client.getOutputStream().write("220 www.example.test\r\n".getBytes(StandardCharsets.US_ASCII));
            client.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // Whoever has not read all leaves with a reset.
        }
    }

    @Test
    void aFileWithoutCertificatesIsRefused() throws Exception {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "");

        for (String file : new String[] {empty.toString(), "/nosuch.pem"}) {
            assertThatThrownBy(() -> Trust.authorities(file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("--ca " + file
                            + " is refused: allowed is a file with certificates in PEM that can be read");
        }
    }

    private static OneAnswer server(Ending ending) throws Exception {
        return new OneAnswer(HELLO, ending, authority.serverContext("www.example.test"));
    }

    private static Page fetch(Trust trust, OneAnswer server, String virtualhost) throws Exception {
        return new PageClient(trust, "MD5", Duration.ofSeconds(20))
                .fetch(PageRequest.of(server.url("/"), virtualhost, ""), 0);
    }
}
