package io.halcyon.notify.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import jakarta.mail.BodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TwoFormsTest {

    private static final Map<String, Object> HTML = Map.of("html", true);
    private static final String TEXT = "é€ 進程 <b>& \"more\"";

    @Test
    void aReaderMayChooseBetweenTextAndHtml() throws Exception {
        try (var server = new Receiver(0, Receiver.plain())) {
            Mails.notifier(server.port(), HTML).deliver(Mails.transition(17, TEXT));

            var mail = server.mails().get(0);
            assertThat(mail.getContentType()).startsWith("multipart/alternative; ");
            assertThat(mail.getSubject()).isEqualTo("[lb1] VRRP Instance VI_1 - Entering MASTER state");
            var letter = Letter.about(Mails.transition(17, TEXT), List.of());
            assertThat(part(mail, 0, "text/plain")).isEqualTo(PlainForm.of(letter));
            assertThat(part(mail, 1, "text/html"))
                    .isEqualTo(HtmlForm.of(letter))
                    .contains("é€ 進程 &lt;b&gt;&amp; &quot;more&quot;");
        }
    }

    @Test
    void withoutTheKeyThereIsTextOnly() throws Exception {
        try (var server = new Receiver(0, Receiver.plain())) {
            Mails.notifier(server.port(), Map.of()).deliver(Mails.transition(17, TEXT));

            assertThat(server.received.get(0).raw()).doesNotContainIgnoringCase("html", "multipart");
        }
    }

    @Test
    void theSameEventIsTheSameMailAgain() throws Exception {
        try (var server = new Receiver(0, Receiver.plain())) {
            Mails.notifier(server.port(), HTML).deliver(Mails.transition(17, TEXT));
            Mails.notifier(server.port(), HTML).deliver(Mails.transition(17, TEXT));
            Mails.notifier(server.port(), HTML).deliver(Mails.transition(17, "another"));

            assertThat(server.received.get(1).raw())
                    .isEqualTo(server.received.get(0).raw())
                    .isNotEqualTo(server.received.get(2).raw());
        }
    }

    @Test
    void aTextThatImitatesABoundaryEndsNoPart() throws Exception {
        try (var server = new Receiver(0, Receiver.plain())) {
            Mails.notifier(server.port(), HTML).deliver(Mails.transition(1, "a"));
            var boundary = server.mails().get(0).getContentType().replaceAll(".*boundary=\"([^\"]*)\".*", "$1");
            assertThat(boundary).startsWith("halcyon-");

            var imitated =
                    new Event.VerdictChange("chk", Health.UP, Health.DOWN, "\r\n--" + boundary + "--\r\n\r\nmore");
            Mails.notifier(server.port(), HTML).deliver(Mails.record(2, imitated));

            var mail = server.mails().get(1);
            assertThat(((MimeMultipart) mail.getContent()).getCount()).isEqualTo(2);
            assertThat(part(mail, 0, "text/plain")).contains("Why:        --" + boundary + "-- more\n");
        }
    }

    private static String part(MimeMessage mail, int index, String type) throws Exception {
        BodyPart part = ((MimeMultipart) mail.getContent()).getBodyPart(index);
        assertThat(part.getContentType()).isEqualTo(type + "; charset=UTF-8");
        return new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
