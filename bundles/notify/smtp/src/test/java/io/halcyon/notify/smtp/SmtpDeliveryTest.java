package io.halcyon.notify.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.halcyon.api.event.Event;
import io.halcyon.spi.notify.DeliveryException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.subethamail.smtp.RejectException;

@Timeout(60)
class SmtpDeliveryTest {

    private static final String[] THREE = {"ops@example.org", "night@example.org", "gone@example.org"};

    @Test
    void aMailCarriesTheHeadersThatOthersRelyOn() throws Exception {
        try (var server = new Receiver(0, Receiver.plain())) {
            Mails.notifier(server.port(), Map.of()).deliver(Mails.transition(17, "master fell silent"));

            var mail = server.mails().get(0);
            assertThat(mail.getSubject()).isEqualTo("[lb1] VRRP Instance VI_1 - Entering MASTER state");
            assertThat(mail.getSentDate().toInstant()).isEqualTo(Mails.AT.truncatedTo(ChronoUnit.SECONDS));
            assertThat(mail.getHeader("From")).containsExactly("halcyon@example.org");
            assertThat(mail.getHeader("To")).containsExactly("ops@example.org");
            assertThat(mail.getHeader("X-Mailer")).containsExactly("Halcyon");
            assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
            assertThat(mail.getMessageID()).isEqualTo("<halcyon." + Mails.AT.toEpochMilli() + ".17@lb1>");
        }
    }

    @Test
    void theSameEventIsTheSameMailAgain() throws Exception {
        try (var server = new Receiver(0, Receiver.plain())) {
            Mails.notifier(server.port(), Map.of()).deliver(Mails.transition(17, "é€"));
            Mails.notifier(server.port(), Map.of()).deliver(Mails.transition(17, "é€"));

            assertThat(server.received.get(1).raw())
                    .isEqualTo(server.received.get(0).raw());
        }
    }

    @Test
    void textThatIsAsciiGoesReadably() throws Exception {
        try (var server = new Receiver(0, Receiver.plain())) {
            Mails.notifier(server.port(), Map.of()).deliver(Mails.transition(17, "master fell silent"));

            assertThat(server.received.get(0).raw())
                    .contains("=> VRRP Instance is now owning VRRP VIPs <=")
                    .contains("Why:       master fell silent");
        }
    }

    @Test
    void anAnswerOf4xxIsWorthAnotherTry() throws Exception {
        try (var server = new Receiver(0, Receiver.plain())) {
            server.recipients = address -> {
                throw new RejectException(451, "4.7.1 greylisted, come back later");
            };
            var notifier = Mails.notifier(server.port(), Map.of());

            var failure = failure(notifier, 1);

            assertThat(failure.worthRetrying()).isTrue();
            assertThat(failure)
                    .hasMessageContaining("greylisted, come back later")
                    .hasMessageContaining("ops@example.org");
            server.recipients = address -> {};
            notifier.deliver(Mails.transition(1, "again"));
            assertThat(server.received).hasSize(1);
        }
    }

    @Test
    void anAnswerOf5xxIsFinal() throws Exception {
        try (var server = new Receiver(0, Receiver.plain())) {
            server.recipients = address -> {
                throw new RejectException(550, "5.1.1 no such user");
            };

            var failure = failure(Mails.notifier(server.port(), Map.of()), 1);

            assertThat(failure.worthRetrying()).isFalse();
            assertThat(failure).hasMessageContaining("no such user");
        }
    }

    @Test
    void whatIsSaidToTheContentsCountsToo() throws Exception {
        try (var server = new Receiver(0, Receiver.plain())) {
            var notifier = Mails.notifier(server.port(), Map.of());
            server.contents = text -> {
                throw new RejectException(452, "disk is full");
            };
            assertThat(failure(notifier, 1).worthRetrying()).isTrue();

            server.contents = text -> {
                throw new RejectException(554, "looks like spam");
            };
            assertThat(failure(notifier, 1).worthRetrying()).isFalse();
        }
    }

