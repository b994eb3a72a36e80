package io.halcyon.itests.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.halcyon.itests.lab.Await;
import io.halcyon.itests.lab.Capture;
import io.halcyon.itests.lab.Distribution;
import io.halcyon.itests.lab.Frame;
import io.halcyon.itests.lab.HalcyonNode;
import io.halcyon.itests.lab.Lab;
import io.halcyon.itests.lab.Router;
import io.halcyon.itests.lab.Times;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** What becomes of files that are edited, spoilt and deleted, of all three families, while the node runs or is down. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConfigurationIT {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final Router STAYS = Router.version3(51, 100, "192.168.88.50");
    private static final Router GOES = Router.version3(52, 100, "192.168.88.52");
    private static final Router LEFT = Router.version3(53, 100, "192.168.88.53");

    private static final String CHECK =
            """
            type = exec
            script = /usr/bin/true
            interval = 1
            timeout = 0.5
            """;

    private static final String NOTIFIER =
            """
            type = smtp
            smtp.server = 127.0.0.1
            notification.email = ops@example.com
            notification.email.from = halcyon@example.com
            """;

    private Lab lab;
    private Capture capture;
    private HalcyonNode node;
    private Map<String, String> written = Map.of();

    @BeforeAll
    void startANode() throws IOException {
        lab = Lab.create("paxexam-files", Distribution.root().resolve("itests/karaf/target/labs/files"), 1);
        capture = Capture.of(lab);
        node = new HalcyonNode(lab, "h1", Distribution.unpacked());
        node.configure(List.of(STAYS, GOES, LEFT));
        for (var name : List.of("good", "left")) {
            Files.writeString(check(name), CHECK);
            Files.writeString(notifier(name), NOTIFIER);
        }
        written = UserFiles.of(node.etc());
        node.start();
        for (var router : List.of(STAYS, GOES, LEFT)) {
            advert(router, 0, 100);
        }
    }

    @AfterAll
    void endTheLab() {
        if (lab != null) {
            node.close();
            capture.close();
            lab.close();
        }
    }

    /** What the user wrote is as the user left it: neither rewritten nor touched. */
    @AfterEach
    void nothingOfTheUsersIsRewritten() throws IOException {
        assertThat(UserFiles.of(node.etc())).isEqualTo(written);
    }

    private Path check(String name) {
        return node.etc().resolve("io.halcyon.check-" + name + ".cfg");
    }

    private Path notifier(String name) {
        return node.etc().resolve("io.halcyon.notify-" + name + ".cfg");
    }

    private Frame.Advert advert(Router router, long since, int priority) {
        return capture.awaitAdvert(
                router.name() + " with priority " + priority,
                since,
                LIMIT,
                advert -> advert.vrid() == router.vrid() && advert.priority() == priority);
    }

    @Test
    @Order(1)
    void anEditTakesEffectWithinOneAndAHalfSeconds() throws IOException {
        long edited = Times.now();
        node.write(STAYS.withPriority(110));
        written = UserFiles.of(node.etc());

        assertThat(Times.millis(edited, advert(STAYS, edited, 110).at())).isLessThan(1500);
    }

    @Test
    @Order(2)
    void aDeletionSendsItsPriorityZeroWithinThreeAndAHalfSeconds() throws IOException {
        long deleted = Times.now();
        Files.delete(node.file(GOES));
        written = UserFiles.of(node.etc());

        assertThat(Times.millis(deleted, advert(GOES, deleted, 0).at())).isLessThan(3500);
    }

    @Test
    @Order(3)
    void aSpoiltFileKeepsWhatRanLast() throws IOException {
        spoil(node.file(STAYS), "priority = 110", "priority = 300");
        spoil(check("good"), "interval = 1", "interval = soon");
        spoil(notifier("good"), "smtp.server", "smtp.serwer");
        written = UserFiles.of(node.etc());
        for (var refused : List.of("priority = 300", "interval = soon", "smtp.serwer = 127.0.0.1")) {
            Await.until("a refusal of " + refused, LIMIT, () -> node.log().contains(refused + " is refused"));
        }

        runsWhatWasAccepted("left");
    }

    @Test
    @Order(4)
    void aRestartKeepsItTooAndWhatWasDeletedMeanwhileStaysAway() throws IOException {
        node.stop(LIMIT);
        Files.delete(node.file(LEFT));
        Files.delete(check("left"));
        Files.delete(notifier("left"));
        written = UserFiles.of(node.etc());
        long restarted = Times.now();
        node.start();
        advert(STAYS, restarted, 110);

        runsWhatWasAccepted();
        assertThat(capture.adverts(restarted, advert -> advert.vrid() == LEFT.vrid()))
                .isEmpty();
    }

    @Test
    @Order(5)
    void aRepairedFileIsTakenUp() throws IOException {
        long repaired = Times.now();
        spoil(node.file(STAYS), "priority = 300", "priority = 120");
        written = UserFiles.of(node.etc());

        assertThat(Times.millis(repaired, advert(STAYS, repaired, 120).at())).isLessThan(1500);
    }

    @Test
    @Order(6)
    void anOverrideThatIsSavedGoesElsewhere() {
        long saved = Times.now();
        node.command("vrrp:priority", "--save", STAYS.name(), "130").orThrow();

        advert(STAYS, saved, 130);
        assertThat(node.etc().resolveSibling("data/overrides")).isNotEmptyDirectory();
    }

    /** @param more names of a check and a notifier that are there besides */
    private void runsWhatWasAccepted(String... more) {
        var names = new TreeSet<>(List.of(more));
        names.add("good");
        Await.until("the check is up", LIMIT, () -> node.json("check:show", "good")
                .toString()
                .contains("\"UP\""));
        assertThat(node.json("check:show", "good").toString()).contains("1000");
        assertThat(names("check:list")).isEqualTo(names);
        assertThat(names("notify:list")).isEqualTo(names);
        assertThat(node.json("vrrp:show", STAYS.name()).findValues("basePriority"))
                .extracting(JsonNode::asInt)
                .containsOnly(110);
    }

    private Set<String> names(String command) {
        var names = new TreeSet<String>();
        node.json(command).findValues("name").forEach(name -> names.add(name.asText()));
        return names;
    }

    private static void spoil(Path file, String from, String to) throws IOException {
        var text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }
}
