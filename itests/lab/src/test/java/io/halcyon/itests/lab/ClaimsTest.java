package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClaimsTest {

    private static final long MILLISECOND = 1_000_000;

    private final Claims claims = new Claims();
    private final long start = Times.now() - 100_000 * MILLISECOND;
    private int asked;

    @Test
    void whatTwoHostsAnswerIsCountedOnceAndWhatOneAnswersTwiceIsNot() {
        answered(ask(), "h1", "h1");
        answered(ask(), "h1", "h2", "h1", "h2");
        ask();

        assertThat(tally()).isEqualTo(new Claims.Tally(3, 1, 1, 10));
    }

    @Test
    void theLongestRowCountsToTheNextRequest() {
        answered(ask(), "h2", "h1");
        answered(ask(), "h1");
        answered(ask(), "h1", "h2");
        answered(ask(), "h2", "h1");
        answered(ask(), "h2");

        assertThat(tally()).isEqualTo(new Claims.Tally(5, 0, 3, 20));
    }

    @Test
    void aRowThatDoesNotEndCountsToTheEnd() {
        answered(ask(), "h1", "h2");

        assertThat(claims.between(start, start + 5 * MILLISECOND)).isEqualTo(new Claims.Tally(1, 0, 1, 5));
    }

    @Test
    void anAnswerBelongsToTheLastRequestOfItsNumber() {
        for (int i = 0; i < Claims.TOLD_APART; i++) {
            answered(ask(), "h1");
        }
        answered(ask(), "h2");

        assertThat(tally()).isEqualTo(new Claims.Tally(Claims.TOLD_APART + 1, 0, 0, 0));
    }

    @Test
    void whatNobodyAskedIsNobodysAnswer() {
        answered(7, "h1");
        ask();

        answered(7, "h1");

        assertThat(tally()).isEqualTo(new Claims.Tally(1, 1, 0, 0));
    }

    private Claims.Tally tally() {
        return claims.between(start, start + 10L * asked * MILLISECOND);
    }

    /** Asks 10 ms after the last time and returns the number. */
    private int ask() {
        return claims.asked(start + 10L * asked++ * MILLISECOND);
    }

    private void answered(int number, String... hosts) {
        for (var host : hosts) {
            claims.answered(
                    new Frame.Claim(start + 10L * number * MILLISECOND, host, "10.0.0.1", number % Claims.TOLD_APART));
        }
    }
}
