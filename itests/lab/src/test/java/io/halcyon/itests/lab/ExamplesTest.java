package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every example, exactly as it ships, on two hosts with nginx: who becomes master, what is warned of, what it takes. */
@Tag("lab")
class ExamplesTest {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final String FIRST_ADDRESS = "192.168.88.50";
    private static final String SECOND_ADDRESS = "192.168.88.60";

    /** Resident memory with mail, in kB. */
    private static final long MEMORY_LIMIT = 122 * 1024;

    /** Resident memory without mail, in kB. */
    private static final long MEMORY_LIMIT_WITHOUT_MAIL = 110 * 1024;

    /** More than the launcher's TrimNativeHeapInterval, and than it keeps what only its start needed. */
    private static final Duration SETTLING = Duration.ofSeconds(30);

    @ParameterizedTest
    @CsvSource({
        "nginx-pair, h1, ''",
        "master-master, h1, h2",
        "seed-master-backup, h1, ''",
        "seed-master-master, h1, h2"
    })
    void startsAndShowsTheWarningsItDeserves(String example, String first, String second) {
        boolean seed = example.startsWith("seed");
        var directory = Distribution.root().resolve("config/examples").resolve(example);
        try (var pair =
                new Pair("lab-" + example, Pair.HALCYON, Pair.HALCYON, List.of(FIRST_ADDRESS, SECOND_ADDRESS))) {
            var a = (HalcyonNode) pair.a();
            var b = (HalcyonNode) pair.b();
            prepare(pair.lab());
            try (var mails = new MailCatcher()
                    .listenFor(pair.lab(), "h1", directory.resolve("a"))
                    .listenFor(pair.lab(), "h2", directory.resolve("b"))) {
                start(a, directory.resolve("a"));
                start(b, directory.resolve("b"));
                pair.awaitMaster(pair.nodeIn(first), Router.version2(51, 100, FIRST_ADDRESS), LIMIT);
                if (!second.isEmpty()) {
                    pair.awaitMaster(pair.nodeIn(second), Router.version2(52, 100, SECOND_ADDRESS), LIMIT);
                }
                for (var node : List.of(a, b)) {
                    Await.until("a mail of " + node.host(), LIMIT, () -> delivered(node));
                }
                Await.until(
                        "they give memory back",
                        SETTLING,
                        () -> a.residentKilobytes() <= MEMORY_LIMIT && b.residentKilobytes() <= MEMORY_LIMIT);
                System.out.printf("%s: RSS %d kB and %d kB%n", example, a.residentKilobytes(), b.residentKilobytes());
                for (var node : List.of(a, b)) {
                    if (seed) {
                        Await.until(
                                "the log warns", LIMIT, () -> !troubles(node).isEmpty());
                        assertThat(shown(node)).anyMatch(warning -> warning.contains(expected(example)));
                        assertThat(troubles(node)).allMatch(line -> line.contains(expected(example)));
                    } else {
                        assertThat(shown(node)).isEmpty();
                        assertThat(troubles(node)).isEmpty();
                    }
                }
                assertThat(mails.mails())
                        .isNotEmpty()
                        .allMatch(mail -> mail.contains("MASTER") || mail.contains("BACKUP"));
            }
        }
    }

    /** What is not used is not loaded; the JVM has had its time to give back what starting took. */
    @Test
    void withoutMailItTakesLess() throws IOException {
        var directory = Distribution.root().resolve("itests/lab/target/labs/no-mail");
        var example = Distribution.root().resolve("config/examples/nginx-pair/a");
        try (var lab = Lab.create("lab-no-mail", directory, 1);
                var capture = Capture.of(lab);
                var node = new HalcyonNode(lab, "h1", Distribution.unpacked())) {
            new Nginx(lab.host("h1")).start();
            node.useExample(example);
            Files.delete(node.etc().resolve("io.halcyon.notify-ops.cfg"));
            node.start();
            capture.awaitAdvert("a master", 0, LIMIT, advert -> advert.vrid() == 51);
            Await.until("it gives memory back", SETTLING, () -> node.residentKilobytes() <= MEMORY_LIMIT_WITHOUT_MAIL);
            System.out.printf("nginx-pair without mail: RSS %d kB%n", node.residentKilobytes());

            assertThat(troubles(node)).isEmpty();
        }
    }

    /** The tutorial's first pair never tracks its check; its second pair gives it a weight that cannot decide. */
    private static String expected(String example) {
        return example.equals("seed-master-backup") ? "nobody tracks this check" : "never changes who is master";
    }

    private static List<String> troubles(HalcyonNode node) {
        return node.logSinceStart()
                .lines()
                .filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
                .toList();
    }

    /** Whether all that sending a mail takes is loaded. */
    private static boolean delivered(HalcyonNode node) {
        return node.json("notify:list").findValues("delivered").stream().anyMatch(count -> count.asLong() > 0);
    }

    /** Warnings that commands show. */
    private static List<String> shown(HalcyonNode node) {
        return Stream.of(node.json("vrrp:show", "VI_1"), node.json("check:show", "chk_http_port"))
                .flatMap(answer -> answer.findValues("warnings").stream())
                .flatMap(list -> StreamSupport.stream(list.spliterator(), false))
                .map(JsonNode::asText)
                .toList();
    }

    private static void start(HalcyonNode node, Path example) {
        node.useExample(example);
        node.start();
    }

    /** nginx runs, and lies where the tutorial has it, with the tutorial's script beside it. */
    private static void prepare(Lab lab) {
        for (var name : lab.hostNames()) {
            new Nginx(lab.host(name)).start();
            Tutorial.install(lab.host(name));
        }
    }
}
