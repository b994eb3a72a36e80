package io.halcyon.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The README shows how a receiver verifies a signature; this does what it shows, with openssl. */
@Timeout(60)
class SignatureExampleTest {

    private static final Pattern EXAMPLE = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
    private static final String SECRET = "kläng $x 'quoted'";

    @TempDir
    Path directory;

    @Test
    void whatWeSignIsVerifiedAndWhatWasChangedIsNot() throws Exception {
        try (var receiver = Receiver.plain()) {
            var notifier = Webhooks.notifier(receiver.url("/"), "hmac.secret", SECRET);
            notifier.deliver(Webhooks.transition(17));
            notifier.close();
            var request = receiver.only();
            var timestamp = request.header("X-Halcyon-Timestamp");
            var signature = request.header("X-Halcyon-Signature");

            assertThat(Long.parseLong(timestamp))
                    .isBetween(
                            Instant.now().getEpochSecond() - 60, Instant.now().getEpochSecond());
            assertThat(verify(request.bytes(), timestamp, signature)).isZero();
            assertThat(verify((request.body() + " ").getBytes(StandardCharsets.UTF_8), timestamp, signature))
                    .isNotZero();
            assertThat(verify(request.bytes(), timestamp + "0", signature)).isNotZero();
            assertThat(verify(request.bytes(), timestamp, signature.replaceAll("..$", "zz")))
                    .isNotZero();
        }
    }

    private int verify(byte[] body, String timestamp, String signature) throws Exception {
        var example = EXAMPLE.matcher(Files.readString(Path.of("README.md")));
        assertThat(example.find()).isTrue();
        Files.write(directory.resolve("body"), body);
        var builder = new ProcessBuilder("sh", "-c", example.group(1))
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().put("secret", SECRET);
        builder.environment().put("timestamp", timestamp);
        builder.environment().put("signature", signature);
        builder.environment().put("LC_ALL", "C.UTF-8");
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        // Neither success nor failure may come from a shell that did not understand the example.
        assertThat(output).isEqualTo(exit == 0 ? "genuine\n" : "");
        return exit;
    }
}
