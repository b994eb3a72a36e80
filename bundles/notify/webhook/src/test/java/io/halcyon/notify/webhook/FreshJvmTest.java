package io.halcyon.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What can only be seen in a JVM of its own: its charset, and which classes and threads it has. */
@Timeout(120)
class FreshJvmTest {

    private static final String TEXT = "é€ 進程";

    /** Makes a notifier for the URL given, and sends with it or does not. */
    public static final class Sender {

        private Sender() {}

        public static void main(String[] arguments) throws Exception {
            var notifier = Webhooks.notifier(arguments[0]);
            if (arguments[1].equals("send")) {
                notifier.deliver(Webhooks.record(1, new Event.VerdictChange("chk", Health.UP, Health.DOWN, TEXT)));
                notifier.close();
            }
        }
    }

    @Test
    void textArrivesIntactUnderTheCLocale() throws Exception {
        try (var receiver = Receiver.plain()) {
            run(List.of(), receiver.url("/"), "send");

            assertThat(receiver.only().body()).contains(TEXT);
        }
    }

    @Test
    void noClientIsThereBeforeTheFirstRequest() throws Exception {
        var loaded = run(List.of("-Xlog:class+load"), "https://hooks.example.org/in", "create");

        assertThat(loaded).contains("io.halcyon.notify.webhook.WebhookNotifier ");
        assertThat(loaded.lines()
                        .filter(line -> line.contains(" java.net.http.HttpClient ")
                                || line.contains(" jdk.internal.net.http.HttpClientImpl ")
                                || line.contains(" com.fasterxml.jackson.")
                                || line.contains(" javax.net.ssl.SSLContext ")))
                .isEmpty();
    }

    private static String run(List<String> options, String url, String what) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        // On newer JDKs the charset no longer follows the locale by itself.
        Collections.addAll(command, "-Dfile.encoding=US-ASCII", "-cp", System.getProperty("java.class.path"));
        Collections.addAll(command, Sender.class.getName(), url, what);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