    @Test
    void aRecipientThatIsPutOffIsTriedAgainAndTheOthersAreNot() throws Exception {
        try (var server = new Receiver(0, Receiver.plain())) {
            server.recipients = address -> {
                if (address.startsWith("night")) {
                    throw new RejectException(450, "greylisted");
                }
            };
            var notifier = Mails.notifier(
                    server.port(), Map.of("notification.email", new String[] {"ops@example.org", "night@example.org"}));
            assertThat(failure(notifier, 1).worthRetrying()).isTrue();

            server.recipients = address -> {};
            notifier.deliver(Mails.transition(1, "again"));
            notifier.deliver(Mails.record(2, new Event.Trial("ops", "next")));

            assertThat(server.received)
                    .extracting(Receiver.Received::recipients)
                    .containsExactly(
                            List.of("ops@example.org"),
                            List.of("night@example.org"),
                            List.of("ops@example.org", "night@example.org"));
        }
    }

    @Test
    void aRecipientThatDoesNotExistKeepsNobodyElseFromTheirMail() throws Exception {
        try (var server = new Receiver(0, Receiver.plain())) {
            server.recipients = address -> {
                if (address.startsWith("night")) {
                    throw new RejectException(550, "left the company");
                }
            };
            var notifier = Mails.notifier(
                    server.port(), Map.of("notification.email", new String[] {"ops@example.org", "night@example.org"}));

            var failure = failure(notifier, 1);

            assertThat(server.received).hasSize(1);
            assertThat(failure.worthRetrying()).isFalse();
            assertThat(failure).hasMessageContaining("night@example.org").hasMessageContaining("left the company");
        }
    }

    @Test
    void whoWasRefusedIsToldAlsoWhenOthersWerePutOffMeanwhile() throws Exception {
        try (var server = new Receiver(0, Receiver.plain())) {
            server.recipients = address -> {
                if (address.startsWith("night")) {
                    throw new RejectException(450, "greylisted");
                }
                if (address.startsWith("gone")) {
                    throw new RejectException(550, "left the company");
                }
            };
            var notifier = Mails.notifier(server.port(), Map.of("notification.email", THREE));
            assertThat(failure(notifier, 1).worthRetrying()).isTrue();
            server.recipients = address -> {};

            var failure = failure(notifier, 1);

            assertThat(failure.worthRetrying()).isFalse();
            assertThat(failure).hasMessageContaining("gone@example.org").hasMessageContaining("left the company");
            assertThat(server.received)
                    .extracting(Receiver.Received::recipients)
                    .containsExactly(List.of("ops@example.org"), List.of("night@example.org"));
        }
    }

    @Test
    void aMailThatAPersonHasSentAgainGoesToThoseWhoDoNotHaveIt() throws Exception {
        try (var server = new Receiver(0, Receiver.plain())) {
            server.recipients = address -> {
                if (address.startsWith("gone")) {
                    throw new RejectException(550, "left the company");
                }
            };
            var notifier = Mails.notifier(server.port(), Map.of("notification.email", THREE));
            assertThat(failure(notifier, 1).worthRetrying()).isFalse();
            server.recipients = address -> {};
            notifier.deliver(Mails.record(2, new Event.Trial("ops", "another mail meanwhile")));

            notifier.deliver(Mails.transition(1, "again"));

            assertThat(server.received)
                    .extracting(Receiver.Received::recipients)
                    .containsExactly(
                            List.of("ops@example.org", "night@example.org"),
                            List.of(THREE),
                            List.of("gone@example.org"));
        }
    }

    @Test
    void aServerThatSaysNothingCostsNoMoreThanTheTimeout() throws Exception {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var notifier = Mails.notifier(silent.getLocalPort(), Map.of("smtp.connect.timeout", 0.3));
            long begin = System.nanoTime();

            var failure = failure(notifier, 1);

            assertThat(failure.worthRetrying()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void aServerThatHangsUpIsWorthAnotherTry() throws Exception {
        try (var rude = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var thread = new Thread(() -> {
                try {
                    rude.accept().close();
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            thread.start();

            assertThat(failure(Mails.notifier(rude.getLocalPort(), Map.of()), 1).worthRetrying())
                    .isTrue();
            thread.join();
        }
    }

    private static DeliveryException failure(SmtpNotifier notifier, long id) {
        var failure = catchThrowableOfType(
                DeliveryException.class, () -> notifier.deliver(Mails.transition(id, "master fell silent")));
        assertThat(failure).isNotNull();
        assertThat(failure.getMessage()).startsWith("127.0.0.1:").doesNotContain("\n", "\r");
        return failure;
    }
}
