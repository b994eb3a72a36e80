package io.halcyon.notify.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.spi.notify.DeliveryException;
import io.halcyon.spi.notify.Notifier;
import io.halcyon.testkit.InNetworkNamespace;
import io.halcyon.testkit.TestAuthority;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the distribution's rsyslog on loopback in a namespace of the test. */
@Tag("lab")
@InNetworkNamespace
@Timeout(120)
class RealRsyslogTest {

    private static final int PORT = 5514;
    private static final String TEXT = "é€ 進程 \"]\\ 😀";

    @TempDir
    Path directory;

    @TempDir
    static Path certificates;

    @TempDir
    static Path otherCertificates;

    private static TestAuthority authority;
    private static String other;

    @BeforeAll
    static void issue() throws Exception {
        authority = new TestAuthority(certificates);
        // rsyslog takes no other keys in PKCS#8.
        authority.issue("server", "-keyalg", "RSA", "-keysize", "2048", "-ext", "san=ip:127.0.0.1");
        authority.issue("client");
        other = new TestAuthority(otherCertificates).caFile().toString();
    }

    @Test
    void everyFieldIsReadFromADatagram() throws Exception {
        var inputs = "module(load=\"imudp\") input(type=\"imudp\" address=\"127.0.0.1\" port=\"" + PORT + "\")\n";
        try (var rsyslog = new Rsyslog(directory, inputs).start()) {
            assertFieldsAreRead(rsyslog, Syslogs.notifier("transport", "udp", "port", PORT, "facility", "local3"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"octet-counting", "lf"})
    void everyFieldIsReadFromAStream(String framing) throws Exception {
        try (var rsyslog = new Rsyslog(directory, tcp("")).start()) {
            assertFieldsAreRead(
                    rsyslog,
                    Syslogs.notifier("transport", "tcp", "port", PORT, "facility", "local3", "framing", framing));
        }
    }

    @Test
    void everyFieldIsReadFromAnEncryptedStream() throws Exception {
        try (var rsyslog = new Rsyslog(directory, tls("anon")).start()) {
            assertFieldsAreRead(
                    rsyslog,
                    Syslogs.notifier(
                            "transport",
                            "tls",
                            "port",
                            PORT,
                            "facility",
                            "local3",
                            "tls.ca.file",
                            authority.caFile().toString()));
        }
    }

    @Test
    void everyFieldIsReadFromTheLocalSocket() throws Exception {
        var socket = directory.resolve("log").toString();
        try (var rsyslog =
                new Rsyslog(directory, local(socket, "UseSpecialParser=\"off\" IgnoreTimestamp=\"off\"")).start()) {
            assertFieldsAreRead(rsyslog, Syslogs.notifier("socket", socket, "facility", "local3", "header", "rfc5424"));
        }
    }

    /** As rsyslog and journald read {@code /dev/log} unless they are told otherwise. */
    @Test
    void theLocalSocketIsUnderstoodAsItIs() throws Exception {
        var socket = directory.resolve("log").toString();
        try (var rsyslog = new Rsyslog(directory, local(socket, "")).start()) {
            var notifier = Syslogs.notifier("socket", socket, "format", "keepalived");
            persist(notifier, Syslogs.transition(1, RouterState.BACKUP, RouterState.MASTER));
            notifier.deliver(Syslogs.verdict(2, TEXT));
            notifier.close();

            var messages = rsyslog.messages(2);
            assertThat(field(messages.get(0), "pri")).isEqualTo("30");
            assertThat(field(messages.get(0), "app")).isEqualTo("halcyon");
            assertThat(field(messages.get(0), "pid"))
                    .isEqualTo(String.valueOf(ProcessHandle.current().pid()));
            assertThat(field(messages.get(0), "text").strip()).isEqualTo("(VI_1) Entering MASTER STATE");
            assertThat(field(messages.get(1), "text").strip()).isEqualTo("VRRP_Script(chk_web) failed (" + TEXT + ")");
        }
    }

    @Test
    void aReceiverThatIsKilledBetweenTwoEventsLosesNeither() throws Exception {
        try (var rsyslog = new Rsyslog(directory, tcp("")).start()) {
            var notifier = Syslogs.notifier("transport", "tcp", "port", PORT);
            persist(notifier, Syslogs.verdict(1, "first"));
            rsyslog.messages(1);
            rsyslog.kill();

            var failure =
                    catchThrowableOfType(DeliveryException.class, () -> notifier.deliver(Syslogs.verdict(2, "second")));
            assertThat(failure.worthRetrying()).isTrue();
            assertThat(failure).hasMessageStartingWith("tcp 127.0.0.1:" + PORT + ": ");

            rsyslog.start();
            persist(notifier, Syslogs.verdict(2, "second"));
            notifier.deliver(Syslogs.verdict(3, "third"));
            notifier.close();
            assertThat(texts(rsyslog.messages(3))).contains("first", "second", "third");
        }
    }

    /** Its kernel took them, but it will never read them. */
    @Test
    void whatAReceiverHadNotReadWhenItWasKilledIsNotLost() throws Exception {
        try (var rsyslog = new Rsyslog(directory, tcp("")).start()) {
            var notifier = Syslogs.notifier("transport", "tcp", "port", PORT);
            persist(notifier, Syslogs.verdict(1, "first"));
            rsyslog.messages(1);
            rsyslog.freeze();
            notifier.deliver(Syslogs.verdict(2, "second"));
            notifier.deliver(Syslogs.verdict(3, "third"));
            rsyslog.kill();
            rsyslog.start();

            persist(notifier, Syslogs.verdict(4, "fourth"));
            notifier.close();
            var texts = texts(rsyslog.messages(4));
            assertThat(texts).containsSubsequence("first", "second", "third", "fourth");
        }
    }

    @Test
    void tenThousandEventsArriveInOrder() throws Exception {
        try (var rsyslog = new Rsyslog(directory, tcp("")).start()) {
            var notifier = Syslogs.notifier("transport", "tcp", "port", PORT);
            persist(notifier, Syslogs.verdict(1, "0"));
            long begun = System.nanoTime();
            for (int i = 1; i < 10_000; i++) {
                notifier.deliver(Syslogs.verdict(i, String.valueOf(i)));
            }
            System.out.printf("10,000 events over TCP: %d ms%n", (System.nanoTime() - begun) / 1_000_000);
            notifier.close();

            assertThat(texts(rsyslog.messages(10_000)))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 10_000).mapToObj(String::valueOf).toList());
        }
    }

