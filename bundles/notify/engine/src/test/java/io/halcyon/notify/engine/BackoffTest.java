package io.halcyon.notify.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final NotifierSettings.Patience USUAL =
            Settings.of("ops", Map.of()).patience();

    private final Backoff backoff = new Backoff(new SplittableRandom(1));

    @Test
    void delaysDoubleFromOneSecondToSixtyAndAFifthMoreOrLess() {
        for (long seconds : new long[] {1, 2, 4, 8, 16, 32, 60, 60, 60}) {
            assertThat(backoff.nextMillis(USUAL)).isBetween(seconds * 800, seconds * 1_200);
        }
    }

    @Test
    void aSuccessBeginsAgain() {
        for (int i = 0; i < 10; i++) {
            backoff.nextMillis(USUAL);
        }

        backoff.reset();

        assertThat(backoff.nextMillis(USUAL)).isBetween(800L, 1_200L);
    }

    @Test
    void twoNodesDoNotKnockAtTheSameMoment() {
        var other = new Backoff(new SplittableRandom(2));

        assertThat(backoff.nextMillis(USUAL)).isNotEqualTo(other.nextMillis(USUAL));
    }
}
