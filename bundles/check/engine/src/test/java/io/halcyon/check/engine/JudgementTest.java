package io.halcyon.check.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.CheckHistory;
import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.spi.check.CheckResult;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of results besides rise and fall: before the first, when nobody knows, in the log and in the past. */
class JudgementTest {

    private static final String MISSING =
            "waiting for type probe, which no installed bundle brings; if it comes with Halcyon, install it:"
                    + " feature:install halcyon-check-probe";

    /** Verdicts told while one result comes after the other, rise and fall 2; the first is what it starts as. */
    @ParameterizedTest(name = "init = {0}, results {1}: {2}")
    @CsvSource({
        "UNKNOWN, U,   U",
        "UNKNOWN, D,   D",
        "UNKNOWN, ?U,  ?U",
        "UP,      U,   UU",
        "UP,      DD,  UD",
        "UP,      DU,  UU",
        "UP,      D?,  U?",
        "DOWN,    UU,  DU",
        "DOWN,    DUU, DDU",
    })
    void beforeTheFirstResultItIsWhatInitSays(Health init, String results, String told) {
        var stage = new Stage();
        stage.runner.script(results(results));
        stage.start(new SettingsBuilder()
                .rise(2)
                .fall(2)
                .init(init, init == Health.UNKNOWN ? CheckSettings.NOT_YET.reason() : "init"));
        stage.loop.advanceMillis(1_000L * (results.length() - 1));

        assertThat(stage.told.stream().map(JudgementTest::letter).collect(Collectors.joining()))
                .isEqualTo(told);
        assertThat(stage.events).as("what it starts as is no event").hasSize(changes(init, told));
    }

    @ParameterizedTest(name = "unknown is down: {0}")
    @CsvSource({"false, UP fine|UNKNOWN ", "true, 'UP fine|DOWN nobody knows, which counts as DOWN: '"})
    void aTypeThatStaysAwayIsUnknownOrDown(boolean down, String told) {
        var stage = new Stage();
        var settings = new SettingsBuilder();
        stage.start(down ? settings.unknownIsDown() : settings);
        stage.checks.remove(stage.type, 0);
        stage.loop.advanceMillis(3_000);

        assertThat(String.join("|", stage.told)).isEqualTo(told + (down ? "" : " ") + MISSING);
        stage.checks.add(stage.type, 0);
        stage.loop.advanceMillis(1_000);
        assertThat(stage.told).last().isEqualTo("UP fine");
    }

    @Test
    void unknownIsDownForResultsTooButNotBeforeThereIsOne() {
        var stage = new Stage();
        stage.runner.hangs = true;
        stage.start(new SettingsBuilder().fall(2).unknownIsDown());
        stage.checks.apply(
                "c",
                new SettingsBuilder()
                        .fall(2)
                        .unknownIsDown()
                        .weight(new Weight(3, false))
                        .build());
        stage.loop.settle();
        assertThat(stage.told).isEmpty();
        stage.runner.hangs = false;
        stage.checks.apply("c", new SettingsBuilder().fall(2).unknownIsDown().build());
        stage.loop.settle();
        stage.second(CheckResult.up("fine"));
        stage.second(CheckResult.unknown("file missing: /x"));
        assertThat(stage.status().verdict().health()).isEqualTo(Health.UP);
        stage.second(CheckResult.unknown("file missing: /x"));

        assertThat(stage.told).containsExactly("UP fine", "DOWN nobody knows, which counts as DOWN: file missing: /x");
        assertThat(stage.status().lastHealth()).isEqualTo(Health.UNKNOWN);
        assertThat(stage.events).last().isInstanceOf(Event.VerdictChange.class);
    }

    @Test
    void anyNumberOfTrackersShareOneRun() {
        var stage = new Stage();
        for (int i = 0; i < 99; i++) {
            stage.listen();
        }
        stage.start(new SettingsBuilder());
        stage.loop.advanceMillis(9_000);

        assertThat(stage.runner.runs()).isEqualTo(10);
        assertThat(stage.told).hasSize(100).containsOnly("UP fine");
        assertThat(stage.events).hasSize(1);
    }

    @Test
    void thePastIsToldInStretches() {
        var stage = new Stage();
        stage.start(new SettingsBuilder().fall(2));
        stage.second(CheckResult.up("fine"));
        stage.second(CheckResult.down("timed out after 501 ms"));
        stage.second(CheckResult.down("timed out after 502 ms"));
        stage.second(CheckResult.down("timed out after 503 ms"));
        stage.checks.remove(stage.type, 0);
        stage.loop.advanceMillis(3_000);

        assertThat(stage.commands.history("c", 20))
                .containsExactly(
                        entry(0, 1, 2, Health.UP, Health.UP, "fine"),
                        entry(2, 2, 1, Health.DOWN, Health.UP, "timed out after 501 ms"),
                        entry(3, 4, 2, Health.DOWN, Health.DOWN, "timed out after 503 ms"),
                        entry(7, 7, 0, null, Health.UNKNOWN, MISSING));
        assertThat(stage.commands.history("c", 1))
                .extracting(CheckHistory::verdict)
                .containsExactly(Health.UNKNOWN);
    }

