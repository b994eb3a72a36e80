package io.halcyon.notify.snmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.testkit.Keys;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsKeysTest {

    private static final Map<String, Object> V3 =
            Map.of("version", "v3", "user", "halcyon", "auth.password", "correct horse");

    @Test
    void withACommunityInformsGoToPort162() {
        var settings = settings(Map.of("community", "secret"));

        assertThat(settings.place()).isEqualTo("192.0.2.9:162");
        assertThat(settings.inform()).isTrue();
        assertThat(settings.patience().totalMillis()).isEqualTo(15_000);
        assertThat(settings.engineId()).isEmpty();
    }

    @Test
    void theLongestAttemptEndsBeforeTheEngineEndsIt() {
        var settings = settings(Map.of("community", "secret", "timeout", 9.0, "retries", 5));

        assertThat(settings.patience().totalMillis()).isLessThan(60_000);
    }

    @ParameterizedTest
    @CsvSource({
        "community, ''",
        "server, 'a b'",
        "user, halcyon",
        "auth.password, secret password",
        "priv.password, secret password",
        "event.oid, 1.3",
        "event.oid, enterprises.1",
        "event.oid, 1.3.6.1.4.1.9586.100.5",
        "event.oid, 1.3.6.1.4.1.9586.100.5.9",
        "engine.id, 0x80",
        "engine.id, 0xzz00000000",
        "engine.id, 0x0000000000",
        "engine.id, ffffffffff"
    })
    void whatMakesNoSenseWithACommunityIsRefusedByName(String key, String value) {
        assertRefused(Map.of("community", "secret"), key, value);
    }

    @ParameterizedTest
    @CsvSource({
        "community, secret password",
        "user, ''",
        "user, aNameOfMoreThanThirtyTwoCharacters",
        "auth.password, ''",
        "auth.password, secret",
        "priv.password, secret"
    })
    void whatMakesNoSenseWithAUserIsRefusedByName(String key, String value) {
        assertRefused(V3, key, value);
    }

    @Test
    void anEngineIdIsReadHoweverItIsWritten() {
        for (var written : new String[] {"0x80001370046c6231", "80:00:13:70:04:6c:62:31", "80001370046C6231"}) {
            assertThat(settings(Map.of("community", "secret", "engine.id", written))
                            .engineId())
                    .isEqualTo("80001370046c6231");
        }
    }

    private static void assertRefused(Map<String, Object> base, String key, String value) {
        var keys = new HashMap<>(base);
        keys.put(key, value);
        assertThatThrownBy(() -> settings(keys))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key + " = ")
                .hasMessageContaining("allowed is ")
                .hasMessageNotContaining("secret");
    }

    private static SnmpSettings settings(Map<String, Object> more) {
        var keys = new HashMap<String, Object>(Map.of("server", "192.0.2.9"));
        keys.putAll(more);
        return SettingsKeys.read(Keys.of(SnmpKeys.class, keys));
    }
}
