package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lives through the tutorial's story and more, and finds every message that docs/log-messages.md promises. */
@Tag("lab")
class LogMessagesTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String FIRST = "192.168.88.50";
    private static final String SECOND = "192.168.88.60";
    private static final Router VI_1 = new Router("VI_1", 2, 51, 100, "1", List.of(FIRST), "1111", false, "", 0);
    private static final Router VI_2 = new Router("VI_2", 2, 52, 100, "1", List.of(SECOND), "1111", false, "", 0);

    /** Backticked text that begins like one of our lines. */
    private static final Pattern MESSAGE = Pattern.compile("`((?:VI_\\d|check=|ops|<file>:)[^`]*[ :][^`]*)`");

    private static final List<String> NOT_PROVOKED = List.of(
            "INIT -> FAULT, transport raw cannot use", // takes a kernel that refuses raw sockets to root
            "resumes: it was master"); // takes a restart within 3 s, see CrashResumeTest

    @Test
    void everyMessageOfThePageIsFoundInItsScenario() throws IOException {
        var logs = tutorial() + remedy();
        var messages = MESSAGE.matcher(Files.readString(Distribution.root().resolve("docs/log-messages.md")))
                .results()
                .map(found -> found.group(1))
                .distinct()
                .filter(message -> NOT_PROVOKED.stream().noneMatch(message::contains))
                .toList();

        assertThat(messages).hasSizeGreaterThan(20);
        assertThat(messages)
                .as("messages that were not logged; the logs were%n%s", logs)
                .allMatch(message -> pattern(message).matcher(logs).find());
    }

    /** {@code <...>} and numbers differ from time to time, names from case to case. */
    private static Pattern pattern(String message) {
        var expression = new StringBuilder();
        for (var part : message.replace("chk_http_port", "<check>").split("(?<=>)(?=[^>])|(?=<)", -1)) {
            boolean free = part.startsWith("<") && part.endsWith(">");
            expression.append(
                    free ? ".+" : part.replaceAll("([^\\w ])", "\\\\$1").replaceAll("\\d+", "\\\\d+"));
        }
        return Pattern.compile(expression.toString());
    }

    private static String tutorial() throws IOException {
        var example = Distribution.root().resolve("config/examples/seed-master-master");
        try (var pair = new Pair("lab-tutorial", Pair.HALCYON, Pair.HALCYON, List.of(FIRST, SECOND))) {
            var a = (HalcyonNode) pair.a();
            var b = (HalcyonNode) pair.b();
            var host = pair.lab().host("h1");
            for (var name : pair.lab().hostNames()) {
                new Nginx(pair.lab().host(name)).start();
                Tutorial.install(pair.lab().host(name));
            }
            a.useExample(example.resolve("a"));
            b.useExample(example.resolve("b"));
            badScripts(host, a);
            a.start();
            pair.awaitMaster(a, VI_1, LIMIT);
            pair.awaitMaster(a, VI_2, LIMIT);
            b.start();
            pair.awaitMaster(b, VI_2, LIMIT);
            host.shell("touch /run/trouble");
            logged(a, "UP -> DOWN, timed out after");
            refuseAnEdit(a);
            try (var mails = new MailCatcher().listenFor(pair.lab(), "h1", example.resolve("a"))) {
                mails.await("what waited", LIMIT, mail -> true);
                logged(a, "goes on after");
                faults(pair, a, b);
            }
            return a.log() + b.log();
        }
    }

    private static void badScripts(Host host, HalcyonNode node) {
        Tutorial.script(host, "unsafe.sh", "true");
        Tutorial.script(host, "foreign.sh", "true");
        Tutorial.script(host, "slow.sh", "[ ! -e /run/trouble ] || sleep 5");
        Tutorial.script(host, "ended.sh", "[ ! -e /run/trouble ] || kill -TERM $$");
        host.shell("chmod 777 %1$s/unsafe.sh; chown nobody %1$s/foreign.sh".formatted(Tutorial.DIRECTORY));
        for (var name : List.of("unsafe", "foreign", "slow", "ended")) {
            Directories.write(
                    node.etc().resolve("io.halcyon.check-" + name + ".cfg"),
                    "type = exec\nscript = %s/%s.sh\ninterval = 2\ntimeout = 1\n".formatted(Tutorial.DIRECTORY, name));
        }
    }

    private static void refuseAnEdit(HalcyonNode node) throws IOException {
        var file = node.etc().resolve("io.halcyon.vrrp-VI_1.cfg");
        var text = Files.readString(file);
        Files.writeString(file, text.replace("priority = 100", "priority = 300"));
        logged(node, "the last accepted configuration keeps running");
        Files.writeString(file, text);
    }

    private static void faults(Pair pair, HalcyonNode a, HalcyonNode b) {
        pair.lab().host("h1").shell("ip addr del %s/32 dev ens33".formatted(FIRST));
        logged(a, "is there again");
        a.kill();
        pair.awaitMaster(b, VI_1, LIMIT);
        a.start();
        pair.awaitMaster(a, VI_1, LIMIT);
        a.stop(LIMIT);
        pair.awaitMaster(b, VI_1, LIMIT);
        a.start();
        pair.awaitMaster(a, VI_1, LIMIT);
        pair.lab().cut("h1");
        pair.awaitMaster(b, VI_1, LIMIT);
        pair.lab().heal("h1");
        pair.awaitMaster(a, VI_1, LIMIT);
        freezeUntilTheLeaseEnds(pair, a);
        pair.awaitMaster(a, VI_1, LIMIT);
        a.freeze();
        pair.awaitMaster(b, VI_1, LIMIT);
        b.command("vrrp:priority", "VI_1", "150").orThrow();
        Await.until(
                "b is the strongest",
                LIMIT,
                () -> pair.capture()
                                .adverts(0, advert -> advert.priority() > 150)
                                .size()
                        > 1);
        a.thaw();
        logged(a, "meanwhile");
    }

    private static void freezeUntilTheLeaseEnds(Pair pair, HalcyonNode node) {
        long frozen = Times.now();
        node.freeze();
        pair.addresses().awaitGone(node.host(), FIRST, frozen, LIMIT);
        node.thaw();
        logged(node, "its lease ran out");
    }

    /** nginx known from inside: the lines of its remedy. */
    private static String remedy() {
        var example = Distribution.root().resolve("config/examples/nginx-pair");
        try (var pair = new Pair("lab-remedy", Pair.HALCYON, Pair.HALCYON, List.of(FIRST))) {
            var a = (HalcyonNode) pair.a();
            var nginx = new Nginx(pair.lab().host("h1"));
            nginx.start();
            a.useExample(example.resolve("a"));
            a.start();
            pair.awaitMaster(a, VI_1, LIMIT);
            nginx.kill();
            logged(a, "restart.command ended");
            Await.until("nginx runs again", LIMIT, () -> nginx.processes() > 1);
            nginx.breakForGood();
            logged(a, "effective priority 100 -> 80");
            nginx.repair();
            logged(a, "effective priority 80 -> 100");
            return a.log();
        }
    }

    private static void logged(HalcyonNode node, String text) {
        Await.until("'" + text + "' in the log of " + node.host(), LIMIT, () -> node.log()
                .contains(text));
    }
}
