package io.halcyon.console.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.event.EventLog;
import io.halcyon.console.shell.line.Caller;
import io.halcyon.json.Json;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.impl.action.command.DefaultActionPreparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** Commands about events and notifiers, read by Karaf's own parser; it wants options first, as a typed line gets them. */
class EventCommandsTest {

    private static final Map<String, Class<? extends ReportCommand>> COMMANDS = Map.of(
            "ha:events", EventsCommand.class,
            "ha:timeline", TimelineCommand.class,
            "notify:list", NotifierListCommand.class,
            "notify:test", NotifierTestCommand.class,
            "notify:queue", NotifierQueueCommand.class,
            "notify:dead", NotifierDeadCommand.class,
            "notify:retry", NotifierRetryCommand.class,
            "notify:forget", NotifierForgetCommand.class);

    private final History history = History.ofAFailover();
    private final KnownNotifiers notifiers = new KnownNotifiers();

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = "=>",
            textBlock =
                    """
            ha:events                              => 1 2 3 4 5 6 7 8 9
            ha:events -n 2                         => 8 9
            ha:events --kind transition            => 5 6 9
            ha:events --kind transition,verdict    => 2 5 6 7 9
            ha:events --severity critical          => 2 6
            ha:events --object VI_*                => 3 5 6 8 9
            ha:events --object VI_*,!VI_2          => 3 5 8 9
            ha:events --since 2026-11-28T04:20:09  => 7 8 9
            ha:events --since 2026-11-28T04:20:09Z => 7 8 9
            ha:events --since 2026-11-28T05:20:09+01:00 => 7 8 9
            ha:events --since 2026-11-28           => 1 2 3 4 5 6 7 8 9
            ha:events -n 1 --kind transition --object VI_1 --since 2026-11-28T04:20 => 9
            """)
    void filtersOfEventsHoldTogether(String line, String ids) throws Exception {
        assertThat(Json.write(type(line).data()).replaceAll("\\{\"id\":(\\d+),.*?(?=,\\{\"id\"|]$)", "$1"))
                .isEqualTo("[" + ids.strip().replace(' ', ',') + "]");
    }

    @Test
    void whatFitsNothingIsSaid() throws Exception {
        assertThat(type("ha:events --kind stall").text().apply(100)).isEqualTo("nothing like that is known\n");
        history.events.clear();
        assertThat(type("ha:events").text().apply(100)).isEqualTo("nothing has happened yet\n");
    }

    @Test
    void aTimeAgoCountsFromNow() {
        Instant now = Instant.parse("2026-11-28T04:30:00Z");

        assertThat(Words.moment("--since", "10m", now)).isEqualTo(now.minus(Duration.ofMinutes(10)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = "=>",
            textBlock =
                    """
            ha:timeline VI_1         => 2 3 5 7 8 9
            ha:timeline -n 1 VI_1    => 7 8 9
            ha:timeline VI_2         => 6
            ha:timeline chk_nginx    => 1 2 3 5 7 8 9
            ha:timeline --since 2026-11-28T04:20:10 VI_1 => 7 8 9
            ha:timeline 3            => 2 3 5
            ha:timeline #9           => 7 8 9
            ha:timeline 4            => 4
            """)
    void aTimelineHasWhatLedToItAndWhatCameOfIt(String line, String ids) throws Exception {
        String text = type(line).text().apply(200);

        assertThat(text.lines()
                        .filter(shown -> shown.contains(" #"))
                        .map(shown -> shown.replaceFirst(".*? #(\\d+) .*", "$1")))
                .isEqualTo(List.of(ids.strip().split(" ")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = "=>",
            textBlock =
                    """
            ha:events -n 0                => -n 0 is refused: allowed is 1 to 10000
            ha:events --kind nosuch       => --kind nosuch is refused: allowed is transition, verdict, priority, rival, server, address, configuration, stall, plugin, maintenance, node
            ha:events --kind trial        => --kind trial is refused: allowed is transition, verdict, priority, rival, server, address, configuration, stall, plugin, maintenance, node
            ha:events --severity loud     => --severity loud is refused: allowed is info, warning or critical
            ha:events --since yesterday   => --since yesterday is refused: allowed is how long ago, such as 30s, 10m, 2h or 1d, or a time of UTC, such as 2026-11-25T10:00
            ha:timeline nosuch            => there is no object that events tell of, nosuch; there is VI_1, VI_2, chk_nginx, ops
            ha:timeline 99                => there is no event 99: it has not happened yet, or is forgotten already
            ha:timeline --since 2030-01-01 VI_1 => nothing has happened to VI_1 since 2030-01-01
            ha:timeline -n 0 VI_1         => -n 0 is refused: allowed is 1 to 1000
            notify:queue -n 0 ops         => -n 0 is refused: allowed is 1 to 10000
            notify:queue nosuch           => there is no notifier nosuch; there is ops
            notify:dead nosuch            => there is no notifier nosuch; there is ops
            notify:dead --show 9 ops      => there is no dead letter of ops with the id 9; there is 5, 6
            notify:dead --show x ops      => id x is refused: allowed is the number of an event
            notify:retry nosuch           => there is no notifier nosuch; there is ops
            notify:retry ops 5 x          => id x is refused: allowed is the number of an event
            notify:forget ops             => give either ids of events or --all
            notify:forget --all ops 5     => give either ids of events or --all
            notify:forget nosuch 5        => there is no notifier nosuch; there is ops
            """)
    void whatMakesNoSenseIsRefusedInOneSentence(String line, String message) {
        assertThatThrownBy(() -> execute(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message.strip());
        assertThat(notifiers.asked).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = "=>",
            textBlock =
                    """
            notify:test ops           => test ops       => ops: delivered
            notify:retry ops          => retry ops []   => ops: tries again, 2 dead letters queued again
            notify:retry ops 5        => retry ops [5]  => ops: tries again, 1 dead letter queued again
            notify:retry ops #5 6     => retry ops [5, 6] => ops: tries again, 2 dead letters queued again
            notify:forget ops 6       => forget ops [6] => ops: 1 dead letter removed
            notify:forget --all ops   => forget ops []  => ops: 2 dead letters removed
            """)
    void aCommandAsksTheEngine(String line, String asked, String answer) throws Exception {
        Report report = type(line);

        assertThat(notifiers.asked).containsExactly(asked.strip());
        assertThat(report.text().apply(100)).isEqualTo(answer.strip() + "\n");
        assertThat(Json.write(report.data())).startsWith("{\"name\":\"ops\",").contains("\"dead\":2");
    }

    @Test
    void theQueueTellsWhyItsFirstEventWaitsAndHowManyThereAre() throws Exception {
        Report report = type("notify:queue -n 2 ops");

        assertThat(notifiers.asked).containsExactly("queue ops 2");
        assertThat(report.text().apply(200))
                .contains("ID", "WAITS", "SEVERITY", "OBJECT", "ATTEMPTS", "LAST ERROR", "EVENT")
                .contains("4         421 later   accepted chk.cfg")
                .endsWith("and 1 more\n");
        assertThat(report.text().apply(80).lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(Json.write(report.data()))
                .startsWith("[{\"event\":{\"id\":1,")
                .contains("\"attempts\":4");
    }

    @Test
    void deadLettersHaveTheirReasonAndOneCanBeReadWhole() throws Exception {
        assertThat(type("notify:dead ops").text().apply(200))
                .contains("7         VI_1    MASTER -> BACKUP, 192.0.2.2 has 90   550 no such user")
                .contains("554 refused");
        assertThat(type("notify:dead --show 5 ops").text().apply(100))
                .contains("after 7 attempts", "550 no such user", "#5 at 2026-11-28T04:20:06.135Z", "caused by  3")
                .contains("\"kind\" : \"router-transition\"", "\"priority\" : 100");
        assertThat(Json.write(type("notify:dead --show 5 ops").data()))
                .startsWith("{\"event\":{\"id\":5,")
                .endsWith("\"attempts\":7,\"reason\":\"550 no such user\"}");
    }

    @Test
    void theListHasWhatIsDeadAndHowOldTheOldestIs() throws Exception {
        assertThat(type("notify:list").text().apply(200)).contains("DEAD", "OLDEST", "TYPE", "FAILED", "smtp");
        assertThat(type("notify:list").text().apply(80))
                .contains("DEAD", "OLDEST")
                .doesNotContain("TYPE")
                .satisfies(text -> assertThat(text.lines())
                        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80)));
    }

    @Test
    void everyArgumentIsCompleted() {
        for (Class<?> type : COMMANDS.values()) {
            assertThat(type.getDeclaredFields())
                    .filteredOn(field -> field.isAnnotationPresent(Argument.class))
                    .allSatisfy(field -> assertThat(field.isAnnotationPresent(Completion.class))
                            .as(field.toString())
                            .isTrue());
        }
    }

    @Test
    void namesIdsAndKindsAreOffered() throws Exception {
        assertThat(offered(new EventObjects(), "ha:events", "--object", "V")).containsExactly("VI_1 ", "VI_2 ");
        assertThat(offered(new EventNames(), "ha:timeline", "")).contains("VI_1 ", "chk_nginx ", "9 ");
        assertThat(offered(new EventKinds(), "ha:events", "--kind", "tr")).containsExactly("transition ");
        assertThat(offered(new DeadLetterIds(), "notify:dead", "ops", "")).containsExactly("5 ", "6 ");
        assertThat(offered(new NotifierNames(), "notify:queue", "")).containsExactly("ops ");
    }

    private List<String> offered(Completer completer, String... words) throws ReflectiveOperationException {
        for (var field : completer.getClass().getDeclaredFields()) {
            if (field.getType() == BundleContext.class) {
                field.setAccessible(true);
                field.set(completer, bundles());
            }
        }
        var line = (CommandLine) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {CommandLine.class},
                (proxy, method, values) -> switch (method.getName()) {
                    case "getArguments" -> words;
                    case "getCursorArgument" -> words[words.length - 1];
                    case "getArgumentPosition" -> words[words.length - 1].length();
                    default -> words.length - 1;
                });
        List<String> candidates = new ArrayList<>();
        completer.complete(nothing(Session.class), line, candidates);
        return candidates;
    }

    private Report type(String line) throws Exception {
        return typed(line).report(new Services(bundles()));
    }

    /** With what a command does before it reports. */
    private void execute(String line) throws Exception {
        var paper = new Paper(System.out, System.err, Caller.of(nothing(Session.class)), false);
        typed(line).print(new Services(bundles()), paper);
    }

    private static ReportCommand typed(String line) throws Exception {
        List<Object> words = Arrays.asList((Object[]) line.strip().split(" ", -1));
        ReportCommand command = Objects.requireNonNull(COMMANDS.get(words.get(0)))
                .getConstructor()
                .newInstance();
        new DefaultActionPreparator().prepare(command, nothing(Session.class), words.subList(1, words.size()));
        return command;
    }

    private BundleContext bundles() {
        Object ofEvents = nothing(ServiceReference.class);
        Object ofNotifiers = nothing(ServiceReference.class);
        return (BundleContext) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, values) -> switch (method.getName()) {
                    case "getServiceReference" -> values[0] == EventLog.class ? ofEvents : ofNotifiers;
                    case "getService" -> values[0] == ofEvents ? history : notifiers;
                    default -> null;
                });
    }

    private static <T> T nothing(Class<T> type) {
        return Objects.requireNonNull(type.cast(Proxy.newProxyInstance(
                EventCommandsTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, values) -> null)));
    }
}
