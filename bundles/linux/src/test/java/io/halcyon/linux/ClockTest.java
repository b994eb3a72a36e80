package io.halcyon.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ClockTest {

    @Test
    void boottimeIsTheKernelsUptime() throws Exception {
        double before = uptimeSeconds();
        double clock = Clock.boottimeNanos() / 1e9;
        double after = uptimeSeconds();

        assertThat(clock).isBetween(before - 0.02, after + 0.02);
    }

    @Test
    void realtimeIsTheWallClock() {
        long before = System.currentTimeMillis();
        long clock = Clock.realtimeNanos() / 1_000_000;

        assertThat(clock).isBetween(before, System.currentTimeMillis());
    }

    @Test
    void ticksAreHundredthsOfASecond() {
        long before = Clock.tickCentis().orElseThrow();
        long start = System.nanoTime();
        while (Clock.tickCentis().orElseThrow() < before + 10) {
            Thread.onSpinWait();
        }

        assertThat((System.nanoTime() - start) / 1e6).isBetween(80.0, 400.0);
    }

    @Test
    void boottimeNeverGoesBack() {
        long last = Clock.boottimeNanos();
        for (int i = 0; i < 10_000; i++) {
            long now = Clock.boottimeNanos();
            assertThat(now).isGreaterThanOrEqualTo(last);
            last = now;
        }
    }

    private static double uptimeSeconds() throws Exception {
        return Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ", -1)[0]);
    }
}
