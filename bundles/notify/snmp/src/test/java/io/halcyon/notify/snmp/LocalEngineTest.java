package io.halcyon.notify.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalEngineTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2020-01-01T10:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path directory;

    @Test
    void eachRunIsCountedOnceAndOnlyWhenSomebodyAsks() throws Exception {
        var file = directory.resolve("snmp/boots");
        var first = new LocalEngine(file, CLOCK);
        assertThat(file).doesNotExist();

        int boots = first.boots();

        assertThat(first.boots()).isEqualTo(boots);
        assertThat(new LocalEngine(file, CLOCK).boots()).isEqualTo(boots + 1);
        assertThat(new LocalEngine(file, CLOCK).boots()).isEqualTo(boots + 2);
        assertThat(file).hasContent(String.valueOf(boots + 2));
    }

    @Test
    void aLostFileDoesNotBeginAgainWithOne() throws Exception {
        var file = directory.resolve("boots");
        Files.writeString(file, "nonsense");

        assertThat(new LocalEngine(file, CLOCK).boots()).isEqualTo(601);
    }

    @Test
    void whereNothingCanBeKeptTheClockCounts() {
        var nowhere = Path.of("/proc/halcyon/boots");

        assertThat(new LocalEngine(nowhere, CLOCK).boots()).isEqualTo(601);
    }

    @Test
    void theIdIsMadeOfTheNodesName() {
        assertThat(HexFormat.of().formatHex(LocalEngine.id("lb1"))).isEqualTo("80001370046c6231");
        assertThat(LocalEngine.id("lb1")).isEqualTo(LocalEngine.id("lb1")).isNotEqualTo(LocalEngine.id("lb2"));
        assertThat(LocalEngine.id("n".repeat(27))).hasSize(32);
        assertThat(LocalEngine.id("n".repeat(28))).hasSize(21).startsWith(0x80, 0x00, 0x13, 0x70, 0x05);
        assertThat(LocalEngine.id("n".repeat(28))).isNotEqualTo(LocalEngine.id("n".repeat(29)));
    }
}
