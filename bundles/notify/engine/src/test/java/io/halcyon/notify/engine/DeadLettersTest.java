package io.halcyon.notify.engine;

import static io.halcyon.notify.engine.Happenings.transition;
import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.notify.DeadLetter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersTest {

    private static final Instant AT = Instant.parse("2026-11-23T17:45:00.123Z");

    @TempDir
    Path directory;

    @Test
    void theyAreReadBackSortedAndWhole() {
        var digest = new EventRecord(9, AT, 9, "lb1", List.of(), new Event.Digest("ops", List.of(transition(7))));
        var letters = new DeadLetters(directory, "ops");
        letters.add(letter(transition(12)));
        letters.add(letter(digest));

        var again = new DeadLetters(directory, "ops");

        assertThat(again.read(again.ids())).containsExactly(letter(digest), letter(transition(12)));
        assertThat(again.read(List.of(12L))).containsExactly(letter(transition(12)));
        assertThat(again.read(List.of(13L))).isEmpty();
    }

    @Test
    void theNewestThousandStay() throws Exception {
        var letters = new DeadLetters(directory, "ops");
        int gone = 0;
        for (long id = 1; id <= 2_600; id++) {
            gone += letters.add(letter(transition(id)));
        }

        assertThat(gone).isEqualTo(1_600);
        assertThat(letters.ids()).hasSize(1_000).contains(1_601L, 2_600L);
        try (var lines = Files.lines(directory.resolve("dead-ops.log"))) {
            assertThat(lines.count()).isBetween(1_000L, 1_250L);
        }
        assertThat(new DeadLetters(directory, "ops").ids()).isEqualTo(letters.ids());
    }

    @Test
    void oneThatDiesAgainReplacesItself() {
        var letters = new DeadLetters(directory, "ops");
        letters.add(letter(transition(1)));
        var second = new DeadLetter(transition(1), AT.plusSeconds(5), 4, "again");

        assertThat(letters.add(second)).isZero();

        assertThat(letters.read(letters.ids())).containsExactly(second);
        assertThat(new DeadLetters(directory, "ops").read(List.of(1L))).containsExactly(second);
    }

    @Test
    void aLineThatIsHalfThereTakesNoOtherWithIt() throws Exception {
        var letters = new DeadLetters(directory, "ops");
        letters.add(letter(transition(1)));
        letters.add(letter(transition(2)));
        var file = directory.resolve("dead-ops.log");
        var bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 5));

        var again = new DeadLetters(directory, "ops");
        again.add(letter(transition(3)));

        assertThat(new DeadLetters(directory, "ops").ids()).containsExactlyInAnyOrder(1L, 3L);
    }

    private static DeadLetter letter(EventRecord event) {
        return new DeadLetter(event, AT, 3, "550 go away");
    }
}
