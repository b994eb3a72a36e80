package io.halcyon.notify.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others wrote (names, output of scripts, answers of servers) goes over a real wire and does no harm there. */
@Timeout(60)
class HostileTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\r\nBcc: all@example.org\r\n\r\nhello",
                "x\nBcc: all@example.org",
                "x\rBcc: all@example.org",
                "é\r\nBcc: all@example.org",
                "x\r\n.\r\nMAIL FROM:<a@example.org>\r\nRCPT TO:<all@example.org>\r\nDATA\r\nBcc: all@example.org\r\n.",
                "\u0000\u0007\u001b[2J\r\nBcc: all@example.org",
                "=?utf-8?q?=0d=0aBcc:_all@example.org?="
            })
    void noTextBecomesAHeaderARecipientOrACommand(String text) throws Exception {
        try (var server = new Receiver(0, Receiver.plain())) {
            var event = new Event.VerdictChange(text, Health.UP, Health.DOWN, text);
            Mails.notifier(server.port(), Map.of("html", true))
                    .deliver(new EventRecord(1, Mails.AT, 1, text, List.of(), event));

            assertThat(server.received).singleElement().satisfies(mail -> {
                assertThat(mail.recipients()).containsExactly("ops@example.org");
                assertThat(mail.mail().getAllRecipients()).hasSize(1);
                assertThat(mail.mail().getHeader("Bcc")).isNull();
                assertThat(mail.raw().lines()).noneMatch(line -> line.startsWith("Bcc:"));
                assertThat(mail.mail().getSubject()).doesNotContain("\r", "\n", "\u0000", "\u001b");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "😀"})
    void longTextIsNoLongLine(String letter) throws Exception {
        try (var server = new Receiver(0, Receiver.plain())) {
            var text = letter.repeat(100_000);
            Mails.notifier(server.port(), Map.of())
                    .deliver(Mails.record(1, new Event.VerdictChange("a" + text, Health.UP, Health.DOWN, text)));

            var received = server.received.get(0);
            // RFC 5321 section 4.5.3.1.6: 1000 octets with the line end.
            assertThat(received.raw().lines()).allMatch(line -> line.length() <= 998);
            assertThat(Reading.text(received.mail()))
                    .contains(" " + letter.repeat(1_990))
                    .doesNotContain("?", "\ufffd");
            assertThat(received.mail().getSubject()).startsWith("[lb1] Check a" + letter.repeat(50));
        }
    }

    @Test
    void aVeryLongNameOfTheNodeBreaksNothing() throws Exception {
        try (var server = new Receiver(0, Receiver.plain())) {
            var node = "n".repeat(5_000);
            Mails.notifier(server.port(), Map.of())
                    .deliver(new EventRecord(1, Mails.AT, 1, node, List.of(), new Event.Trial("ops", "asked for")));

            assertThat(server.received.get(0).raw().lines()).allMatch(line -> line.length() <= 998);
            assertThat(server.mails().get(0).getMessageID()).endsWith(".1@" + "n".repeat(64) + ">");
        }
    }
}