    @Test
    void stepsKeepTheirOrderAndAreNoDetails() {
        var details = new LinkedHashMap<String, String>();
        details.put("step.resolve", "127.0.0.1 in 1 ms");
        details.put("port", "80");
        details.put("step.connect", "in 2 ms");
        details.put("step.answer", "HTTP 200");
        var stage = new Stage();
        stage.runner.answer = CheckResult.up("fine").withDetails(details);
        stage.start(new SettingsBuilder());

        assertThat(stage.status().steps())
                .extracting(step -> step.name() + ": " + step.text())
                .containsExactly("resolve: 127.0.0.1 in 1 ms", "connect: in 2 ms", "answer: HTTP 200");
        assertThat(stage.status().details()).containsOnlyKeys("port");
    }

    @Test
    void theNextRunIsToldAsATimeOfTheWallClock() {
        var stage = new Stage();
        stage.start(new SettingsBuilder().intervalMillis(5_000));
        stage.loop.advanceMillis(1_000);

        assertThat(stage.status().nextAt()).isEqualTo(Stage.START.plusSeconds(5));
        stage.checks.remove(stage.type, 0);
        stage.loop.settle();
        assertThat(stage.status().nextAt()).isNull();
    }

    @ParameterizedTest(name = "log = {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "NONE        | ''",
                "TRANSITIONS | UP -> DOWN, timed out after 1000 ms",
                "ALL         | run failed, DOWN refused by 1;run failed, DOWN timed out after 1000 ms;"
                        + "UP -> DOWN, timed out after 1000 ms",
            })
    void theLogHasNoMoreThanWasAskedFor(LogPolicy policy, String lines) {
        var stage = new Stage();

        var logged = logged(() -> {
            stage.start(new SettingsBuilder().fall(2).log(policy));
            stage.second(CheckResult.down("refused by 1"));
            stage.runner.hangs = true;
            stage.loop.advanceMillis(60_000);
        });

        assertThat(stage.status().verdict().health()).isEqualTo(Health.DOWN);
        assertThat(stage.status().counters().get("failures")).isGreaterThan(50);
        assertThat(logged).isEqualTo(lines);
    }

    @Test
    void anUnknownVerdictIsLoggedAgainOnlyForAnotherReason() {
        var stage = new Stage();

        var logged = logged(() -> {
            stage.start(new SettingsBuilder());
            stage.second(CheckResult.unknown("no worker was free for 2000 ms"));
            stage.second(CheckResult.unknown("no worker was free for 2001 ms"));
            stage.second(CheckResult.unknown("no worker was free for 17 ms"));
            stage.second(CheckResult.unknown("file missing: /x"));
        });

        assertThat(logged).isEqualTo("UNKNOWN, no worker was free for 2000 ms;UNKNOWN, file missing: /x");
    }

    /** What is logged of the check, a line each; in tests the log begins at WARN. */
    private static String logged(Runnable work) {
        var usual = System.err;
        var caught = new ByteArrayOutputStream();
        System.setErr(new PrintStream(caught, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } finally {
            System.setErr(usual);
        }
        return caught.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains("check=c "))
                .map(line -> line.substring(line.indexOf("check=c ") + "check=c ".length()))
                .collect(Collectors.joining(";"));
    }

    private static CheckHistory entry(long from, long to, long results, Health result, Health verdict, String reason) {
        return new CheckHistory(
                Stage.START.plusSeconds(from), Stage.START.plusSeconds(to), results, result, verdict, reason);
    }

    private static List<CheckResult> results(String letters) {
        return letters.chars()
                .mapToObj(c -> c == 'U'
                        ? CheckResult.up("fine")
                        : c == 'D' ? CheckResult.down("broken") : CheckResult.unknown("no idea"))
                .toList();
    }

    private static String letter(String told) {
        return told.startsWith("UP") ? "U" : told.startsWith("DOWN") ? "D" : "?";
    }

    private static int changes(Health init, String told) {
        int changes = init == Health.UNKNOWN && !told.startsWith("?") ? 1 : 0;
        for (int i = 1; i < told.length(); i++) {
            changes += told.charAt(i) == told.charAt(i - 1) ? 0 : 1;
        }
        return changes;
    }
}
