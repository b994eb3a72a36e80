package io.halcyon.check.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.settings.ConfigText;
import java.util.HashMap;
import java.util.Map;
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
}
