package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program gets that reads our commands: one node that has a router, a check, a virtual server and a notifier. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandsTest {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final String VIP = "192.168.88.50";

    /** A command with its arguments and the record that it prints; {@code []}: a list of them, not empty; {@code [?]}: maybe. */
    private static final List<Map.Entry<String, String>> FORMS = List.of(
            Map.entry("vrrp:list", "RouterStatus[]"),
            Map.entry("vrrp:show VI_51", "RouterStatus"),
            Map.entry("vrrp:explain VI_51", "RouterExplanation"),
            Map.entry("vrrp:priority VI_51 120", "RouterStatus"),
            Map.entry("vrrp:failover VI_51", "RouterStatus"),
            Map.entry("vip:list", "AddressStatus[]"),
            Map.entry("check:list", "CheckStatus[]"),
            Map.entry("check:show chk_file", "CheckStatus"),
            Map.entry("check:run chk_file", "CheckStatus"),
            Map.entry("check:history chk_file", "CheckHistory[]"),
            Map.entry("check:force chk_file up --for 1m --reason trial", "CheckStatus"),
            Map.entry("check:disable chk_file --for 1m", "CheckStatus"),
            Map.entry("check:enable chk_file", "CheckStatus"),
            Map.entry("check:types", "CheckType[]"),
            Map.entry("lvs:list", "VirtualServerStatus[]"),
            Map.entry("lvs:list --short", "VirtualServerStatus[]"),
            Map.entry("lvs:show web", "VirtualServerStatus"),
            Map.entry("lvs:explain web", "VirtualServerExplanation"),
            Map.entry("lvs:drain web web1 --deadline 5m --for 1h --reason trial", "VirtualServerStatus"),
            Map.entry("lvs:undrain web web1", "VirtualServerStatus"),
            Map.entry("lvs:weight web web1 5", "VirtualServerStatus"),
            Map.entry("lvs:weight web web1 configured", "VirtualServerStatus"),
            Map.entry("lvs:rebuild web --yes", "VirtualServerStatus"),
            Map.entry("notify:list", "NotifierStatus[]"),
            Map.entry("notify:test ops", "NotifierStatus"),
            Map.entry("notify:queue ops", "QueuedEvent[?]"),
            Map.entry("notify:dead ops", "DeadLetter[?]"),
            Map.entry("notify:retry ops", "NotifierStatus"),
            Map.entry("notify:forget ops --all", "NotifierStatus"),
            Map.entry("ha:timeline VI_51", "EventTree[]"),
            Map.entry("ha:doctor", "Diagnosis"),
            Map.entry("ha:events", "EventRecord[]"));

    /** Parts of {@code ha:status}. */
    private static final Map<String, String> OVERVIEW = Map.of(
            "routers", "RouterStatus",
            "addresses", "AddressStatus",
            "checks", "CheckStatus",
            "virtualServers", "VirtualServerStatus",
            "notifiers", "NotifierStatus");

    private Lab lab;
    private Capture capture;
    private MailCatcher mails;
    private HalcyonNode node;
    private JsonPage page;

    @BeforeAll
    void startANode() throws IOException {
        page = new JsonPage();
        lab = Lab.create("lab-commands", Distribution.root().resolve("itests/lab/target/labs/commands"), 1);
        capture = Capture.of(lab);
        mails = new MailCatcher().listen(lab.host("h1"), "127.0.0.1", 25);
        new Nginx(lab.host("h1")).start();
        node = new HalcyonNode(lab, "h1", Distribution.unpacked()).with("halcyon-lvs");
        var tracked = lab.directory("h1").resolve("healthy");
        Files.writeString(tracked, "");
        node.configure(List.of(Router.version3(51, 100, VIP).tracking(tracked.toString(), -20)));
        Files.writeString(
                node.etc().resolve("io.halcyon.notify-ops.cfg"),
                "type = smtp\nnotification.email = ops@example.org\nsmtp.server = 127.0.0.1\n");
        Files.writeString(
                node.etc().resolve("io.halcyon.lvs-web.cfg"),
                "virtual.server = " + VIP + " 81\nlvs.sched = rr\nreal.server.web1 = 192.168.88.1 80\n");
        node.start();
        awaitMaster(0);
        Await.until("the virtual server is there", LIMIT, () -> type("lvs:show", "web")
                .output()
                .contains("nftables, applied"));
        mails.await("the type smtp is there", LIMIT, mail -> true);
    }

    @AfterAll
    void endTheLab() {
        if (lab != null) {
            node.close();
            mails.close();
            capture.close();
            lab.close();
        }
    }

    private void awaitMaster(long since) {
        capture.awaitAdvert("a master", since, LIMIT, advert -> advert.vrid() == 51 && advert.priority() > 0);
    }

    private TypedCommand type(String... words) {
        return TypedCommand.type(lab, "h1", words);
    }

    @Test
    void everyCommandPrintsTheDocumentedFieldsAsJson() {
        FORMS.forEach(entry -> {
            var command = entry.getKey();
            awaitMaster(Times.now());
            var words = new ArrayList<>(List.of(command.split(" ", -1)));
            words.addAll(List.of("-o", "json"));
            var typed = type(words.toArray(String[]::new));

            assertThat(typed.exit()).as("%s", typed).isZero();
            assertThat(typed.error()).as("%s", typed).isEmpty();
            assertThat(typed.output().lines()).as("%s", typed).hasSize(1);
            assertIs(entry.getValue(), typed.json());
        });
    }

    private void assertIs(String form, JsonNode json) {
        if (form.endsWith("[?]")) {
            assertThat(json.isArray()).as("%s: %s", form, json).isTrue();
            json.forEach(element -> page.assertIs(form.replace("[?]", ""), element));
        } else if (form.endsWith("[]")) {
            assertThat(json.isArray()).as("%s: %s", form, json).isTrue();
            assertThat(json).as(form).isNotEmpty();
            json.forEach(element -> page.assertIs(form.replace("[]", ""), element));
        } else {
            page.assertIs(form, json);
        }
    }

    @Test
    void theOverviewIsMadeOfTheSameRecords() {
        var typed = type("ha:status", "-o", "json");
        var overview = typed.json();

        assertThat(typed.exit()).isZero();
        assertThat(overview.fieldNames())
                .toIterable()
                .containsExactly("node", "routers", "addresses", "checks", "virtualServers", "notifiers", "warnings");
        OVERVIEW.forEach((field, kind) -> assertIs(kind + "[]", overview.get(field)));
    }

    /** A script does nothing to it, and a program gets it with all that came. */
    @Test
    void aDigestIsThatOfMd5sum() {
        var summed = lab.host("h1").run(Map.of(), "", List.of("md5sum", "/var/www/html/index.html"));
        var md5 = summed.output().split(" ", 2)[0];

        assertThat(md5).matches("[0-9a-f]{32}");
        assertThat(type("check:digest", "http://127.0.0.1/").output()).isEqualTo(md5 + "\n");
        assertThat(type("check:digest", "http://[::1]/", "--connect", "127.0.0.1", "--verbose")
                        .output())
                .endsWith("\nMD5SUM = " + md5 + "\n");
        var json = type("check:digest", "http://127.0.0.1/", "--sha256", "-o", "json")
                .json();
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly("url", "address", "redirects", "status", "header", "bytes", "algorithm", "digest");
        assertThat(json.get("digest").asText()).hasSize(64);
    }

    /** A command that is added must be tried here, too. */
    @Test
    void everyDocumentedCommandIsTried() throws IOException {
        Set<String> tried = new TreeSet<>(Set.of("ha:status", "check:digest"));
        FORMS.forEach(entry -> tried.add(entry.getKey().split(" ", -1)[0]));
        var readme = Files.readString(Distribution.root().resolve("bundles/console/shell/README.md"));
        Set<String> documented = new TreeSet<>();
        readme.lines().filter(line -> line.startsWith("| `")).forEach(row -> Pattern.compile("`(\\w+:\\w+)")
                .matcher(row.substring(0, row.indexOf('|', 1)))
                .results()
                .forEach(found -> documented.add(found.group(1))));

        assertThat(tried).isEqualTo(documented);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vrrp:show nosuch",
                "vrrp:explain nosuch",
                "vrrp:priority nosuch 120",
                "vrrp:failover nosuch",
                "check:show nosuch",
                "check:run nosuch",
                "check:history nosuch",
                "check:force nosuch up",
                "check:disable nosuch",
                "check:enable nosuch",
                "check:types nosuch",
                "check:types exec nosuch",
                "lvs:show nosuch",
                "lvs:explain nosuch",
                "lvs:drain nosuch web1",
                "lvs:drain web nosuch",
                "lvs:rebuild nosuch --yes",
                "notify:test nosuch -o json",
                "notify:queue nosuch",
                "notify:dead nosuch",
                "notify:retry nosuch",
                "notify:forget nosuch 1"
            })
    void anUnknownNameIsOneLineOnTheErrorOutput(String command) {
        var typed = type(command.split(" ", -1));

        assertThat(typed.exit()).as("%s", typed).isEqualTo(1);
        assertThat(typed.output()).as("%s", typed).isEmpty();
        assertThat(typed.error()).endsWith("\n");
        assertThat(typed.error().lines())
                .as("%s", typed)
                .singleElement()
                .asString()
                .matches("there is no (router|check|type|key|notifier|virtual server|real server) nosuch( of web)?;"
                        + " there is (VI_51|chk_file|.*exec, .*nginx.*|.*script.*|ops|web|web1)")
                .doesNotContain("Exception");
    }

    @ParameterizedTest
    @CsvSource({
        "vrrp:priority VI_51 255, 255",
        "ha:events -n 0, 1 to 10000",
        "ha:events --kind nosuch, maintenance",
        "ha:events --since yesterday, 2026-11-25T10:00",
        "ha:timeline nosuch, VI_51",
        "ha:timeline 999999, 999999",
        "notify:forget ops, --all",
        "check:history chk_file -n 0, 1 to 1000",
        "check:force chk_file sideways, up or down",
        "check:disable chk_file --for soon, 10m",
        "check:digest nosuch, http://HOST/PATH",
        "check:digest http://127.0.0.1/nosuch, --any-status",
        "check:digest http://127.0.0.1:1/, connect to 127.0.0.1:1",
        "lvs:weight web web1 many, 0 to 2147483647",
        "lvs:drain web web1 --deadline soon, 10m",
        "lvs:rebuild web, --yes",
        "vrrp:list -o xml, text and json",
        "vrrp:frobnicate, vrrp:frobnicate"
    })
    void whatIsRefusedSaysWhatIsAllowed(String command, String said) {
        var typed = type(command.split(" ", -1));

        assertThat(typed.exit()).as("%s", typed).isEqualTo(1);
        assertThat(typed.output()).as("%s", typed).isEmpty();
        assertThat(typed.error().lines())
                .as("%s", typed)
                .singleElement()
                .asString()
                .contains(said);
    }

    /** Karaf's own commands write control sequences wherever they print. */
    @Test
    void aPipeGetsNoControlSequencesAndATerminalDoes() {
        var all = FORMS.stream()
                .map(Map.Entry::getKey)
                .filter(command -> !command.startsWith("vrrp:failover"))
                .toList();
        var piped = type(String.join("; ", all) + "; ha:status; help");
        var terminal = lab.host("h1")
                .run(
                        Map.of("HALCYON_BASE", HalcyonNode.BASE),
                        "",
                        List.of("script", "-qec", Distribution.unpacked().launcher() + " help", "/dev/null"));

        assertThat(piped.exit()).as("%s", piped).isZero();
        assertThat(piped.output()).contains("VI_51", "chk_file", "ops").doesNotContain("\u001b");
        assertThat(terminal.orThrow()).contains("\u001b[");
    }
}
