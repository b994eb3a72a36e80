package io.halcyon.notify.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.halcyon.spi.notify.DeliveryException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With the distribution's Exim on a loopback port; its configuration, queue and logs are in a directory of the test. */
@Tag("lab")
@Timeout(60)
class RealEximTest {

    private static final String CONFIGURATION =
            """
            primary_hostname = mail.example.org
            spool_directory = @DIRECTORY@/spool
            log_file_path = @DIRECTORY@/log/%slog
            pid_file_path = @DIRECTORY@/exim.pid
            local_interfaces = 127.0.0.1
            daemon_smtp_ports = @PORT@
            domainlist local_domains = example.org
            host_lookup =
            rfc1413_query_timeout = 0s
            acl_smtp_rcpt = check_rcpt
            acl_smtp_data = accept
            tls_advertise_hosts = *
            tls_certificate = @DIRECTORY@/cert.pem
            tls_privatekey = @DIRECTORY@/cert.pem
            auth_advertise_hosts = ${if eq{$tls_in_cipher}{}{}{*}}

            begin acl
            check_rcpt:
              defer  local_parts = night
                     message = 4.7.1 come back later
              deny   local_parts = gone
                     message = 5.1.1 left the company
              accept domains = +local_domains

            begin routers
            file:
              driver = accept
              transport = file

            begin transports
            file:
              driver = appendfile
              file = @DIRECTORY@/mail/ops
              user = Debian-exim
              group = Debian-exim

            begin authenticators
            plain:
              driver = plaintext
              public_name = PLAIN
              server_condition = ${if and{{eq{$auth2}{halcyon}}{eq{$auth3}{correct horse}}}}
              server_set_id = $auth2
            """;

    @TempDir
    static Path certificates;

    @TempDir
    Path directory;

    private static TestCertificate certificate;

    private int port;
    private Process exim;

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = TestCertificate.make(certificates, "ip:127.0.0.1", "RSA");
    }

    @BeforeEach
    void startExim() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (var name : List.of("spool", "log", "mail")) {
            var made = Files.createDirectory(directory.resolve(name));
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        certificate.writePem(directory.resolve("cert.pem"));
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var configuration = directory.resolve("exim.conf");
        Files.writeString(
                configuration,
                CONFIGURATION.replace("@DIRECTORY@", directory.toString()).replace("@PORT@", String.valueOf(port)));
        Files.setPosixFilePermissions(configuration, PosixFilePermissions.fromString("rw-r--r--"));
        exim = new ProcessBuilder("/usr/sbin/exim4", "-C", configuration.toString(), "-bdf")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        awaitPort();
    }

    @AfterEach
    void stopExim() throws Exception {
        // A delivery of its own may still be under way.
        exim.descendants().forEach(ProcessHandle::destroyForcibly);
        exim.destroyForcibly().waitFor();
    }

    @Test
    void aMailArrivesInTheMailbox() throws Exception {
        Mails.notifier(port, Map.of("html", true)).deliver(Mails.transition(17, "é€ 進程"));

        var mail = mailbox();
        assertThat(mail.getSubject()).isEqualTo("[lb1] VRRP Instance VI_1 - Entering MASTER state");
        assertThat(mail.getHeader("From")).containsExactly("halcyon@example.org");
        assertThat(mail.getMessageID()).endsWith(".17@lb1>");
        assertThat(mail.getContentType()).startsWith("multipart/alternative");
    }

    @Test
    void starttlsAndLoginWork() throws Exception {
        Mails.notifier(port, login("correct horse")).deliver(Mails.transition(17, "é€ 進程"));

        var mail = mailbox();
        assertThat(Reading.text(mail)).contains("é€ 進程");
        // Exim's own word for "with STARTTLS and login".
        assertThat(mail.getHeader("Received")[0]).contains("esmtpsa");
    }

    @Test
    void aWrongPasswordIsWorthAnotherTry() {
        var failure = failure(login("wrong staple"));

        assertThat(failure.worthRetrying()).isTrue();
        assertThat(failure.getMessage()).contains("535").doesNotContain("wrong staple");
    }

    @Test
    void recipientsArePutOffAndRefusedOneByOne() throws Exception {
        var failure = failure(Map.of(
                "notification.email", new String[] {"ops@example.org", "night@example.org", "gone@example.org"}));

        assertThat(failure.worthRetrying()).isTrue();
        assertThat(failure.getMessage()).contains("come back later", "left the company", "gone@example.org");
        assertThat(Reading.text(mailbox())).contains("Why:       test");
        assertThat(failure(Map.of("notification.email", new String[] {"gone@example.org"}))
                        .worthRetrying())
                .isFalse();
    }

    private DeliveryException failure(Map<String, Object> keys) {
        var failure = catchThrowableOfType(
                DeliveryException.class, () -> Mails.notifier(port, keys).deliver(Mails.transition(1, "test")));
        assertThat(failure).isNotNull();
        return failure;
    }

    private Map<String, Object> login(String password) {
        return new HashMap<>(Map.of(
                "smtp.tls",
                "starttls",
                "smtp.tls.ca.file",
                certificate.pem().toString(),
                "smtp.user",
                "halcyon",
                "smtp.password",
                password));
    }

    /** The first mail in a mailbox, once it is there in full. */
    private MimeMessage mailbox() throws Exception {
        var file = directory.resolve("mail/ops");
        var log = directory.resolve("log/mainlog");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!(Files.exists(log) && Files.readString(log).contains("Completed"))) {
            assertThat(System.nanoTime())
                    .as(Files.exists(log) ? Files.readString(log) : "no log")
                    .isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
        var text = Files.readString(file, StandardCharsets.UTF_8);
        try (var in = Files.newInputStream(file)) {
            in.skipNBytes(text.indexOf('\n') + 1L);
            return new MimeMessage(Session.getInstance(new Properties()), in);
        }
    }

    private void awaitPort() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            try (var line = new Socket()) {
                line.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
                return;
            } catch (IOException e) {
                assertThat(exim.isAlive())
                        .as(Files.readString(directory.resolve("output")))
                        .isTrue();
                assertThat(System.nanoTime()).isLessThan(end);
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }
}
