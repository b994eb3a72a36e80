package io.halcyon.lvs.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharesTest {

    @Test
    void aRoundIsAsShortAsCanBeAndNobodyHasAllOfItsTurnsInARow() {
        assertThat(Shares.round(new int[] {10, 20, 30})).containsExactly(2, 1, 0, 2, 1, 2);
        assertThat(Shares.round(new int[] {5, 5})).containsExactly(0, 1);
        assertThat(Shares.round(new int[] {7})).containsExactly(0);
    }

    @Test
    void everyTurnComesAsOftenAsItsWeightSays() {
        var round = Shares.round(new int[] {1, 50, 100});

        assertThat(round).hasSize(151);
        assertThat(count(round, 0)).isEqualTo(1);
        assertThat(count(round, 1)).isEqualTo(50);
        assertThat(count(round, 2)).isEqualTo(100);
    }

    @Test
    void largeWeightsAreMadeSmallAndNobodyIsForgotten() {
        var round = Shares.round(new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE - 1, 1});

        assertThat(round.length).isLessThanOrEqualTo(Shares.MOST_PLACES);
        assertThat(count(round, 2)).isEqualTo(1);
        assertThat(Math.abs(count(round, 0) - count(round, 1))).isLessThanOrEqualTo(1);
    }

    @Test
    void sharesOfManyWeightsAreRightToOnePlaceAndFitIntoARound() {
        var random = new Random(4);
        for (int trial = 0; trial < 200; trial++) {
            int[] weights = random.ints(1 + random.nextInt(40), 1, 1 + random.nextInt(100_000) + 1)
                    .toArray();
            long sum = Arrays.stream(weights).asLongStream().sum();

            int[] reduced = Shares.reduced(weights, Shares.MOST_PLACES);

            int places = Arrays.stream(reduced).sum();
            assertThat(places).isLessThanOrEqualTo(Shares.MOST_PLACES);
            for (int i = 0; i < weights.length; i++) {
                assertThat(reduced[i]).isPositive();
                assertThat((double) reduced[i] / places - (double) weights[i] / sum)
                        .as("%s -> %s", Arrays.toString(weights), Arrays.toString(reduced))
                        .isBetween(-0.01, 0.01);
            }
        }
    }

    private static long count(int[] round, int who) {
        return IntStream.of(round).filter(one -> one == who).count();
    }
}
