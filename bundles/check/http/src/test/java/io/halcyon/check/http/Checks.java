package io.halcyon.check.http;

import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.HealthCheck;
import io.halcyon.testkit.Keys;
import io.halcyon.testkit.Look;
import java.util.HashMap;
import java.util.Map;

/** Checks with some keys. */
final class Checks {

    private static final long AMPLE_MILLIS = 20_000;

    private Checks() {}

    static HealthCheck http(int port, Object... keysAndValues) {
        return new HttpCheckFactory().create("web", Keys.of(HttpKeys.class, keys(port, keysAndValues)));
    }

    static HealthCheck https(int port, Object... keysAndValues) {
        return new HttpsCheckFactory().create("web", Keys.of(HttpsKeys.class, keys(port, keysAndValues)));
    }

    static CheckResult look(HealthCheck check) throws Exception {
        return Look.at(check, AMPLE_MILLIS);
    }

    static CheckResult lookAt(int port, Object... keysAndValues) throws Exception {
        return look(http(port, keysAndValues));
    }

    private static Map<String, Object> keys(int port, Object... keysAndValues) {
        var keys = new HashMap<String, Object>(Map.of("connect.port", port));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            keys.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return keys;
    }
}
