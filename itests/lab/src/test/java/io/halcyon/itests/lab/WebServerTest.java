package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The stage's properties work by themselves: nginx in hosts that share a file system, pages, mails. */
@Tag("lab")
class WebServerTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Path DIRECTORY = Distribution.root().resolve("itests/lab/target/labs/web-server");

    @Test
    void pagesTellWhichHostServesAndMailsAreKept() {
        try (var lab = Lab.create("lab-web", DIRECTORY, 2)) {
            var first = new Nginx(lab.host("h1"));
            var second = new Nginx(lab.host("h2"));
            first.start();
            second.start();
            try (var pages = new HttpProbe(lab, Lab.address("h1"));
                    var mails = new MailCatcher().listen(lab.client(), Lab.address(Lab.CLIENT), 25)) {
                pages.awaitHost("h1", 0, LIMIT);
                first.breakForGood();
                long broken = Times.now();
                Await.until(
                        "pages fail", LIMIT, () -> pages.since(broken).stream().anyMatch(page -> !page.good()));
                Await.until("its processes are buried", LIMIT, () -> first.processes() == 0);
                assertThat(second.processes()).isGreaterThan(1);
                long repaired = Times.now();
                first.repair();
                pages.awaitHost("h1", repaired, LIMIT);

                Netns.call(lab.host("h2").pid(), () -> {
                    sendMail();
                    return true;
                });
                assertThat(mails.await("ours", LIMIT, mail -> mail.contains("hello")))
                        .contains("Subject: lab");
            }
        }
    }

    private static void sendMail() throws java.io.IOException {
        try (var socket = new Socket(Lab.address(Lab.CLIENT), 25);
                var out = new PrintWriter(socket.getOutputStream(), true, StandardCharsets.US_ASCII)) {
            out.print(
                    "HELO h2\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\nSubject: lab\r\n\r\nhello\r\n.\r\nQUIT\r\n");
            out.flush();
            socket.getInputStream().readAllBytes();
        }
    }
}
