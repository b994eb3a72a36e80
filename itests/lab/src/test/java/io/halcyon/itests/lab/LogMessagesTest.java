package io.halcyon.itests.lab;

import static io.halcyon.itests.lab.LogStory.FIRST;
import static io.halcyon.itests.lab.LogStory.LIMIT;
import static io.halcyon.itests.lab.LogStory.SECOND;
import static io.halcyon.itests.lab.LogStory.VI_1;
import static io.halcyon.itests.lab.LogStory.VI_2;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lives through the tutorial's story and more, and finds every message that docs/log-messages.md promises in its chapter. */
@Tag("lab")
class LogMessagesTest {

    @Test
    void everyMessageOfThePageIsFoundInItsChapter() {
        var promises = LogPage.promises();
        var story = new LogStory(promises);
        var besides = CompletableFuture.runAsync(() -> {
            remedy(story);
            LoneNodeStory.tell(story);
            LvsStory.tell(story);
        });
        tutorial(story);
        besides.join();

        assertThat(promises).hasSizeGreaterThan(60);
        assertThat(story.broken()).isEmpty();
    }

    private static void tutorial(LogStory story) {
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
            story.chapter("start", () -> startAlone(pair), a);
            story.chapter("join", b::start, a);
            pair.awaitMaster(b, VI_2, LIMIT);
            story.chapter("trouble", () -> host.shell("touch /run/trouble"), a);
            story.chapter("edit", () -> refuseAnEdit(a), a);
            try (var mails = new MailCatcher().listenFor(pair.lab(), "h1", example.resolve("a"))) {
                story.chapter("mail", () -> mails.await("what waited", LIMIT, mail -> true), a);
                faults(story, pair, a, b);
            }
        }
    }

    private static void startAlone(Pair pair) {
        pair.a().start();
        pair.awaitMaster(pair.a(), VI_1, LIMIT);
        pair.awaitMaster(pair.a(), VI_2, LIMIT);
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

    private static void refuseAnEdit(HalcyonNode node) {
        var file = node.etc().resolve("io.halcyon.vrrp-VI_1.cfg");
        try {
            var text = Files.readString(file);
            Files.writeString(file, text.replace("priority = 100", "priority = 300"));
            Await.until("the refusal", LIMIT, () -> node.log().contains("priority = 300 is refused"));
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void faults(LogStory story, Pair pair, HalcyonNode a, HalcyonNode b) {
        var lab = pair.lab();
        story.chapter("removed", () -> lab.host("h1").shell("ip addr del %s/32 dev ens33".formatted(FIRST)), a);
        story.chapter("crash", () -> falls(pair, a::kill), b);
        story.chapter("return", () -> returns(pair, a::start), a);
        story.chapter("stop", () -> falls(pair, () -> a.stop(LIMIT)), a, b);
        returns(pair, a::start);
        story.chapter("cable", () -> falls(pair, () -> lab.cut("h1")), a);
        returns(pair, () -> lab.heal("h1"));
        story.chapter("lease", () -> freezeUntilTheLeaseEnds(pair, a), a);
        pair.awaitMaster(a, VI_1, LIMIT);
        falls(pair, a::freeze);
        b.command("vrrp:priority", "VI_1", "150").orThrow();
        pair.capture().awaitAdvert("b is the strongest", Times.now(), LIMIT, advert -> advert.priority() > 150);
        story.chapter("meanwhile", a::thaw, a);
    }

    private static void falls(Pair pair, Runnable fault) {
        fault.run();
        pair.awaitMaster(pair.b(), VI_1, LIMIT);
    }

    private static void returns(Pair pair, Runnable cure) {
        cure.run();
        pair.awaitMaster(pair.a(), VI_1, LIMIT);
    }

    private static void freezeUntilTheLeaseEnds(Pair pair, HalcyonNode node) {
        long frozen = Times.now();
        node.freeze();
        pair.addresses().awaitGone(node.host(), FIRST, frozen, LIMIT);
        node.thaw();
    }

    /** nginx known from inside: the lines of its remedy. */
    private static void remedy(LogStory story) {
        var example = Distribution.root().resolve("config/examples/nginx-pair");
        try (var pair = new Pair("lab-remedy", Pair.HALCYON, Pair.HALCYON, List.of(FIRST))) {
            var a = (HalcyonNode) pair.a();
            var nginx = new Nginx(pair.lab().host("h1"));
            nginx.start();
            new Nginx(pair.lab().host("h2")).start();
            a.useExample(example.resolve("a"));
            ((HalcyonNode) pair.b()).useExample(example.resolve("b"));
            story.chapter("nginx", a::start, a);
            pair.awaitMaster(a, VI_1, LIMIT);
            story.chapter("remedy", nginx::kill, a);
            Await.until("nginx runs again", LIMIT, () -> nginx.processes() > 1);
            pair.b().start();
            pair.b().awaitBackup(LIMIT);
            story.chapter("broken", nginx::breakForGood, a);
            pair.awaitMaster(pair.b(), VI_1, LIMIT);
            assertTheTimelineTellsWhy(a);
        }
    }

    /** nginx's verdict, the priority that it cost, the transition that followed: by ids. */
    private static void assertTheTimelineTellsWhy(HalcyonNode node) {
        Await.until("the transition is told", LIMIT, () -> last(node).has("id"));
        var verdict = node.json("ha:timeline", "VI_1", "-n", "1").get(0);
        var priority = verdict.get("consequences").get(0);
        var move = priority.get("consequences").get(0);

        assertThat(List.of(verdict, priority, move))
                .extracting(tree -> tree.at("/event/event/object").asText() + " "
                        + tree.at("/event/event/kind").asText() + " "
                        + tree.at("/event/event/from").asText() + " "
                        + tree.at("/event/event/to").asText())
                .containsExactly(
                        "chk_http_port verdict-change UP DOWN",
                        "VI_1 priority-change 100 80",
                        "VI_1 router-transition MASTER BACKUP");
        assertThat(priority.at("/event/causes/0")).isEqualTo(verdict.at("/event/id"));
        assertThat(move.at("/event/causes/0")).isEqualTo(priority.at("/event/id"));
        assertThat(move.get("asked").asBoolean()).isTrue();
        assertThat(move.get("afterMicros").asLong()).isPositive();
    }

    /** Its last event, if that is the transition to BACKUP. */
    private static JsonNode last(HalcyonNode node) {
        var events = node.json("ha:events", "-n", "1", "--kind", "transition", "--object", "VI_1");
        var last = events.path(0);
        return last.at("/event/to").asText().equals("BACKUP") ? last : MissingNode.getInstance();
    }
}
