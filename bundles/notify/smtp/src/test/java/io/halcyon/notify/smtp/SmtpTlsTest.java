package io.halcyon.notify.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.halcyon.spi.notify.DeliveryException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.server.SMTPServer;

@Timeout(60)
class SmtpTlsTest {

    private static final String USER = "halcyon";
    private static final String PASSWORD = "correct horse €";
    private static final String KEY_STORE = "greenmail.tls.keystore.file";
    private static final String KEY_STORE_PASSWORD = "greenmail.tls.keystore.password";

    @TempDir
    static Path directory;

    @TempDir
    static Path elsewhere;

    private static TestCertificate certificate;
    private static TestCertificate foreign;

    @BeforeAll
    static void makeCertificates() throws Exception {
        certificate = TestCertificate.make(directory, "ip:127.0.0.1");
        foreign = TestCertificate.make(elsewhere, "dns:mail.example.org");
        System.setProperty(KEY_STORE, certificate.keyStore().toString());
        System.setProperty(KEY_STORE_PASSWORD, TestCertificate.PASSWORD);
    }

    @AfterAll
    static void forgetCertificates() {
        System.clearProperty(KEY_STORE);
        System.clearProperty(KEY_STORE_PASSWORD);
    }

    @Test
    void starttlsWithLogin() throws Exception {
        try (var server = new Receiver(0, starttls(certificate))) {
            Mails.notifier(server.port(), starttlsKeys(PASSWORD)).deliver(Mails.transition(1, "é€"));

            assertThat(server.mails()).singleElement().satisfies(mail -> assertThat(Reading.text(mail))
                    .contains("é€"));
        }
    }

    @Test
    void aWrongPasswordIsWorthAnotherTryAndNeverShown() throws Exception {
        try (var server = new Receiver(0, starttls(certificate))) {
            var failure = failure(Mails.notifier(server.port(), starttlsKeys("wrong staple")));

            // Once somebody corrects it, what waited goes out.
            assertThat(failure.worthRetrying()).isTrue();
            assertThat(failure.toString()).contains("535").doesNotContain("wrong staple");
            assertThat(server.received).isEmpty();
        }
    }

    @Test
    void withoutTheServersConsentToTlsNothingIsSaid() throws Exception {
        try (var server =
                new Receiver(0, builder -> builder.authenticationHandlerFactory(Receiver.login(USER, PASSWORD)))) {
            var failure = failure(Mails.notifier(server.port(), starttlsKeys(PASSWORD)));

            assertThat(failure).hasMessageContaining("STARTTLS");
            assertThat(server.received).isEmpty();
        }
    }

    @Test
    void aCertificateOfAnUnknownAuthorityIsRefused() throws Exception {
        try (var server = new Receiver(0, starttls(certificate))) {
            var trustsAnother = starttlsKeys(PASSWORD, foreign);
            assertThat(failure(Mails.notifier(server.port(), trustsAnother))).hasMessageContaining("PKIX");

            var trustsTheJdks =
                    Map.<String, Object>of("smtp.tls", "starttls", "smtp.user", USER, "smtp.password", PASSWORD);
            assertThat(failure(Mails.notifier(server.port(), trustsTheJdks))).hasMessageContaining("PKIX");
            assertThat(server.received).isEmpty();
        }
    }

    @Test
    void aCertificateForAnotherHostIsRefused() throws Exception {
        try (var server = new Receiver(0, starttls(foreign))) {
            var failure = failure(Mails.notifier(server.port(), starttlsKeys(PASSWORD, foreign)));

            assertThat(failure).hasMessageContaining("127.0.0.1");
            assertThat(server.received).isEmpty();
        }
    }

    @Test
    void smtpsWithLogin() throws Exception {
        var server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
        server.setUser("ops@example.org", USER, PASSWORD);
        server.start();
        try {
            var keys = smtpsKeys(certificate);
            Mails.notifier(server.getSmtps().getPort(), keys).deliver(Mails.transition(1, "é€ 進程"));

            assertThat(server.getReceivedMessages()).singleElement().satisfies(mail -> assertThat(Reading.text(mail))
                    .contains("é€ 進程"));
        } finally {
            server.stop();
        }
    }

    @Test
    void smtpsWithACertificateOfAnUnknownAuthorityIsRefused() throws Exception {
        var server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
        server.start();
        try {
            var failure = failure(Mails.notifier(server.getSmtps().getPort(), smtpsKeys(foreign)));

            assertThat(failure.worthRetrying()).isTrue();
            assertThat(failure).hasMessageContaining("PKIX");
            assertThat(server.getReceivedMessages()).isEmpty();
        } finally {
            server.stop();
        }
    }

    @Test
    void whoIsNotTrustedIsNotAskedAgainWithTheJdksCertificates() throws Exception {
        var connections = new AtomicInteger();
        Thread acceptor;
        try (var server = certificate.serverContext().getServerSocketFactory().createServerSocket()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            acceptor = new Thread(() -> count(server, connections));
            acceptor.start();

            failure(Mails.notifier(server.getLocalPort(), smtpsKeys(foreign)));
        }
        acceptor.join();
        assertThat(connections).hasValue(1);
    }

    private static void count(ServerSocket server, AtomicInteger connections) {
        while (!server.isClosed()) {
            try (var client = server.accept()) {
                connections.incrementAndGet();
                client.getInputStream().read();
            } catch (IOException e) {
                // The client does not trust us, or the test is over.
            }
        }
    }

    private static UnaryOperator<SMTPServer.Builder> starttls(TestCertificate certificate) {
        return builder -> {
            try {
                return builder.startTlsSocketFactory(certificate.serverContext())
                        .requireTLS()
                        .requireAuth()
                        .authenticationHandlerFactory(Receiver.login(USER, PASSWORD));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        };
    }

    private static Map<String, Object> starttlsKeys(String password) {
        return starttlsKeys(password, certificate);
    }

    private static Map<String, Object> starttlsKeys(String password, TestCertificate trusted) {
        return Map.of(
                "smtp.tls",
                "starttls",
                "smtp.tls.ca.file",
                trusted.pem().toString(),
                "smtp.user",
                USER,
                "smtp.password",
                password);
    }

    private static Map<String, Object> smtpsKeys(TestCertificate trusted) {
        return Map.of(
                "smtp.tls",
                "smtps",
                "smtp.tls.ca.file",
                trusted.pem().toString(),
                "smtp.user",
                USER,
                "smtp.password",
                PASSWORD);
    }

    private static DeliveryException failure(SmtpNotifier notifier) {
        var failure = catchThrowableOfType(
                DeliveryException.class, () -> notifier.deliver(Mails.transition(1, "master fell silent")));
        assertThat(failure).isNotNull();
        return failure;
    }
}
