package io.halcyon.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedFilesTest {

    private static final int BYTES = 1 << 20;

    @TempDir
    Path directory;

    @Test
    void readsWhatTheKernelPrints() {
        var mappings = MappedFiles.parse(List.of(
                "7f0000000000-7f0000010000 r--p 00001000 08:01 1234                       /opt/a b/classes.jsa",
                "Size:                 64 kB",
                "Anonymous:             4 kB",
                "VmFlags: rd mr mw me ",
                "7f0000020000-7f0000021000 rw-p 00000000 00:00 0 ",
                "Anonymous:             0 kB"));

        assertThat(mappings)
                .containsExactly(
                        new MappedFiles.Mapping(0x7f0000000000L, 0x10000, false, "/opt/a b/classes.jsa", 4),
                        new MappedFiles.Mapping(0x7f0000020000L, 0x1000, true, "", 0));
    }

    @Test
    void letsGoOfPagesAndGetsThemBack() throws IOException {
        Path file = directory.resolve("mapped.pages");
        Files.write(file, new byte[BYTES]);
        try (var random = new RandomAccessFile(file.toFile(), "r")) {
            MappedByteBuffer pages = random.getChannel().map(MapMode.READ_ONLY, 0, BYTES);
            pages.load();
            long before = residentKilobytes(file);

            long released = MappedFiles.release(".pages");

            assertThat(before).isEqualTo(BYTES / 1024);
            assertThat(released).isEqualTo(BYTES);
            assertThat(residentKilobytes(file)).isZero();
            assertThat(pages.get(BYTES - 1)).isZero();
            assertThat(residentKilobytes(file)).isPositive();
        }
    }

    private static long residentKilobytes(Path file) throws IOException {
        boolean ours = false;
        for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
            if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
                ours = line.endsWith(file.toString());
            } else if (ours && line.startsWith("Rss:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new AssertionError(file + " is not mapped");
    }
}
