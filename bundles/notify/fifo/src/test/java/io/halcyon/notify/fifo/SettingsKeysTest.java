package io.halcyon.notify.fifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.testkit.Keys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsKeysTest {

    @TempDir
    Path directory;

    @Test
    void aPathAloneIsEnoughWhetherItIsThereOrNot() throws Exception {
        var fifo = directory.resolve("fifo");
        assertThat(read(Map.of("fifo", fifo.toString())).fifo().mode()).isEqualTo(0600);

        new ProcessBuilder("mkfifo", "-m", "600", fifo.toString()).start().waitFor();

        assertThat(read(Map.of("fifo", fifo.toString())).script()).isNull();
        assertThat(read(Map.of("fifo", "/no/such/directory/fifo")).fifo().path())
                .isEqualTo(Path.of("/no/such/directory/fifo"));
    }

    @ParameterizedTest
    @CsvSource({
        "fifo, run/fifo",
        "fifo, /",
        "fifo, /etc/passwd",
        "fifo, /dev/null",
        "fifo, /etc",
        "mode, 0620",
        "mode, 0602",
        "mode, 0666",
        "mode, 4600",
        "mode, 0200",
        "mode, rw",
        "user, nobody-we-know",
        "script, /no/such/script",
        "script, 'bin/true'",
        "script, \"'/bin/true\""
    })
    void whatMakesNoSenseIsRefusedByItsKey(String key, String value) {
        assertThatThrownBy(() -> read(Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key + " = " + value.strip() + " is refused: allowed is ");
    }

    @Test
    void aFifoThatOthersCouldWriteToIsRefused() throws Exception {
        var fifo = directory.resolve("fifo");
        new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor();
        Files.setPosixFilePermissions(fifo, PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThatThrownBy(() -> read(Map.of("fifo", fifo.toString())))
                .hasMessageStartingWith("fifo = " + fifo + " is refused: allowed is a FIFO that its owner alone")
                .hasMessageContaining("chmod go-w");
    }

    @Test
    void jsonTellsEverything() {
        assertThat(read(Map.of("format", "json")).telling()).isInstanceOf(JsonLines.class);
        assertThatThrownBy(() -> read(Map.of("format", "json", "what", "lvs")))
                .hasMessageStartingWith("what = lvs is refused: allowed is all with format = json");
    }

    private FifoSettings read(Map<String, Object> more) {
        var keys = new HashMap<String, Object>(
                Map.of("fifo", directory.resolve("fifo").toString()));
        keys.putAll(more);
        return SettingsKeys.read(Keys.of(FifoKeys.class, keys));
    }
}
