package io.halcyon.vrrp.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.api.check.Verdict;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrackBookTest {

    private static Verdict verdict(Health health) {
        return new Verdict("chk", health, "said so", Instant.EPOCH, 0, false, null, 0);
    }

    private static TrackBook book(int weight, boolean reverse) {
        return new TrackBook(List.of(new Track(Track.Kind.SCRIPT, "chk", weight, reverse)));
    }

    @ParameterizedTest
    @CsvSource({
        "2, false, UP, 102",
        "2, false, DOWN, 100",
        "-20, false, UP, 100",
        "-20, false, DOWN, 80",
        "-20, false, DEGRADED, 100",
        "2, true, UP, 100",
        "2, true, DOWN, 102",
        "-20, true, UP, 80",
        "-253, false, DOWN, 1",
        "253, false, UP, 254",
    })
    void weightsFollowKeepalivedsRules(int weight, boolean reverse, Health health, int priority) {
        TrackBook book = book(weight, reverse);

        book.verdict(verdict(health));

        assertThat(book.effectivePriority(100)).isEqualTo(priority);
        assertThat(book.fault()).isNull();
    }

    @Test
    void weightZeroTurnsAFailureIntoAFault() {
        TrackBook book = book(0, false);

        book.verdict(verdict(Health.DOWN));

        assertThat(book.fault()).isEqualTo("check chk failed: said so");
        book.verdict(verdict(Health.UP));
        assertThat(book.fault()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "7, UP, 107",
        "253, UP, 254",
        "30000, UP, 254",
        "-7, DOWN, 93",
        "-253, DOWN, 1",
    })
    void aWeightThatACheckAsksForCountsWithinARoutersLimits(int asked, Health health, int priority) {
        TrackBook book = book(2, false);

        book.verdict(asking(health, asked));

        assertThat(book.effectivePriority(100)).isEqualTo(priority);
        assertThat(book.fault()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {-254, -30_000, 0})
    void aWeightBelowARoutersLimitIsAFault(int asked) {
        TrackBook book = book(2, false);

        book.verdict(asking(Health.DOWN, asked));

        assertThat(book.effectivePriority(100)).isEqualTo(100);
        assertThat(book.fault()).isEqualTo("check chk failed: said so");
        book.verdict(asking(Health.UP, 30_000));
        assertThat(book.fault()).isNull();
    }

    @Test
    void whatIsTooMuchIsCutBeforeItIsCounted() {
        TrackBook book = book(2, false);

        book.verdict(asking(Health.UP, 30_000));

        assertThat(book.swing()).isEqualTo(253);
        assertThat(book.range(1)).containsExactly(1, 254);
    }

    private static Verdict asking(Health health, int weight) {
        return new Verdict("chk", health, "said so", Instant.EPOCH, 0, false, weight, 0);
    }

    @Test
    void aCheckWithoutAVerdictMakesTheRouterWait() {
        TrackBook book = book(-20, false);

        assertThat(book.waitingFor()).contains("chk has no verdict yet");
        book.verdict(verdict(Health.UNKNOWN));
        assertThat(book.waitingFor()).contains("said so");
        book.verdict(verdict(Health.UP));
        assertThat(book.waitingFor()).isNull();
    }

    @Test
    void anUnknownVerdictLaterOnChangesNothing() {
        TrackBook book = book(-20, false);
        book.verdict(verdict(Health.DOWN));

        book.verdict(verdict(Health.UNKNOWN));

        assertThat(book.effectivePriority(100)).isEqualTo(80);
        assertThat(book.waitingFor()).isNull();
    }

    @Test
    void whatAddsToThePriorityIsNamedWhoeverAskedForALook() {
        TrackBook book = book(2, false);
        assertThat(book.reasons()).isEqualTo("no tracker adds or takes anything");

        book.verdict(verdict(Health.UP));

        assertThat(book.reasons()).isEqualTo("check chk is fine: said so");
    }

    @Test
    void theOwnersPriorityNeverChanges() {
        TrackBook book = book(-20, false);
        book.verdict(verdict(Health.DOWN));

        assertThat(book.effectivePriority(255)).isEqualTo(255);
    }

    @Test
    void theWeightOfTheCheckCountsUnlessTheTrackHasOne() {
        TrackBook book = new TrackBook(List.of(new Track(Track.Kind.SCRIPT, "chk", null, null)));

        book.verdict(new Verdict("chk", Health.DOWN, "said so", Instant.EPOCH, -30, false, null, 0));

        assertThat(book.effectivePriority(100)).isEqualTo(70);
    }

    @Test
    void anInterfaceThatIsMissingFails() {
        TrackBook book = new TrackBook(List.of(new Track(Track.Kind.INTERFACE, "eth1", 0, false)));

        assertThat(book.fault()).isEqualTo("tracked interface eth1 failed: it does not exist");
    }
}
