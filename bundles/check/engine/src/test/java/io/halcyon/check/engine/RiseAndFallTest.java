package io.halcyon.check.engine;

import static io.halcyon.api.check.Health.DEGRADED;
import static io.halcyon.api.check.Health.DOWN;
import static io.halcyon.api.check.Health.UNKNOWN;
import static io.halcyon.api.check.Health.UP;
import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RiseAndFallTest {

    @Test
    void theFirstResultDecidesAtOnce() {
        assertThat(verdicts(3, 3, UNKNOWN, UP)).containsExactly(UP);
        assertThat(verdicts(3, 3, UNKNOWN, DOWN)).containsExactly(DOWN);
    }

    @Test
    void fallFailuresInARowMakeItDown() {
        assertThat(verdicts(1, 3, UP, DOWN, DOWN, UP, DOWN, DOWN, DOWN)).containsExactly(UP, UP, UP, UP, UP, DOWN);
    }

    @Test
    void riseSuccessesInARowMakeItUp() {
        assertThat(verdicts(2, 1, DOWN, UP, DOWN, UP, UP)).containsExactly(DOWN, DOWN, DOWN, UP);
    }

    @Test
    void degradedCountsAsSuccess() {
        assertThat(verdicts(3, 1, DOWN, UP, DEGRADED, UP)).containsExactly(DOWN, DOWN, UP);
        assertThat(verdicts(3, 1, DOWN, UP, UP, DEGRADED)).containsExactly(DOWN, DOWN, DEGRADED);
        assertThat(verdicts(1, 2, UP, DOWN, DEGRADED, DOWN, DOWN)).containsExactly(UP, UP, UP, DOWN);
    }

    @Test
    void upAndDegradedTurnIntoEachOtherByRiseAndFall() {
        assertThat(verdicts(2, 2, UP, DEGRADED, DEGRADED, UP, UP)).containsExactly(UP, DEGRADED, DEGRADED, UP);
    }

    @Test
    void unknownKeepsTheVerdictForFallRuns() {
        assertThat(verdicts(1, 3, UP, UNKNOWN, UNKNOWN, UNKNOWN)).containsExactly(UP, UP, UNKNOWN);
        assertThat(verdicts(1, 2, DOWN, UNKNOWN, UNKNOWN)).containsExactly(DOWN, UNKNOWN);
    }

    @Test
    void downAndUnknownInTurnDoNotKeepADeadThingUp() {
        assertThat(verdicts(1, 3, UP, DOWN, UNKNOWN, DOWN)).containsExactly(UP, UP, DOWN);
    }

    @Test
    void theStreakTellsHowManyResultsContradict() {
        var counter = new RiseAndFall(1, 3, UP);
        counter.next(DOWN);
        counter.next(DOWN);
        assertThat(counter.streak()).isEqualTo(2);

        counter.next(UP);
        assertThat(counter.streak()).isZero();
    }

    private static List<Health> verdicts(int rise, int fall, Health start, Health... results) {
        var counter = new RiseAndFall(rise, fall, start);
        return Stream.of(results).map(counter::next).toList();
    }
}
