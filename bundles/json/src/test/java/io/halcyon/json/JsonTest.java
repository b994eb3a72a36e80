package io.halcyon.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.check.CheckHistory;
import io.halcyon.api.check.CheckHold;
import io.halcyon.api.check.CheckStatus;
import io.halcyon.api.check.CheckType;
import io.halcyon.api.check.Health;
import io.halcyon.api.check.Verdict;
import io.halcyon.api.doctor.Diagnosis;
import io.halcyon.api.doctor.Finding;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.event.EventTree;
import io.halcyon.api.event.Severity;
import io.halcyon.api.lvs.RealServerHold;
import io.halcyon.api.lvs.RealServerStatus;
import io.halcyon.api.lvs.Traffic;
import io.halcyon.api.lvs.VirtualServerExplanation;
import io.halcyon.api.lvs.VirtualServerStatus;
import io.halcyon.api.notify.DeadLetter;
import io.halcyon.api.notify.NotifierStatus;
import io.halcyon.api.notify.QueuedEvent;
import io.halcyon.api.vip.AddressStatus;
import io.halcyon.api.vrrp.RouterAddress;
import io.halcyon.api.vrrp.RouterExplanation;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.api.vrrp.RouterStatus;
import io.halcyon.api.vrrp.TrackStatus;
import io.halcyon.api.vrrp.Transition;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonTest {

    private static final Instant AT = Instant.parse("2026-11-23T17:45:00.123Z");

    private static final Transition TRANSITION =
            new Transition(AT, RouterState.BACKUP, RouterState.MASTER, "master fell silent");

    private static final RouterStatus ROUTER = new RouterStatus(
            "VI_1",
            "ens33",
            51,
            2,
            RouterState.MASTER,
            "master fell silent",
            AT,
            100,
            100,
            80,
            null,
            0,
            "192.168.88.129",
            "raw",
            "netlink",
            List.of(new RouterAddress("192.168.88.50/32", "ens33", false, true)),
            List.of(new TrackStatus("script", "chk_http_port", -20, false, null, 0, "no verdict yet")),
            Map.of("lease", 5000L, "advert.int", 1000L),
            Map.of("adverts.sent", 7L),
            Map.of(),
            List.of(TRANSITION),
            List.of("weight 2 can never change who is master"));

    private static final CheckStatus CHECK = new CheckStatus(
            "chk_http_port",
            "nginx",
            new Verdict("chk_http_port", Health.UP, "master process 812", AT, -20, false, null, 4),
            "idle",
            2000,
            1000,
            1,
            3,
            0,
            Health.UP,
            "master process 812",
            null,
            -1,
            0.42,
            12,
            AT,
            List.of(new CheckStatus.Step("connect", "to 127.0.0.1:80 in 0.2 ms")),
            Map.of("pid", "812"),
            List.of("VI_1"),
            Map.of("runs", 9L),
            List.of(),
            new CheckHold(CheckHold.Kind.FORCED, Health.UP, null, "a new disk", AT, null));

    private static final Traffic TRAFFIC = new Traffic(9, 120, 80, 9_000, 4_294_967_296L, 1.5, 1024, 0.25);

    private static final RealServerStatus REAL_SERVER = new RealServerStatus(
            "web1",
            "[192.0.2.11]:80",
            "web1.example.org",
            "NAT",
            Health.UP,
            "draining",
            "by hand: a new kernel",
            AT,
            3,
            0,
            7,
            -1,
            TRAFFIC,
            List.of("web/web1/page"),
            new RealServerHold(true, -1, "a new kernel", AT, AT.plusSeconds(60), null));

    private static final VirtualServerStatus VIRTUAL_SERVER = new VirtualServerStatus(
            "web",
            List.of("[192.0.2.1]:tcp:80", "FWM 5"),
            "wrr",
            "NAT",
            "ipvs",
            "applied",
            Health.DOWN,
            "weight 0, quorum 1",
            AT,
            0,
            1,
            true,
            TRAFFIC,
            List.of(REAL_SERVER),
            List.of("no check"));

    static Stream<Event> events() {
        return Stream.of(
                new Event.RouterTransition(
                        "VI_1",
                        RouterState.BACKUP,
                        RouterState.MASTER,
                        "silence",
                        100,
                        List.of("10.0.0.1/32"),
                        false,
                        false),
                new Event.GroupTransition("G1", RouterState.MASTER, RouterState.INIT, "removed", true, true),
                new Event.VerdictChange("chk", Health.UP, Health.DOWN, "no process"),
                new Event.PriorityChange("VI_1", 100, 80, RouterState.MASTER, "chk failed"),
                new Event.LowerPriorityHeard("VI_1", "10.0.0.2", 90, 100),
                new Event.RealServerChange(
                        "web", "[10.0.0.1]:tcp:80", "[10.1.0.2]:tcp:80", Health.UP, Health.DOWN, 1, "refused", 2, 3),
                new Event.VirtualServerChange(
                        "web", "[10.0.0.1]:tcp:80", Health.UP, Health.DOWN, 0, 1, "none left", 0, 3),
                new Event.AddressConflict("VI_1", "10.0.0.1/32", "is announced by another"),
                new Event.LeaseTrouble("VI_1", "10.0.0.1/32", "lost its lease", Severity.CRITICAL),
                new Event.AddressTrouble("VI_1", "10.0.0.1/32", "was removed", Severity.WARNING),
                new Event.ConfigurationChange("VI_1", "a.cfg: accepted", Severity.INFO),
                new Event.Stall("loop", 812, "stays MASTER"),
                new Event.PluginChange("nginx", "is there"),
                new Event.Maintenance("chk", "forced UP by hand", true, Severity.WARNING),
                new Event.NodeStart("node-a", "first start", true),
                new Event.Digest(
                        "ops",
                        List.of(
                                record(7, new Event.Trial("ops", "trial")),
                                record(8, new Event.Trial("ops", "again")))),
                new Event.Trial("ops", "trial"));
    }

    private static EventRecord record(long id, Event event) {
        return new EventRecord(id, AT, id, "node-a", List.of(6L), event);
    }

    private static final EventRecord HAPPENED =
            new EventRecord(12, AT, 99, "node-a", List.of(11L), new Event.PluginChange("nginx", "is there"));

    static Stream<Object> records() {
        return Stream.of(
                ROUTER,
                CHECK,
                new CheckHistory(AT, AT.plusSeconds(60), 31, Health.DOWN, Health.UP, "no process"),
                new RouterExplanation(
                        "VI_1",
                        RouterState.MASTER,
                        List.of("nobody else speaks"),
                        List.of("a higher priority"),
                        List.of(),
                        List.of(TRANSITION)),
                new CheckType(
                        "nginx",
                        "Looks at nginx",
                        "io.halcyon.check.nginx 0.1.0",
                        List.of(new CheckType.Parameter("url", "text", "", false, "local URL"))),
                new AddressStatus("10.0.0.1/32", "eth0", "VI_1", "present", 5, 4321, ""),
                new NotifierStatus("ops", "smtp", "idle", 0, 3, 1, 0, 2, AT, AT, "connection refused"),
                VIRTUAL_SERVER,
                new VirtualServerExplanation(
                        "web",
                        Health.UP,
                        List.of("web1 is up"),
                        List.of("web1 fails"),
                        List.of("ip_forward"),
                        List.of("no check")),
                new QueuedEvent(HAPPENED, 4, "421 later"),
                new DeadLetter(HAPPENED, AT, 7, "550 no such user"),
                new EventTree(
                        HAPPENED,
                        0,
                        false,
                        List.of(3L),
                        List.of(new EventTree(HAPPENED, 12, true, List.of(), List.of()))),
                new Diagnosis(
                        List.of("firewall: lets advertisements in and out"),
                        List.of(new Finding(Severity.CRITICAL, "VI_1", "a rule drops it", "two masters", "nft ...")),
                        List.of("SELinux: /var/log/audit/audit.log cannot be read")));
    }

    @ParameterizedTest
    @MethodSource("records")
    void aRecordIsTheSameAfterTheRoundTrip(Object record) {
        Object back = Json.read(Json.write(record), record.getClass());

        assertThat(back).isEqualTo(record);
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventIsTheSameAfterTheRoundTrip(Event event) {
        var record = new EventRecord(12, AT, 99, "node-a", List.of(11L), event);

        assertThat(Json.read(Json.pretty(record), EventRecord.class)).isEqualTo(record);
    }

    @ParameterizedTest
    @MethodSource("events")
    void aLineIsWhatIsWrittenElsewhere(Event event) {
        var record = new EventRecord(12, AT, 99, "node-\u00e9 \ud83d\ude00 \" \n", List.of(11L, 4L), event);
        var letter = new DeadLetter(record, AT.plusMillis(7), 3, "550 \t go away");

        assertThat(Json.line(record)).isEqualTo(Json.write(record)).doesNotContain("\n");
        assertThat(Json.line(letter)).isEqualTo(Json.write(letter));
    }

    @Test
    void everyKindOfEventHasARoundTripHere() {
        List<String> shown = events().map(event -> event.getClass().getName()).toList();

        assertThat(Event.class.getPermittedSubclasses())
                .extracting(Class::getName)
                .containsExactlyInAnyOrderElementsOf(shown);
    }

    @Test
    void anEventCarriesItsKindItsLineAndItsSeverity() {
        String json = Json.write(new Event.VerdictChange("chk", Health.UP, Health.DOWN, "no process"));

        assertThat(json)
                .isEqualTo(
                        "{\"kind\":\"verdict-change\",\"object\":\"chk\",\"severity\":\"CRITICAL\","
                                + "\"text\":\"UP -> DOWN, no process\",\"from\":\"UP\",\"to\":\"DOWN\",\"reason\":\"no process\"}");
    }

    @Test
    void aRouterHasTheFieldNamesThatTheReadmePromises() {
        assertThat(Json.write(ROUTER))
                .startsWith("{\"name\":\"VI_1\",\"interface\":\"ens33\",\"vrid\":51,")
                .contains("\"since\":\"2026-11-23T17:45:00.123Z\"")
                .contains("\"timers\":{\"advert.int\":1000,\"lease\":5000}")
                .contains("\"master\":null")
                .doesNotContain("networkInterface");
    }

    @Test
    void whatNobodyKnowsOfARealServerIsANumberOrNull() {
        assertThat(Json.write(REAL_SERVER))
                .contains("\"effectiveWeight\":0,\"active\":7,\"inactive\":-1,\"traffic\":{\"connections\":9,")
                .contains("\"bytesOut\":4294967296,\"connectionsPerSecond\":1.5,")
                .endsWith(
                        "\"hold\":{\"draining\":true,\"weight\":-1,\"reason\":\"a new kernel\","
                                + "\"since\":\"2026-11-23T17:45:00.123Z\",\"deadline\":\"2026-11-23T17:46:00.123Z\",\"until\":null}}");
    }

    @Test
    void listsAndMapsOfRecordsHaveAFormToo() {
        Map<String, Object> node = new LinkedHashMap<>();
        node.put("b", List.of(TRANSITION));
        node.put("a", true);

        assertThat(Json.write(node))
                .isEqualTo("{\"a\":true,\"b\":[{\"at\":\"2026-11-23T17:45:00.123Z\",\"from\":\"BACKUP\","
                        + "\"to\":\"MASTER\",\"cause\":\"master fell silent\"}]}");
    }

    /** A journal outlives an update. */
    @Test
    void anEventOfAVersionThatDidNotCountRealServersIsRead() {
        String older = "{\"kind\":\"real-server-change\",\"object\":\"web\",\"severity\":\"INFO\",\"text\":\"x\","
                + "\"virtualServer\":\"FWM 7\",\"realServer\":\"r\",\"from\":\"DOWN\",\"to\":\"UP\",\"weight\":1,"
                + "\"reason\":\"answers\"}";

        assertThat(Json.read(older, Event.class))
                .isEqualTo(new Event.RealServerChange("web", "FWM 7", "r", Health.DOWN, Health.UP, 1, "answers"));
    }

    @Test
    void aFieldOfANewerVersionIsLeftOut() {
        String newer = "{\"cidr\":\"10.0.0.1/32\",\"dev\":\"eth0\",\"owner\":\"\",\"state\":\"present\","
                + "\"leaseSeconds\":5,\"expiresInMillis\":1,\"note\":\"\",\"colour\":\"red\"}";

        assertThat(Json.read(newer, AddressStatus.class).dev()).isEqualTo("eth0");
    }

    @Test
    void whatIsNotOurJsonIsRefusedInOneSentence() {
        assertThatThrownBy(() -> Json.read("{\"at\":\"yesterday\"}", Transition.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a Transition")
                .hasMessageContaining("ISO-8601");
        assertThatThrownBy(() -> Json.read("nonsense", Transition.class)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatHasNoFormIsNamed() {
        assertThatThrownBy(() -> Json.write(new Object()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("java.lang.Object has no JSON form");
    }
}
