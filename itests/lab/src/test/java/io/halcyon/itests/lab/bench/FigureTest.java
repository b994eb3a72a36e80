package io.halcyon.itests.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FigureTest {

    @ParameterizedTest
    @CsvSource({"5, true", "5.001, false", "NaN, false"})
    void anUpperLimitIsMetUpToItself(double halcyon, boolean met) {
        assertThat(figure(halcyon, 1, Target.atMost(5)).met()).isEqualTo(met);
    }

    @ParameterizedTest
    @CsvSource({"364.8, true", "364.7, false", "NaN, false"})
    void aLowerLimitIsMetFromItselfOn(double halcyon, boolean met) {
        assertThat(figure(halcyon, 1, Target.atLeast(364.8)).met()).isEqualTo(met);
    }

    @ParameterizedTest
    @CsvSource({"103, 100, true", "103.1, 100, false", "1, 0, false", "0, 0, true", "1, NaN, false", "NaN, 1, false"})
    void aTargetMayDependOnThePeer(double halcyon, double peer, boolean met) {
        assertThat(figure(halcyon, peer, Target.timesPeer(1.03)).met()).isEqualTo(met);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, true", "1, 0, false", "0, 1, false"})
    void framesThatWereMissedSpoilTheFiguresOfEither(int halcyon, int peer, boolean met) {
        assertThat(Drops.figure("failover", halcyon, peer).met()).isEqualTo(met);
    }

    @Test
    void withoutTargetNothingIsMissed() {
        assertThat(figure(Double.NaN, Double.NaN, Target.NONE).met()).isTrue();
    }

    @Test
    void aRatioIsSaidWhereItSaysSomething() {
        assertThat(figure(1, 4, Target.NONE).ratio()).isEqualTo(0.25);
        assertThat(figure(1, 0, Target.NONE).ratio()).isNaN();
        assertThat(figure(1, Numbers.FOR_EVER, Target.NONE).ratio()).isNaN();
        assertThat(figure(1, Double.NaN, Target.NONE).ratio()).isNaN();
    }

    @Test
    void runsAreThoseBehindBothSides() {
        var three = Samples.of(1, 2, 3);

        assertThat(Figure.medians("", "", three, Samples.of(4, 5), Target.NONE).runs())
                .isEqualTo(2);
        assertThat(Figure.medians("", "", three, Samples.of(), Target.NONE).runs())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "3653.43, 3653.4",
        "12345.67, 12345.7",
        "365.04, 365",
        "36.484, 36.48",
        "0.1234, 0.123",
        "0, 0",
        "100, 100",
        "NaN, -",
        "Infinity, for ever"
    })
    void numbersHaveAsManyDigitsAsCount(double value, String text) {
        assertThat(Numbers.text(value)).isEqualTo(text);
    }

    private static Figure figure(double halcyon, double peer, Target target) {
        return new Figure("name", "ms", halcyon, peer, 10, target);
    }
}
