package io.halcyon.check.engine;

import io.halcyon.settings.ConfigText;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Settings of the check {@code c} of type {@code probe}. */
final class SettingsBuilder {

    private long intervalMillis = 1_000;
    private long timeoutMillis;
    private int rise = 1;
    private int fall = 1;
    private Weight weight = new Weight(0, false);
    private boolean initFail;

    SettingsBuilder intervalMillis(long millis) {
        intervalMillis = millis;
        return this;
    }

    SettingsBuilder timeoutMillis(long millis) {
        timeoutMillis = millis;
        return this;
    }

    SettingsBuilder rise(int count) {
        rise = count;
        return this;
    }

    SettingsBuilder fall(int count) {
        fall = count;
        return this;
    }

    SettingsBuilder weight(Weight value) {
        weight = value;
        return this;
    }

    SettingsBuilder initFail() {
        initFail = true;
        return this;
    }

    CheckSettings build() {
        return new CheckSettings(
                "c",
                ConfigText.of("c", "io.halcyon.check-c.cfg", Map.of("type", "probe", "script", "/x")),
                "probe",
                TimeUnit.MILLISECONDS.toNanos(intervalMillis),
                TimeUnit.MILLISECONDS.toNanos(timeoutMillis == 0 ? intervalMillis : timeoutMillis),
                rise,
                fall,
                weight,
                initFail,
                List.of());
    }
}