    @Test
    void aKilledReceiverOfAnEncryptedStreamLosesNothingEither() throws Exception {
        try (var rsyslog = new Rsyslog(directory, tls("anon")).start()) {
            var notifier = Syslogs.notifier(
                    "transport",
                    "tls",
                    "port",
                    PORT,
                    "tls.ca.file",
                    authority.caFile().toString());
            persist(notifier, Syslogs.verdict(1, "first"));
            rsyslog.messages(1);
            rsyslog.kill();
            rsyslog.start();

            persist(notifier, Syslogs.verdict(2, "second"));
            notifier.close();
            assertThat(texts(rsyslog.messages(2))).contains("first", "second");
        }
    }

    @Test
    void aServerThatIsNotKnownOrIsAnotherOneIsNotSpokenTo() throws Exception {
        try (var rsyslog = new Rsyslog(directory, tls("anon")).start()) {
            var trusting = Syslogs.notifier(
                    "transport",
                    "tls",
                    "port",
                    PORT,
                    "tls.ca.file",
                    authority.caFile().toString());
            persist(trusting, Syslogs.verdict(1, "first"));
            trusting.close();

            var strange = failure(Syslogs.notifier("transport", "tls", "port", PORT, "tls.ca.file", other));
            assertThat(strange).hasMessageContaining("is not accepted");
            var misnamed = failure(Syslogs.notifier(
                    "transport",
                    "tls",
                    "port",
                    PORT,
                    "server",
                    "localhost",
                    "tls.ca.file",
                    authority.caFile().toString()));
            assertThat(misnamed).hasMessageContaining("not for localhost");
            assertThat(rsyslog.messages(1)).hasSize(1);
        }
    }

