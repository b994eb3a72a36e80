package io.halcyon.notify.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What can only be seen in a JVM of its own: its charset, and which classes it has loaded. */
@Timeout(120)
class FreshJvmTest {

    private static final String TEXT = "é€ 進程";

    /** Sends a mail to the port given, or makes a notifier only. */
    public static final class Sender {

        private Sender() {}

        public static void main(String[] arguments) throws Exception {
            var notifier = Mails.notifier(Integer.parseInt(arguments[0]), Map.of());
            if (arguments[1].equals("send html")) {
                notifier = Mails.notifier(Integer.parseInt(arguments[0]), Map.of("html", true));
            }
            if (arguments[1].startsWith("send")) {
                notifier.deliver(Mails.transition(1, TEXT));
            }
        }
    }

    @Test
    void textArrivesIntactUnderTheCLocale() throws Exception {
        try (var server = new Receiver(0, Receiver.plain())) {
            run(List.of(), server.port(), "send");

            assertThat(Reading.text(server.mails().get(0))).contains(TEXT);
        }
    }

    @Test
    void bothFormsArriveIntactUnderTheCLocale() throws Exception {
        try (var server = new Receiver(0, Receiver.plain())) {
            run(List.of(), server.port(), "send html");

            var forms = (MimeMultipart) server.mails().get(0).getContent();
            for (int i = 0; i < 2; i++) {
                var bytes = forms.getBodyPart(i).getInputStream().readAllBytes();
                assertThat(new String(bytes, StandardCharsets.UTF_8)).contains(TEXT);
            }
        }
    }

    @Test
    void noMailClassIsLoadedBeforeTheFirstMail() throws Exception {
        var loaded = run(List.of("-Xlog:class+load"), 25, "create");

        assertThat(loaded).contains("io.halcyon.notify.smtp.SmtpNotifier ");
        assertThat(loaded.lines().filter(line -> line.contains(" jakarta.") || line.contains(" org.eclipse.angus.")))
                .isEmpty();
    }

    private static String run(List<String> options, int port, String what) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        // On newer JDKs the charset no longer follows the locale by itself.
        Collections.addAll(command, "-Dfile.encoding=US-ASCII", "-cp", System.getProperty("java.class.path"));
        Collections.addAll(command, Sender.class.getName(), String.valueOf(port), what);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
