package io.halcyon.notify.engine;

import static io.halcyon.notify.engine.Happenings.transition;
import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.event.EventFilter;
import io.halcyon.api.event.EventRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JournalTest {

    private static final JournalLimits USUAL = ConfiguredNode.USUAL_LIMITS;

    /** Power is not lost here. */
    private static final Disk UNFORCED = new Disk() {
        @Override
        public void write(FileChannel file, ByteBuffer bytes, long place) throws IOException {
            Disk.REAL.write(file, bytes, place);
        }

        @Override
        public void force(FileChannel file) {}
    };

    @TempDir
    Path directory;

    private final List<Long> pruned = new ArrayList<>();

    @Test
    void whatWasWrittenIsReadBack() throws Exception {
        var journal = journal(USUAL);
        journal.append(events(1, 3));
        journal.append(events(4, 4));
        journal.close();

        var again = journal(USUAL);

        assertThat(again.found()).isEqualTo(new Journal.Found(4, 4_000, 0));
        assertThat(again.archive().after(0, 10)).isEqualTo(events(1, 4));
        assertThat(again.archive().after(2, 1)).isEqualTo(events(3, 3));
        assertThat(again.archive().after(4, 10)).isEmpty();
        assertThat(again.archive().event(2)).contains(transition(2));
        assertThat(again.archive().last(3, EventFilter.ALL, 2)).isEqualTo(events(2, 3));
        again.close();
    }

    /** The writer knows places in the file, and reading begins at the one before. */
    @Test
    void fromWhereverSomebodyReadsOnNothingIsLeftOut() throws Exception {
        var limits = new JournalLimits(4 << 20, USUAL.ageMillis());
        var journal = journal(limits);
        for (long id = 1; id <= 4_000; id += 100) {
            journal.append(events(id, id + 99));
        }
        assertThat(PrivateFiles.list(directory, name -> true)).hasSizeGreaterThan(1);

        for (long id = 0; id < 4_000; id += 37) {
            var found = journal.archive().after(id, 250);
            assertThat(found).as("after " + id).isNotEmpty();
            assertThat(found).isEqualTo(events(id + 1, id + found.size()));
        }
        assertThat(journal.archive().event(2_345)).contains(transition(2_345));
        journal.close();

        // The run after does not know places before it has looked for them.
        var again = journal(limits);
        again.append(events(4_001, 4_100));
        for (long id = 0; id < 4_100; id += 37) {
            var found = again.archive().after(id, 100);
            assertThat(found).isNotEmpty().isEqualTo(events(id + 1, id + found.size()));
        }
        again.close();
    }

    @Test
    void linesAreWhatTheReadmeSays() throws Exception {
        var journal = journal(USUAL);
        journal.append(events(7, 7));
        journal.close();

        assertThat(Files.readString(directory.resolve("events-00000000000000000007.log")))
                .matches("[0-9a-f]{8} 7 7000 \\{\"id\":7,.*}\n");
    }

    @Test
    void whereverTheLastTwoLinesAreCutNothingBeforeIsLostAndNoIdComesTwice() throws Exception {
        var whole = fileWith(4);
        int second = placeOfLine(whole, 3);
        int last = placeOfLine(whole, 4);
        for (int length = second; length <= whole.length; length++) {
            int survivors = length == whole.length ? 4 : length >= last ? 3 : 2;
            assertSurvive(events(1, survivors), Arrays.copyOf(whole, length), length > last ? 4 : survivors);
        }
    }

    @Test
    void whateverByteOfTheLastTwoLinesIsWrongNothingBeforeIsLostAndNoIdComesTwice() throws Exception {
        var whole = fileWith(4);
        int last = placeOfLine(whole, 4);
        for (int place = placeOfLine(whole, 3); place < whole.length; place++) {
            var survivors = new ArrayList<>(events(1, 4));
            survivors.remove(place < last ? 2 : 3);
            if (place == last - 1) {
                // Its line's end: both lines are one now.
                survivors.remove(2);
            }
            var damaged = whole.clone();
            damaged[place] ^= (byte) (place % 2 == 0 ? 1 : 0x80);
            assertSurvive(survivors, damaged, 4);
            var broken = whole.clone();
            broken[place] = '\n';
            if (whole[place] != '\n') {
                assertSurvive(survivors, broken, 4);
            }
        }
    }

    @Test
    void aDamagedLineInTheMiddleIsLeftOut() throws Exception {
        var bytes = fileWith(3);
        bytes[placeOfLine(bytes, 2) + 20] ^= 1;
        Files.write(directory.resolve("events-00000000000000000001.log"), bytes);

        var journal = journal(USUAL);

        assertThat(journal.found().lastId()).isEqualTo(3);
        assertThat(journal.archive().after(0, 10)).extracting(EventRecord::id).containsExactly(1L, 3L);
        journal.close();
    }

    @Test
    void whatAnotherVersionWroteIsLeftOut() throws Exception {
        var journal = journal(USUAL);
        journal.append(events(1, 1));
        journal.close();
        var file = directory.resolve("events-00000000000000000001.log");
        PrivateFiles.append(file, Line.of(2, 2_000, "{\"id\":2,\"event\":{\"kind\":\"eclipse\"}}"));
        var again = journal(USUAL);
        again.append(events(3, 3));

        assertThat(again.archive().after(0, 10)).extracting(EventRecord::id).containsExactly(1L, 3L);
        again.close();
    }

    @Test
    void theOldestFilesGoWhenItGetsTooLarge() throws Exception {
        var journal = journal(new JournalLimits(256 << 10, USUAL.ageMillis()));
        for (long id = 1; id <= 4_000; id += 100) {
            journal.append(events(id, id + 99));
            journal.prune(segment -> pruned.add(segment.firstId()));
        }

        assertThat(size()).isBetween(128L << 10, 256L << 10);
        assertThat(pruned).isNotEmpty().isSorted().first().isEqualTo(1L);
        assertThat(journal.firstId()).isGreaterThan(pruned.get(pruned.size() - 1));
        var kept = journal.archive().after(0, 10_000);
        assertThat(kept).isEqualTo(events(journal.firstId(), 4_000));
        journal.close();
    }

    /** What was read last is kept for whoever comes next, as long as it is there. */
    @Test
    void whatHasGoneIsNotFoundAnyMore() throws Exception {
        var journal = journal(new JournalLimits(256 << 10, USUAL.ageMillis()));
        journal.append(events(1, 300));
        assertThat(journal.archive().after(0, Archive.STRETCH)).isEqualTo(events(1, 250));
        assertThat(journal.archive().after(100, Archive.STRETCH)).isEqualTo(events(101, 250));
        for (long id = 301; id <= 4_000; id += 100) {
            journal.append(events(id, id + 99));
            journal.prune(segment -> pruned.add(journal.archive().lastId(segment)));
        }

        long gone = pruned.get(pruned.size() - 1);
        assertThat(journal.archive().after(0, Archive.STRETCH)).isEqualTo(events(gone + 1, gone + 250));
        journal.close();
    }

    @Test
    void whatIsTooOldGoesAsWholeFiles() throws Exception {
        var limits = new JournalLimits(64 << 20, 1_000_000);
        var small = new JournalLimits(1 << 20, 1_000_000);
        var journal = new Journal(directory, () -> small, Disk.REAL);
        journal.append(events(1, 150));
        journal.append(events(151, 300));
        journal.append(events(301, 301));
        var old = FileTime.from(Instant.now().minusSeconds(2_000));
        Files.setLastModifiedTime(directory.resolve("events-00000000000000000001.log"), old);
        assertThat(limits.segmentBytes()).isGreaterThan(small.segmentBytes());

        journal.prune(segment -> pruned.add(segment.firstId()));

        assertThat(pruned).containsExactly(1L);
        assertThat(journal.archive().after(0, 1)).extracting(EventRecord::id).containsExactly(151L);
        journal.close();
    }

    @Test
    void aDirectoryThatIsNoneIsTriedAgain() throws Exception {
        var blocked = directory.resolve("journal");
        Files.writeString(blocked, "in the way");
        var journal = new Journal(blocked, () -> USUAL, Disk.REAL);
        assertThat(journal.found().lastId()).isZero();
        Files.delete(blocked);

        journal.append(events(1, 1));

        assertThat(journal.archive().after(0, 1)).isEqualTo(events(1, 1));
        journal.close();
    }

    private void assertSurvive(List<EventRecord> survivors, byte[] bytes, long given) throws Exception {
        var file = directory.resolve("events-00000000000000000001.log");
        Files.write(file, bytes);
        var journal = journal(USUAL);
        assertThat(journal.archive().after(0, 10)).isEqualTo(survivors);
        long next = journal.found().lastId() + 1;
        assertThat(next).isBetween(given + 1, given + 10);

        journal.append(events(next, next));
        journal.close();

        var again = journal(USUAL);
        assertThat(again.found()).isEqualTo(new Journal.Found(next, next * 1_000, 0));
        var all = new ArrayList<>(survivors);
        all.add(transition(next));
        assertThat(again.archive().after(0, 10)).isEqualTo(all);
        again.close();
    }

    private byte[] fileWith(long events) throws Exception {
        var journal = journal(USUAL);
        journal.append(events(1, events));
        journal.close();
        return Files.readAllBytes(directory.resolve("events-00000000000000000001.log"));
    }

    private static int placeOfLine(byte[] bytes, int number) {
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        int place = 0;
        for (int line = 1; line < number; line++) {
            place = text.indexOf('\n', place) + 1;
        }
        return place;
    }

    private long size() throws Exception {
        try (var files = Files.list(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private Journal journal(JournalLimits limits) {
        return new Journal(directory, () -> limits, UNFORCED);
    }

    private static List<EventRecord> events(long first, long last) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(Happenings::transition)
                .toList();
    }
}