    @Test
    void aServerThatWantsToKnowUsSeesOurCertificate() throws Exception {
        var ca = authority.caFile().toString();
        try (var rsyslog = new Rsyslog(directory, tls("x509/certvalid")).start()) {
            var known = Syslogs.notifier(
                    "transport",
                    "tls",
                    "port",
                    PORT,
                    "tls.ca.file",
                    ca,
                    "tls.certificate.file",
                    authority.chainFile("client").toString(),
                    "tls.key.file",
                    authority.keyFile("client").toString());
            persist(known, Syslogs.verdict(1, "first"));
            known.close();

            // With TLS 1.3 it says so after the handshake.
            assertThat(failure(Syslogs.notifier("transport", "tls", "port", PORT, "tls.ca.file", ca))
                            .getMessage())
                    .startsWith("tls 127.0.0.1:" + PORT + ": ");
            assertThat(texts(rsyslog.messages(1))).containsExactly("first");
        }
    }

    private static DeliveryException failure(Notifier notifier) {
        var failure =
                catchThrowableOfType(DeliveryException.class, () -> notifier.deliver(Syslogs.verdict(2, "second")));
        notifier.close();
        assertThat(failure.worthRetrying()).isTrue();
        return failure;
    }

    private static void assertFieldsAreRead(Rsyslog rsyslog, Notifier notifier) throws Exception {
        persist(notifier, Syslogs.transition(17, RouterState.BACKUP, RouterState.MASTER));
        notifier.deliver(Syslogs.verdict(18, TEXT));
        notifier.close();

        var messages = rsyslog.messages(2);
        var first = messages.get(0);
        assertThat(field(first, "pri")).isEqualTo(String.valueOf(19 * 8 + 6));
        assertThat(field(first, "version")).isEqualTo("1");
        assertThat(OffsetDateTime.parse(field(first, "time")).toInstant())
                .isEqualTo(Instant.parse("2026-06-03T13:28:55.310987Z"));
        assertThat(field(first, "host")).isEqualTo("lb1");
        assertThat(field(first, "app")).isEqualTo("halcyon");
        assertThat(field(first, "pid"))
                .isEqualTo(String.valueOf(ProcessHandle.current().pid()));
        assertThat(field(first, "id")).isEqualTo("transition");
        assertThat(field(first, "structured"))
                .isEqualTo("[halcyon@32473 id=\"17\" node=\"lb1\" kind=\"transition\" object=\"VI_1\" severity=\"info\""
                        + " from=\"BACKUP\" to=\"MASTER\" priority=\"100\" addresses=\"192.0.2.50/24\" causes=\"16\"]");
        assertThat(field(first, "text").strip()).isEqualTo("VI_1: BACKUP -> MASTER, the master fell silent");

        var second = messages.get(1);
        assertThat(field(second, "pri")).isEqualTo(String.valueOf(19 * 8 + 2));
        assertThat(field(second, "id")).isEqualTo("verdict");
        assertThat(field(second, "text").replace("\ufeff", "").strip()).isEqualTo("chk_web: UP -> DOWN, " + TEXT);
    }

    /** As the engine does it until the receiver listens. */
    private static void persist(Notifier notifier, EventRecord event) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                notifier.deliver(event);
                return;
            } catch (DeliveryException notYet) {
                assertThat(notYet.worthRetrying()).isTrue();
                assertThat(attempt).as(notYet.getMessage()).isLessThan(1_000);
                // It says nowhere that it listens.
                Thread.sleep(10);
            }
        }
    }

    private static List<String> texts(List<JsonNode> messages) {
        return messages.stream()
                .map(message -> field(message, "text").replaceFirst("^.*DOWN, ", ""))
                .toList();
    }

    private static String field(JsonNode message, String name) {
        return message.path(name).asText();
    }

    private static String tcp(String more) {
        return "module(load=\"imtcp\" " + more + ") input(type=\"imtcp\" address=\"127.0.0.1\" port=\"" + PORT
                + "\")\n";
    }

    private static String tls(String mode) throws Exception {
        return "global(defaultNetstreamDriver=\"gtls\""
                + " defaultNetstreamDriverCAFile=\"" + authority.caFile() + "\""
                + " defaultNetstreamDriverCertFile=\"" + authority.chainFile("server") + "\""
                + " defaultNetstreamDriverKeyFile=\"" + authority.keyFile("server") + "\")\n"
                + tcp("StreamDriver.Name=\"gtls\" StreamDriver.Mode=\"1\" StreamDriver.AuthMode=\"" + mode + "\"");
    }

    private static String local(String socket, String more) {
        return "module(load=\"imuxsock\" SysSock.Use=\"off\")\n" + "input(type=\"imuxsock\" Socket=\"" + socket
                + "\" RateLimit.Interval=\"0\" " + more + ")\n";
    }
}
