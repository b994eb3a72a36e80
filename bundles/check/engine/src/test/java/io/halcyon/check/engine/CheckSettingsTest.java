package io.halcyon.check.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Refusal;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckSettingsTest {

    /** keepalived's default, as long as the interval, is nobody's choice: only who wrote a number is warned. */
    @ParameterizedTest(name = "interval {0}, timeout {1}: {2} ms, {3}")
    @CsvSource({
        "2,   none, 2000, silent",
        "2,   0,    2000, silent",
        "2,   1.5,  1500, silent",
        "2,   2,    2000, warns",
        "2,   3,    3000, warns",
        "none, 1,   1000, warns",
        "none, 0.9, 900,  silent",
    })
    void aWrittenTimeoutIsToBeShorterThanTheInterval(
            String interval, String timeout, long timeoutMillis, String expected) throws Exception {
        Map<String, Object> text = new HashMap<>(Map.of("type", "exec"));
        if (!interval.equals("none")) {
            text.put("interval", interval);
        }
        if (!timeout.equals("none")) {
            text.put("timeout", timeout);
        }

        CheckSettings settings = CheckSettings.of(ConfigText.of("web", "etc/io.halcyon.check-web.cfg", text));

        assertThat(settings.timeoutMillis()).isEqualTo(timeoutMillis);
        assertThat(settings.warnings())
                .hasSize(expected.equals("warns") ? 1 : 0)
                .allSatisfy(warning -> assertThat(warning)
                        .startsWith("timeout = " + timeout + " is not shorter than interval = "
                                + (interval.equals("none") ? "1" : interval)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "interval.down = 20, interval.down.max = 10 | interval.down.max = 10 is refused: allowed is 0, or at least the"
                        + " interval while it is DOWN, 20",
                "interval.up = 0.0001 | interval.up = 0.0001 is refused: allowed is 0, or a number from 0.001 to 86400",
                "init = up, init.fail = true | init = up is refused: allowed is unknown or down beside init.fail",
                "init = maybe | init = maybe is refused: allowed is one of unknown, up, down",
                "unknown = up | unknown = up is refused: allowed is one of keep, down",
                "log = loud | log = loud is refused: allowed is one of none, transitions, all",
                "backoff = 0.5 | backoff = 0.5 is refused: allowed is a number from 1 to 10",
                "flap.hold = 0 | flap.hold = 0 is refused: allowed is a number from 1 to 86400",
            })
    void whatContradictsItselfIsRefused(String keys, String message) {
        assertThatThrownBy(() -> settings(keys)).isInstanceOf(Refusal.class).hasMessageContaining(message);
    }

    @ParameterizedTest(name = "{0}: up {1}, down {2} to {3}, changing {4}")
    @CsvSource(
            delimiter = '|',
            value = {
                "interval = 2 | 2000 | 2000 | 20000 | 2000",
                "interval = 2, interval.up = 10, interval.down = 5, interval.changing = 0.5 | 10000 | 5000 | 50000 | 500",
                "interval.down = 5, interval.down.max = 7 | 1000 | 5000 | 7000 | 1000",
            })
    void anIntervalThatIsNotGivenIsTheUsualOne(String keys, long up, long down, long max, long changing)
            throws Exception {
        assertThat(settings(keys).intervals())
                .isEqualTo(new Intervals(up * 1_000_000, down * 1_000_000, changing * 1_000_000, 1, max * 1_000_000));
        assertThat(settings(keys).timeoutMillis()).isEqualTo(keys.startsWith("interval = 2") ? 2_000 : 1_000);
    }

    @Test
    void aTimeoutIsComparedWithTheShortestInterval() throws Exception {
        assertThat(settings("interval = 10, interval.changing = 1, timeout = 2").warnings())
                .containsExactly("timeout = 2 is not shorter than interval.changing = 1:"
                        + " a run that hangs delays the next one");
    }

    private static CheckSettings settings(String keys) throws Refusal {
        Map<String, Object> text = new HashMap<>(Map.of("type", "exec"));
        for (String line : keys.split(", ", -1)) {
            var parts = line.split(" = ", 2);
            text.put(parts[0], parts[1]);
        }
        return CheckSettings.of(ConfigText.of("web", "etc/io.halcyon.check-web.cfg", text));
    }
}
