package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ChiSquareTest {

    @Test
    void isZeroWhereCountsAreAsExpected() {
        assertThat(ChiSquare.of(new long[] {10, 20, 30}, 1, 2, 3)).isZero();
    }

    /** (20 - 25)^2 / 25 + (30 - 25)^2 / 25. */
    @Test
    void growsWithTheDifference() {
        assertThat(ChiSquare.of(new long[] {20, 30}, 1, 1)).isCloseTo(2.0, within(1e-9));
    }

    @Test
    void exceedsTheBoundWhereOneServerGetsHalfOfWhatItShould() {
        assertThat(ChiSquare.of(new long[] {100, 250, 250}, 1, 1, 1)).isGreaterThan(ChiSquare.CRITICAL_OF_THREE);
    }
}
