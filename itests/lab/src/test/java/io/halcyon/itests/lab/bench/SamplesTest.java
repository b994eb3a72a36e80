package io.halcyon.itests.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {

    @Test
    void theMedianIsInTheMiddleWhateverTheOrder() {
        assertThat(Samples.of(9, 1, 5).median()).isEqualTo(5);
        assertThat(Samples.of(4, 1, 3, 2).median()).isEqualTo(2.5);
        assertThat(Samples.of(List.of(7.0)).median()).isEqualTo(7);
    }

    @Test
    void aMedianOfWhatNeverEndedNeverEnds() {
        double never = Numbers.FOR_EVER;

        assertThat(Samples.of(never, never).median()).isEqualTo(never);
        assertThat(Samples.of(1, 2, never).median()).isEqualTo(2);
    }

    @Test
    void aQuantileIsOneOfTheValues() {
        var hundred = Samples.of(
                java.util.stream.IntStream.rangeClosed(1, 100).asDoubleStream().toArray());

        assertThat(hundred.quantile(0.5)).isEqualTo(50);
        assertThat(hundred.quantile(0.99)).isEqualTo(99);
        assertThat(hundred.quantile(0)).isEqualTo(1);
        assertThat(hundred.quantile(1)).isEqualTo(100);
        assertThat(hundred.min()).isEqualTo(1);
        assertThat(hundred.max()).isEqualTo(100);
    }

    @Test
    void nothingMeasuredIsNotZero() {
        var nothing = Samples.of();

        assertThat(nothing.median()).isNaN();
        assertThat(nothing.quantile(0.99)).isNaN();
        assertThat(nothing.min()).isNaN();
        assertThat(nothing.max()).isNaN();
    }
}
