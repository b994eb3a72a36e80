package io.halcyon.notify.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CursorTest {

    @TempDir
    Path directory;

    @Test
    void whatWasWrittenIsReadInPlaceAndWhole() throws Exception {
        var cursor = new Cursor(directory, "ops");
        assertThat(cursor.read()).isEmpty();

        for (long id : new long[] {0, 7, 123_456_789_012L, 8}) {
            cursor.write(id);

            assertThat(new Cursor(directory, "ops").read()).hasValue(id);
            assertThat(directory.resolve("cursor-ops")).hasSize(30);
        }
    }

    @Test
    void noByteCanBeWrongUnseen() throws Exception {
        var file = directory.resolve("cursor-ops");
        new Cursor(directory, "ops").write(4_711);
        var whole = Files.readAllBytes(file);
        for (int place = 0; place < 29; place++) {
            var damaged = whole.clone();
            damaged[place] ^= 1;
            Files.write(file, damaged);

            if (place != 20) {
                assertThat(new Cursor(directory, "ops").read())
                        .as("byte %s", place)
                        .isEmpty();
            }
        }
    }

    @Test
    void theHighestOfAllIsKnown() {
        assertThat(Cursor.highest(directory)).isZero();
        new Cursor(directory, "a").write(5);
        new Cursor(directory, "b").write(12);

        assertThat(Cursor.highest(directory)).isEqualTo(12);
        assertThat(Cursor.highest(directory.resolve("nowhere"))).isZero();
    }

    @Test
    void aNewNameHasTheOldPlace() {
        var cursor = new Cursor(directory, "ops");
        cursor.write(5);

        cursor.rename("night");
        cursor.write(6);

        assertThat(new Cursor(directory, "night").read()).hasValue(6);
        assertThat(directory.resolve("cursor-ops")).doesNotExist();
        cursor.delete();
        assertThat(directory.resolve("cursor-night")).doesNotExist();
    }
}
