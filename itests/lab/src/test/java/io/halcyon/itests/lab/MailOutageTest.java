package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The mail server is down for a minute, with the delays that ship: every event arrives, once, in its order. */
@Tag("lab")
@Tag("long")
class MailOutageTest {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final Duration OUTAGE = Duration.ofMinutes(1);

    /** The pause between attempts grows to a minute and a fifth; the server may return just after an attempt. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(85);

    private static final Set<String> TOLD = Set.of("router-transition", "verdict-change");
    private static final Pattern EVENT = Pattern.compile("(?m)^Event: +(\\d+)");

    @Test
    void nothingIsLostAndTheOrderIsKept() throws IOException {
        var directory = Distribution.root().resolve("itests/lab/target/labs/mail-outage");
        try (var lab = Lab.create("lab-mail-outage", directory, 1);
                var node = new HalcyonNode(lab, "h1", Distribution.unpacked())) {
            var tracked = lab.directory("h1").resolve("healthy");
            Files.writeString(tracked, "");
            node.configure(List.of(Router.version3(51, 100, "192.168.88.50").tracking(tracked.toString(), 0)));
            Directories.write(
                    node.etc().resolve("io.halcyon.notify-ops.cfg"),
                    "type = smtp\nevents = transition, verdict\nnotification.email = ops@example.org\n");
            int before = deliveredAtFirst(lab, node);
            var waiting = aMinuteWithoutAServer(lab, node, tracked);
            try (var mails = server(lab)) {
                Await.until(
                        "everything is delivered",
                        LONGEST_PAUSE,
                        () -> mails.mails().size() >= waiting.get("queued").asInt());
                awaitDelivered(node, mails);
                var events = events(node);

                // MASTER -> FAULT -> BACKUP -> MASTER and two verdicts, three times.
                assertThat(waiting.get("queued").asInt())
                        .isGreaterThanOrEqualTo(15)
                        .isEqualTo(events.size() - before);
                assertThat(waiting.get("failed").asInt()).isGreaterThanOrEqualTo(6);
                assertThat(notifier(node).get("lost").asInt()).isZero();
                assertThat(mails.mails().stream().map(MailOutageTest::number))
                        .containsExactlyElementsOf(events.subList(before, events.size()));
            }
        }
    }

    private static MailCatcher server(Lab lab) {
        return new MailCatcher().listen(lab.host("h1"), "127.0.0.1", 25);
    }

    /** How many events there were while all was well; a first verdict may come before the notifier. */
    private static int deliveredAtFirst(Lab lab, HalcyonNode node) {
        try (var mails = server(lab)) {
            node.start();
            awaitLogged(node, "BACKUP -> MASTER", 1);
            node.awaitCommandLine(LIMIT);
            awaitDelivered(node, mails);
            return events(node).size();
        }
    }

    /** What the notifier says of itself at the end of it. */
    private static JsonNode aMinuteWithoutAServer(Lab lab, HalcyonNode node, Path tracked) throws IOException {
        long down = System.nanoTime();
        for (int turn = 1; turn <= 3; turn++) {
            failAndRecover(node, tracked, turn);
        }
        var trial = TypedCommand.type(lab, "h1", "notify:test", "ops");
        assertThat(trial.exit()).as("%s", trial).isEqualTo(1);
        assertThat(trial.error()).contains("not delivered").contains("Connection refused");
        Await.pass(OUTAGE.minusNanos(System.nanoTime() - down), "the server stays away for a whole minute");
        return notifier(node);
    }

    private static void failAndRecover(HalcyonNode node, Path tracked, int turn) throws IOException {
        Files.delete(tracked);
        awaitLogged(node, "MASTER -> FAULT", turn);
        Files.writeString(tracked, "");
        awaitLogged(node, "BACKUP -> MASTER", turn + 1);
    }

    private static void awaitLogged(HalcyonNode node, String text, int times) {
        Await.until(
                text + " in the log, " + times + " times",
                LIMIT,
                () -> node.log().lines().filter(line -> line.contains(text)).count() >= times);
    }

    private static void awaitDelivered(HalcyonNode node, MailCatcher catcher) {
        Await.until("the last event is delivered, and nothing waits", LIMIT, () -> {
            var mails = catcher.mails();
            var events = events(node);
            return !mails.isEmpty()
                    && !events.isEmpty()
                    && number(mails.get(mails.size() - 1)) == events.get(events.size() - 1)
                    && notifier(node).get("queued").asInt() == 0;
        });
    }

    private static JsonNode notifier(HalcyonNode node) {
        return node.json("notify:list").get(0);
    }

    /** Numbers of the events that the notifier is to tell of, oldest first. */
    private static List<Integer> events(HalcyonNode node) {
        return StreamSupport.stream(node.json("ha:events", "-n", "1000").spliterator(), false)
                .filter(event -> TOLD.contains(event.get("event").get("kind").asText()))
                .map(event -> event.get("id").asInt())
                .toList();
    }

    private static int number(String mail) {
        return EVENT.matcher(mail)
                .results()
                .map(found -> Integer.parseInt(found.group(1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no event in " + mail));
    }
}
