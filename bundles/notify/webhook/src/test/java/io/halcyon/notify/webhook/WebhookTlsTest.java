package io.halcyon.notify.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.testkit.TestAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against an HTTPS server of the JDK. */
@Timeout(60)
class WebhookTlsTest {

    @TempDir
    static Path directory;

    @TempDir
    static Path otherDirectory;

    private static TestAuthority authority;
    private static String ca;
    private static String otherCa;

    @BeforeAll
    static void issue() throws Exception {
        authority = new TestAuthority(directory);
        authority.issue("server", "-ext", "san=ip:127.0.0.1");
        authority.issue("elsewhere", "-ext", "san=dns:elsewhere.example.test");
        authority.issue("client");
        ca = authority.caFile().toString();
        otherCa = new TestAuthority(otherDirectory).caFile().toString();
    }

    @Test
    void aKnownServerIsSpokenTo() throws Exception {
        try (var receiver = receiver("server", false)) {
            deliver(receiver, "tls.ca.file", ca);

            assertThat(receiver.only().body()).contains("VI_1");
        }
    }

    @Test
    void aServerOfAnotherAuthorityIsNot() throws Exception {
        try (var receiver = receiver("server", false)) {
            for (var keys : new Object[][] {{"tls.ca.file", otherCa}, {}}) {
                var failure = Webhooks.failure(Webhooks.notifier(receiver.url("/s3cr3t-t0k3n"), keys));

                assertThat(failure.worthRetrying()).isTrue();
                assertThat(failure)
                        .hasMessageMatching(".*the certificate of .* is not (accepted|signed by a known authority).*")
                        .hasMessageNotContaining("s3cr3t");
            }
            assertThat(receiver.requests()).isEmpty();
        }
    }

    @Test
    void aServerOfAnotherNameIsNotUnlessNothingIsVerified() throws Exception {
        try (var receiver = receiver("elsewhere", false)) {
            var failure = Webhooks.failure(Webhooks.notifier(receiver.url("/"), "tls.ca.file", ca));

            assertThat(failure).hasMessageContaining("the certificate of elsewhere.example.test is not accepted");
            assertThat(receiver.requests()).isEmpty();

            deliver(receiver, "tls.verify", false);
            assertThat(receiver.requests()).hasSize(1);
        }
    }

    @Test
    void ourCertificateIsShown() throws Exception {
        try (var receiver = receiver("server", true)) {
            deliver(
                    receiver,
                    "tls.ca.file",
                    ca,
                    "tls.certificate.file",
                    authority.chainFile("client").toString(),
                    "tls.key.file",
                    authority.keyFile("client").toString());
            assertThat(receiver.requests()).hasSize(1);

            var failure = Webhooks.failure(Webhooks.notifier(receiver.url("/"), "tls.ca.file", ca));
            assertThat(failure.worthRetrying()).isTrue();
            assertThat(receiver.requests()).hasSize(1);
        }
    }

    @Test
    void aFileThatWasReplacedCountsWithTheNextRequest() throws Exception {
        var file = directory.resolve("replaced.pem");
        Files.copy(Path.of(otherCa), file);
        try (var receiver = receiver("server", false)) {
            var notifier = Webhooks.notifier(receiver.url("/"), "tls.ca.file", file.toString());
            try {
                assertThat(Webhooks.failure(notifier)).hasMessageContaining("is not accepted");
                Files.delete(file);
                assertThat(Webhooks.failure(notifier).worthRetrying()).isTrue();
                Files.copy(Path.of(ca), file, StandardCopyOption.REPLACE_EXISTING);
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(1)));

                notifier.deliver(Webhooks.transition(17));
            } finally {
                notifier.close();
            }
            assertThat(receiver.requests()).hasSize(1);
        }
    }

    @Test
    void aServerThatSpeaksNoTlsIsSaidToBeOne() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var answering = new Thread(() -> {
                try (var connection = server.accept()) {
                    connection.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
                    connection.getInputStream().readAllBytes();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            answering.start();
            var url = "https://127.0.0.1:" + server.getLocalPort() + "/";

            var failure = Webhooks.failure(Webhooks.notifier(url, "tls.ca.file", ca));

            assertThat(failure.worthRetrying()).isTrue();
            // Which of the two depends on whether its answer or its end is seen first.
            assertThat(failure.getMessage()).containsAnyOf("does not answer in TLS", "TLS failed");
            answering.join();
        }
    }

    private static Receiver receiver(String certificate, boolean wantsClients) throws Exception {
        return Receiver.tls(authority.serverContext(certificate), wantsClients);
    }

    private static void deliver(Receiver receiver, Object... keys) throws Exception {
        var notifier = Webhooks.notifier(receiver.url("/"), keys);
        try {
            notifier.deliver(Webhooks.transition(17));
        } finally {
            notifier.close();
        }
    }
}
