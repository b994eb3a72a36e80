package io.halcyon.console.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.CheckStatus;
import io.halcyon.api.check.Health;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckTextTest {

    private static final CheckStatus FORCED =
            KnownChecks.check("chk_http_port", Health.UP, Map.of("pid", "812"), KnownChecks.HOLD, "a warning");

    @Test
    void aWideListHasEverything() {
        assertThat(CheckText.list(List.of(KnownChecks.check("chk_web", Map.of())), KnownChecks.NOW, 140))
                .isEqualTo(
                        """
                CHECK    TYPE  VERDICT  SINCE  LAST  P50/P99     NEXT   TRACKED BY  REASON
                chk_web  exec  DOWN     3m12s  1s    0.42/12 ms  in 1s  VI_1        exit status 1
                """);
    }

    @Test
    void anOrdinaryTerminalHasWhatMattersMost() {
        assertThat(CheckText.list(List.of(KnownChecks.check("chk_web", Map.of())), KnownChecks.NOW, 80))
                .isEqualTo(
                        """
                CHECK    VERDICT  SINCE  LAST  NEXT   TRACKED BY  REASON
                chk_web  DOWN     3m12s  1s    in 1s  VI_1        exit status 1
                """);
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 100, 110, 132, 200})
    void everythingFitsTheTerminal(int columns) {
        assertThat(List.of(
                        CheckText.list(List.of(FORCED), KnownChecks.NOW, columns),
                        CheckText.show(FORCED, KnownChecks.NOW, columns),
                        CheckText.run(FORCED.verdict(), FORCED, columns),
                        CheckText.history(new KnownChecks().history("c", 9), columns)))
                .allSatisfy(text -> assertThat(text.lines())
                        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(columns)));
    }

    @Test
    void oneCheckIsShownWithWhatHoldsIt() {
        assertThat(CheckText.show(FORCED, KnownChecks.NOW, 120))
                .contains(
                        "held        forced UP by hand until 2026-11-28T01:10:00Z: a new disk (since 1m00s)",
                        "next run    in 1s",
                        "latency     p50 0.42 ms, p99 12 ms of the last 100",
                        "pid   812");
    }

    @Test
    void aRunIsShownStepByStepInTheirOrder() {
        var check = KnownChecks.check("chk_web", Map.of());

        assertThat(CheckText.run(
                        KnownChecks.check("c", Health.UP, Map.of(), null).verdict(), check, 100))
                .isEqualTo(
                        """
                check    chk_web
                result   DOWN in 3 ms, exit status 1
                verdict  UP -> DOWN, exit status 1
                streak   1 against the verdict; rise 2, fall 3

                steps
                  STEP     WHAT CAME OF IT
                  resolve  127.0.0.1 in 1 ms
                  connect  refused in 2 ms
                """);
        assertThat(CheckText.run(check.verdict(), check, 100)).contains("verdict  DOWN as before, exit status 1\n");
    }

    @Test
    void thePastIsAListOfStretches() {
        assertThat(CheckText.history(new KnownChecks().history("c", 9), 100))
                .isEqualTo(
                        """
                AT                    LASTED  RESULTS  RESULT  VERDICT  REASON
                2026-11-28T00:50:00Z  5m00s   151      UP      UP       fine
                2026-11-28T00:55:02Z  0s      -        -       DOWN     forced DOWN
                """);
        assertThat(CheckText.history(List.of(), 100)).isEqualTo("it has not run yet\n");
    }
}
