package io.halcyon.check.engine;

import io.halcyon.api.check.Health;
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
    private Standing init = CheckSettings.NOT_YET;
    private long upMillis;
    private long downMillis;
    private long changingMillis;
    private double backoff = 1;
    private long downMaxMillis = Long.MAX_VALUE / 1_000_000;
    private FlapDamping.Limits flapping = FlapDamping.Limits.OFF;
    private boolean unknownIsDown;
    private LogPolicy log = LogPolicy.TRANSITIONS;
    private long warmupNanos = CheckSettings.IN_TURN;

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

    SettingsBuilder init(Health health, String reason) {
        init = new Standing(health, reason);
        return this;
    }

    /** Zero for as the interval. */
    SettingsBuilder intervals(long up, long down, long changing) {
        upMillis = up;
        downMillis = down;
        changingMillis = changing;
        return this;
    }

    SettingsBuilder backoff(double factor, long longestMillis) {
        backoff = factor;
        downMaxMillis = longestMillis;
        return this;
    }

    SettingsBuilder flapping(int changes, long windowSeconds, long holdSeconds) {
        flapping = new FlapDamping.Limits(
                changes, TimeUnit.SECONDS.toNanos(windowSeconds), TimeUnit.SECONDS.toNanos(holdSeconds));
        return this;
    }

    SettingsBuilder unknownIsDown() {
        unknownIsDown = true;
        return this;
    }

    SettingsBuilder log(LogPolicy policy) {
        log = policy;
        return this;
    }

    SettingsBuilder warmupMillis(long millis) {
        warmupNanos = TimeUnit.MILLISECONDS.toNanos(millis);
        return this;
    }

    CheckSettings build() {
        return new CheckSettings(
                "c",
                ConfigText.of("c", "io.halcyon.check-c.cfg", Map.of("type", "probe", "script", "/x")),
                "probe",
                new Intervals(
                        nanosOr(upMillis),
                        nanosOr(downMillis),
                        nanosOr(changingMillis),
                        backoff,
                        TimeUnit.MILLISECONDS.toNanos(downMaxMillis)),
                TimeUnit.MILLISECONDS.toNanos(timeoutMillis == 0 ? intervalMillis : timeoutMillis),
                rise,
                fall,
                weight,
                init,
                flapping,
                unknownIsDown,
                log,
                warmupNanos,
                List.of(),
                null);
    }

    private long nanosOr(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis == 0 ? intervalMillis : millis);
    }
}
