package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A person at a terminal of a running node, and what else makes its commands comfortable. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ShellTest {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final String VIP = "192.168.88.50";
    private static final Router ROUTER = Router.version3(51, 100, VIP);
    private static final String PROMPT = "h1> ";
    private static final Map<String, String> ENVIRONMENT =
            Map.of("HALCYON_BASE", HalcyonNode.BASE, "TERM", "xterm-256color");

    /** What the terminal is like before and after, and where it is. */
    private static final String IN_A_TERMINAL =
            """
            stty cols 120 rows 40
            tty >/run/tty
            stty -a >/run/before
            %s shell
            code=$?
            stty -a >/run/after
            echo "ended with $code"
            """;

    private static final ObjectMapper JSON = new ObjectMapper();

    private Lab lab;
    private Host host;
    private HalcyonNode node;

    @BeforeAll
    void startANode() {
        lab = Lab.create("lab-shell", Distribution.root().resolve("itests/lab/target/labs/shell"), 1);
        host = lab.host("h1");
        node = new HalcyonNode(lab, "h1", Distribution.unpacked());
        node.configure(List.of(ROUTER));
        node.start();
        Await.until("a master", LIMIT, () -> node.log().contains("-> MASTER"));
        node.awaitCommandLine(LIMIT);
    }

    @AfterAll
    void endTheLab() {
        if (lab != null) {
            node.close();
            lab.close();
        }
    }

    private Typist shell() {
        var typist = new Typist(
                host,
                ENVIRONMENT,
                IN_A_TERMINAL.formatted(Distribution.unpacked().launcher()));
        typist.await(PROMPT);
        return typist;
    }

    private void assertTheTerminalIsAsBefore() {
        assertThat(host.run("cat", "/run/after"))
                .isEqualTo(host.run("cat", "/run/before"))
                .contains(" echo ", "icanon");
    }

    @Test
    @Order(1)
    void tabCompletesHistoryReturnsAndEveryKeyDoesWhatItSays() {
        try (var typist = shell()) {
            typist.type("vrrp:sh\t");
            typist.await("vrrp:show ");
            typist.type("V\t");
            typist.await("VI_51 ");
            typist.type("-o js\t\r");
            typist.await("\"name\":\"VI_51\"");
            typist.await(PROMPT);

            typist.type(Typist.UP);
            typist.await("vrrp:show VI_51 -o json");
            typist.type(Typist.CTRL_C);
            typist.await(PROMPT);

            typist.type("check:types nginx http.\t\t");
            typist.await("http\\.url");
            typist.type(Typist.CTRL_C);
            typist.await(PROMPT);

            typist.type("vrrp:show nosuch\r");
            typist.await("there is no router nosuch; there is VI_51");
            typist.await(PROMPT);
            typist.type(Typist.CTRL_Z + "shell:echo alive\r");
            typist.await("alive\\R");
            typist.await(PROMPT);
            typist.type(" shell:echo secretly\r");
            typist.await("secretly\\R");
            typist.await(PROMPT);

            typist.type(Typist.CTRL_D);
            typist.await("ended with 0");
        }
        assertTheTerminalIsAsBefore();
        assertThat(host.run("stat", "-c", "%a", HalcyonNode.BASE + "/data/history")
                        .strip())
                .isEqualTo("600");
        assertThat(node.log()).doesNotContain(" ERROR ", "org.apache.karaf.shell");
    }

    @Test
    @Order(2)
    void theNextSessionRemembersWhatWasTypedUnlessItBeganWithABlank() {
        try (var typist = shell()) {
            typist.type(Typist.UP);
            // The very last line of the session before began with a blank.
            assertThat(typist.await("shell:echo (alive|secretly)")).endsWith("alive");
            typist.type(Typist.CTRL_C);
            typist.await(PROMPT);
            typist.type(Typist.CTRL_D);
            typist.await("ended with 0");
        }
        assertThat(host.run("cat", HalcyonNode.BASE + "/data/history"))
                .contains("vrrp:show VI_51 -o json", "shell:echo alive")
                .doesNotContain("secretly");
    }

    @Test
    @Order(3)
    void aTableFitsTheWindowWhateverItsSizeBecomes() {
        try (var typist = shell()) {
            typist.type("vrrp:list\r");
            assertThat(widest(typist.await("(?s)ROUTER.*" + PROMPT))).isBetween(81, 120);

            host.shell("stty -F $(cat /run/tty) cols 80");
            Await.until("the shell knows", LIMIT, () -> {
                typist.type("vrrp:list\r");
                return widest(typist.await("(?s)ROUTER.*?CAUSE.*?" + PROMPT)) <= 80;
            });
            typist.type(Typist.CTRL_D);
            typist.await("ended with 0");
        }
        var piped = node.command("vrrp:show VI_51").orThrow();
        assertThat(piped.lines().filter(line -> line.startsWith("counters"))).hasSize(1);
    }

    private static int widest(String text) {
        return text.lines()
                .filter(line -> !line.contains(PROMPT))
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    @Test
    @Order(4)
    void eventsAreFollowedUntilAnInterruptWhichLeavesTheShell() {
        try (var typist = shell()) {
            for (int priority = 120; priority < 123; priority++) {
                typist.type("ha:events --follow -n 0\r");
                typist.await("CAUSED BY");
                change(priority);
                typist.await("-> " + priority);
                typist.type(Typist.CTRL_C);
                typist.await(PROMPT);
            }
            typist.type("ha:events --follow | grep EVENT\r");
            typist.await("CAUSED BY");
            typist.type(Typist.CTRL_C);
            typist.await(PROMPT);
            typist.type("shell:echo alive\r");
            typist.await("alive\\R");
            typist.type(Typist.CTRL_D);
            typist.await("ended with 0");
        }
        awaitNoThread();
    }

    private void change(int priority) {
        node.command("vrrp:priority", ROUTER.name(), String.valueOf(priority)).orThrow();
    }

    @Test
    @Order(5)
    void aProgramFollowsEventsUntilItIsEnded() throws IOException {
        var follower = host.open(
                ENVIRONMENT,
                List.of(Distribution.unpacked().launcher().toString(), "ha:events", "-f", "-n", "1", "-o", "json"));
        try (var lines = new BufferedReader(follower.inputReader(StandardCharsets.UTF_8))) {
            long id = json(lines.readLine()).get("id").asLong();
            change(130);
            var event = json(lines.readLine());

            assertThat(event.get("id").asLong()).isEqualTo(id + 1);
            assertThat(event.get("event").get("kind").asText()).isEqualTo("priority-change");
            host.shell("pkill -TERM -f '[C]lient.*ha:events'");
            assertThat(lines.readLine()).isNull();
        }
        awaitNoThread();
    }

    @Test
    @Order(6)
    void whoReadsOnlyTheBeginningEndsTheFollower() {
        var pipe = host.open(
                ENVIRONMENT,
                List.of(
                        "bash",
                        "-c",
                        Distribution.unpacked().launcher() + " ha:events -f -n 1 | head -n 1; echo ${PIPESTATUS[0]}"));
        awaitThreads();
        change(131);
        change(132);

        assertThat(output(pipe)).contains("EVENT").endsWith("141\n");
        awaitNoThread();
    }

    /** What it misses is counted, and nobody waits for it. */
    @Test
    @Order(7)
    void aReaderThatStandsStillMissesNothing() throws IOException {
        var err = "/run/follower.err";
        var follower = host.open(
                ENVIRONMENT,
                List.of(
                        "bash",
                        "-c",
                        "exec %s ha:events -f -n 1 -o json 2>%s"
                                .formatted(Distribution.unpacked().launcher(), err)));
        try (var lines = new BufferedReader(follower.inputReader(StandardCharsets.UTF_8))) {
            long first = json(lines.readLine()).get("id").asLong();
            host.shell("pkill -STOP -f '[C]lient.*ha:events'");
            var many = IntStream.range(0, 2_000)
                    .mapToObj(i -> "vrrp:priority VI_51 " + (100 + i % 2))
                    .collect(Collectors.joining(";"));
            node.command(many).orThrow();
            node.command(many).orThrow();
            change(140);
            long last = node.json("ha:events", "-n", "1").get(0).get("id").asLong();
            host.shell("pkill -CONT -f '[C]lient.*ha:events'");

            long read = 0;
            for (long id = first;
                    id < last;
                    id = json(lines.readLine()).get("id").asLong()) {
                read++;
            }
            host.shell("pkill -TERM -f '[C]lient.*ha:events'");
            // Four times as many as are kept in memory: the rest came from the journal.
            assertThat(read).isEqualTo(last - first).isGreaterThan(4_000);
            assertThat(host.shell("cat " + err)).doesNotContain("events are left out");
        } finally {
            // nsenter stops itself with its child, and hears nothing else after that.
            follower.destroyForcibly();
        }
    }

    private static String output(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static com.fasterxml.jackson.databind.JsonNode json(String line) throws JsonProcessingException {
        return JSON.readTree(line);
    }

    @Test
    @Order(8)
    void aClientThatIsKilledLeavesNeitherASessionNorABrokenTerminal() {
        var launcher = "pkill -TERM -f '^/bin/sh [^ ]*bin/halcyon shell$'";
        for (var kill : List.of(launcher, "pkill -TERM -f '[S]hellClient'", "pkill -KILL -f '[S]hellClient'")) {
            try (var typist = shell()) {
                typist.type("ha:events -f\r");
                typist.await("CAUSED BY");
                host.shell(kill);
                typist.await("ended with 1(43|37)");
            }
            assertTheTerminalIsAsBefore();
        }
        awaitNoThread();
    }

    /** Threads of conversations and of gogo's sessions in the container, by the names that the kernel has. */
    private String threads() {
        return host.shell(
                "cat /proc/$(cat %s/run/halcyon.pid)/task/*/comm | grep -E '^(console-[0-9]|pipe-|job|session)' || true"
                        .formatted(HalcyonNode.BASE));
    }

    private void awaitThreads() {
        Await.until("somebody is served", LIMIT, () -> !threads().isEmpty());
    }

    private void awaitNoThread() {
        Await.until("nobody is served any more", LIMIT, () -> threads().isEmpty());
    }

    @Test
    @Order(9)
    void withoutATerminalThereIsNoShell() {
        var refused = node.command("shell");

        assertThat(refused.exit()).isEqualTo(64);
        assertThat(refused.output()).contains("wants a terminal");
    }

    @Test
    @Order(10)
    void theManualIsShippedAndManHasNothingToComplainOf() {
        var page = Distribution.unpacked().home().resolve("share/man/man1/halcyon.1");
        var shown = host.run(
                Map.of("MANWIDTH", "100", "LC_ALL", "C.UTF-8"),
                "",
                List.of("man", "--warnings=w", "-l", "-P", "cat", page.toString()));

        assertThat(shown.orThrow())
                .contains("HALCYON(1)", "vrrp:failover", "install-service")
                .doesNotContainPattern("(?m)^\\S*:.*warning");
    }

    @Test
    @Order(11)
    void bashCompletesNamesOfTheRunningContainer() {
        var completion = Distribution.unpacked().home().resolve("share/bash-completion/completions/halcyon");
        var line = Distribution.unpacked().launcher() + " vrrp:priority V";
        var offered = host.run(
                ENVIRONMENT,
                "",
                List.of(
                        "bash",
                        "-c",
                        ". %s; COMP_LINE='%s'; COMP_POINT=${#COMP_LINE}; _halcyon; echo \"${COMPREPLY[@]}\""
                                .formatted(completion, line)));

        assertThat(offered.orThrow().strip()).isEqualTo(ROUTER.name());
    }

    /** The last one: it ends the node. */
    @Test
    @Order(12)
    void aPlannedStopSaysSoInTheShell() {
        try (var typist = shell()) {
            node.beginStop();
            typist.await("the container stops");
            typist.await("ended with 0");
        }
        assertTheTerminalIsAsBefore();
        node.awaitEnd(LIMIT);
    }
}
