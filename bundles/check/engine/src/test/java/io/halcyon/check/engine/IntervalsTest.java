package io.halcyon.check.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.spi.check.CheckResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalsTest {

    @ParameterizedTest(name = "{0}, changing {1}, {2} times confirmed, backoff {3}: {4}")
    @CsvSource({
        "UP,       false, 0,    1,   10",
        "UP,       false, 999,  2,   10",
        "DEGRADED, false, 5,    2,   10",
        "UP,       true,  0,    2,   1",
        "DOWN,     true,  7,    2,   1",
        "DOWN,     false, 7,    1,   20",
        "DOWN,     false, 0,    2,   20",
        "DOWN,     false, 1,    2,   40",
        "DOWN,     false, 2,    1.5, 45",
        "DOWN,     false, 3,    2,   100",
        "DOWN,     false, 2000000000, 10, 100",
        "UNKNOWN,  false, 1,    2,   40",
    })
    void theIntervalFollowsWhatIsKnown(Health counted, boolean changing, int confirmed, double backoff, long expected) {
        assertThat(new Intervals(10, 20, 1, backoff, 100).nanos(counted, changing, confirmed))
                .isEqualTo(expected);
    }

    /** U a success, D a failure; the seconds between the starts, fall and rise 2. */
    @ParameterizedTest(name = "{0}, backoff {1}: {2}")
    @CsvSource({
        "UUU,       1, 10 10 10",
        "UDDDD,     1, 10 1 20 20 20",
        "UDUU,      1, 10 1 10 10",
        "UDDUU,     1, 10 1 20 1 10",
        "UDDDDDDD,  2, 10 1 20 40 80 100 100 100",
        "UDDDDUDDD, 2, 10 1 20 40 80 1 20 40 80",
    })
    void theStartsFollowTheResults(String results, double backoff, String expected) {
        var stage = new Stage();
        stage.runner.script(results.chars()
                .mapToObj(c -> c == 'U' ? CheckResult.up("fine") : CheckResult.down("broken"))
                .toList());
        stage.start(new SettingsBuilder()
                .rise(2)
                .fall(2)
                .intervals(10_000, 20_000, 1_000)
                .backoff(backoff, 100_000));
        stage.loop.advanceMillis(2_000_000);

        assertThat(String.join(" ", seconds(stage.runner.startedAt, results.length())))
                .isEqualTo(expected);
        assertThat(stage.status().counters()).containsEntry("skipped", 0L);
    }

    private static List<String> seconds(List<Long> startedAt, int count) {
        List<String> seconds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            seconds.add(String.valueOf((startedAt.get(i + 1) - startedAt.get(i)) / 1_000_000_000L));
        }
        return seconds;
    }
}
