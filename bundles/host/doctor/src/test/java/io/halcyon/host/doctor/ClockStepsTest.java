package io.halcyon.host.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.doctor.Finding;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockStepsTest {

    private static final Instant START = Instant.ofEpochSecond(1_700_000_000);

    @TempDir
    private Path root;

    /** The process started 50 s after boot, the JVM two seconds later; now it is 150 s after boot. */
    private List<Finding> seen(long wallSeconds) {
        Patient patient = new Patient(root)
                .file("/proc/self/stat", "17 (a b) c) S 1 17 17 0 -1 4194560 1 0 0 0 1 2 0 0 20 0 9 0 5000 1 2");
        return patient.seenBy(new ClockSteps(
                        patient.tree,
                        START,
                        InstantSource.fixed(START.plusSeconds(wallSeconds)),
                        () -> 150_000_000_000L))
                .findings();
    }

    @ParameterizedTest
    @CsvSource({"98, 0", "104, 0", "106, 1", "75, 0", "69, 1", "3700, 1"})
    void aStepIsWhatTheWallClockHasMoreOrLessThanTheKernels(long wallSeconds, int findings) {
        assertThat(seen(wallSeconds)).hasSize(findings);
    }

    @Test
    void itSaysHowFarAndWhereTo() {
        assertThat(seen(3700).get(0).found())
                .isEqualTo("the wall clock was set about 3600 s forward since the start of the container");
        assertThat(seen(-3500).get(0).found()).startsWith("the wall clock was set about 3600 s back");
    }
}
