package io.halcyon.check.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.StartLateness;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LatenessTest {

    private final AtomicLong now = new AtomicLong();
    private final Lateness lateness = new Lateness(now::get);

    @Test
    void nothingCountedIsNothing() {
        assertThat(lateness.summary()).isEqualTo(StartLateness.NONE);
    }

    @Test
    void everyValueIsReportedWithinAnEighth() {
        for (long micros = 0; micros < 200_000_000; micros += 1 + micros / 7) {
            var one = new Lateness(now::get);
            one.started(now.get() - TimeUnit.MICROSECONDS.toNanos(micros));

            assertThat(one.summary().maxMicros()).isBetween(micros, micros + micros / 8);
        }
    }

    @Test
    void thePercentilesAreThoseOfAllStarts() {
        for (int i = 1; i <= 1_000; i++) {
            lateness.started(now.get() - TimeUnit.MILLISECONDS.toNanos(i));
        }

        var summary = lateness.summary();
        assertThat(summary.starts()).isEqualTo(1_000);
        assertThat(summary.p50Micros()).isBetween(500_000L, 563_000L);
        assertThat(summary.p99Micros()).isBetween(990_000L, 1_114_000L);
        assertThat(summary.maxMicros()).isBetween(1_000_000L, 1_125_000L);
    }

    @Test
    void anEarlyStartIsNotLate() {
        lateness.started(now.get() + 5);

        assertThat(lateness.summary()).isEqualTo(new StartLateness(1, 0, 0, 0));
    }

    @Test
    void afterTwoMinutesAllIsForgotten() {
        lateness.started(now.get());
        now.addAndGet(TimeUnit.SECONDS.toNanos(61));
        lateness.started(now.get());
        assertThat(lateness.summary().starts()).isEqualTo(2);

        now.addAndGet(TimeUnit.SECONDS.toNanos(61));
        assertThat(lateness.summary().starts()).isEqualTo(1);
        now.addAndGet(TimeUnit.SECONDS.toNanos(121));
        assertThat(lateness.summary().starts()).isZero();
    }
}
