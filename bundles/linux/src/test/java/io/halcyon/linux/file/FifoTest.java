package io.halcyon.linux.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class FifoTest {

    /** What an unread FIFO holds. */
    private static final int SIZE_BYTES = 65_536;

    @TempDir
    Path directory;

    private Path path;
    private Fifo fifo;

    @BeforeEach
    void place() {
        path = directory.resolve("fifo");
        fifo = new Fifo(path, FileCalls.geteuid(), -1, 0640);
    }

    @Test
    void isMadeOnceWithItsMode() throws Exception {
        assertThat(fifo.make()).isTrue();

        assertThat(fifo.make()).isFalse();
        assertThat(Files.readAttributes(path, "unix:mode").get("mode")).isEqualTo(0010640);
    }

    @Test
    void whereNoneCanBeMadeTheErrorNamesThePath() {
        var nowhere = new Fifo(directory.resolve("no/fifo"), 0, -1, 0600);

        assertThatThrownBy(nowhere::make).isInstanceOf(IOException.class).hasMessageContaining("no/fifo: ENOENT");
        assertThatThrownBy(nowhere::open).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void withoutAReaderItDoesNotOpen() throws Exception {
        fifo.make();

        assertThatThrownBy(fifo::open).isInstanceOf(NoReaderException.class).hasMessage("nobody reads " + path);
    }

    @Test
    void linesArriveAndAFullOneTakesNoPartOfALine() throws Exception {
        fifo.make();
        try (var reader = new RandomAccessFile(path.toFile(), "rw");
                var writer = fifo.open()) {
            int taken = 0;
            while (writer.write(line(taken, 100))) {
                taken++;
            }

            assertThat(writer.unreadBytes()).isEqualTo(taken * 100).isBetween(SIZE_BYTES - 4_096, SIZE_BYTES);
            for (int i = 0; i < taken; i++) {
                assertThat(reader.readLine()).isEqualTo(new String(line(i, 100), StandardCharsets.US_ASCII).strip());
            }
            assertThat(writer.write(line(taken, 100))).isTrue();
            assertThat(reader.readLine()).startsWith(taken + " ");
        }
    }

    @Test
    void aLongLineWaitsForAnEmptyFifoAndArrivesWhole() throws Exception {
        fifo.make();
        try (var reader = new RandomAccessFile(path.toFile(), "rw");
                var writer = fifo.open()) {
            assertThat(writer.write(line(1, 10))).isTrue();
            assertThat(writer.write(line(2, 200_000))).isFalse();
            reader.readLine();

            assertThat(writer.write(line(2, 200_000))).isTrue();

            assertThat(writer.unreadBytes()).isEqualTo(200_000);
            var whole = new byte[200_000];
            reader.readFully(whole);
            assertThat(whole).isEqualTo(line(2, 200_000));
        }
    }

    @Test
    void whatOneReaderLeavesTheNextOneGets() throws Exception {
        fifo.make();
        var first = new RandomAccessFile(path.toFile(), "rw");
        try (var writer = fifo.open()) {
            writer.write(line(1, 10));
            writer.write(line(2, 10));
            assertThat(first.readLine()).startsWith("1 ");
            first.close();

            assertThat(writer.hasReader()).isFalse();
            assertThatThrownBy(() -> writer.write(line(3, 10)))
                    .isInstanceOf(NoReaderException.class)
                    .hasMessageContaining(path.toString());

            try (var second = new RandomAccessFile(path.toFile(), "rw")) {
                assertThat(writer.hasReader()).isTrue();
                assertThat(writer.write(line(3, 10))).isTrue();
                assertThat(second.readLine()).startsWith("2 ");
                assertThat(second.readLine()).startsWith("3 ");
            }
        }
    }

    @Test
    void aFifoThatWasExchangedIsNoticed() throws Exception {
        fifo.make();
        try (var reader = new RandomAccessFile(path.toFile(), "rw");
                var writer = fifo.open()) {
            assertThat(reader.getFD().valid()).isTrue();
            assertThat(writer.isInPlace()).isTrue();

            Files.delete(path);
            assertThat(writer.isInPlace()).isFalse();
            fifo.make();
            assertThat(writer.isInPlace()).isFalse();
        }
    }

    @Test
    void whatIsNotAFifoIsRefusedAndLeftAlone() throws Exception {
        Files.writeString(path, "precious");
        var link = new Fifo(directory.resolve("link"), FileCalls.geteuid(), -1, 0600);
        var target = new Fifo(directory.resolve("target"), FileCalls.geteuid(), -1, 0600);
        target.make();
        Files.createSymbolicLink(link.path(), target.path());

        assertThatThrownBy(fifo::open).isInstanceOf(FileSystemException.class).hasMessageContaining("not a FIFO");
        assertThatThrownBy(link::open).isInstanceOf(FileSystemException.class).hasMessageContaining("not a FIFO");
        assertThat(path).hasContent("precious");
    }

    @Test
    void oneThatOthersCouldWriteToIsRefused() throws Exception {
        fifo.make();
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw--w----"));

        assertThatThrownBy(fifo::open)
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("others could write")
                .hasMessageContaining("chmod go-w " + path);
    }

    @Test
    @Tag("lab")
    void oneOfAnotherUserIsRefusedUnlessHeIsTheOneMeant() throws Exception {
        var nobody = new Fifo(path, 65_534, 65_534, 0600);
        nobody.make();
        assertThat(Files.readAttributes(path, "unix:uid,gid").values()).containsExactlyInAnyOrder(65_534, 65_534);

        assertThatThrownBy(fifo::verify)
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("belongs to nobody");
        nobody.verify();
    }

    private static byte[] line(int number, int bytes) {
        var start = number + " ";
        var text = start + "x".repeat(bytes - start.length() - 1) + "\n";
        return text.substring(0, bytes).getBytes(StandardCharsets.US_ASCII);
    }
}
