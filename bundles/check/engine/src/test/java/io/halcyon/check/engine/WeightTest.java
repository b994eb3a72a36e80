package io.halcyon.check.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightTest {

    @Test
    void isWrittenAsInKeepalived() {
        assertThat(Weight.parse("-20")).isEqualTo(new Weight(-20, false));
        assertThat(Weight.parse("2 reverse")).isEqualTo(new Weight(2, true));
        assertThat(Weight.parse(" +253 ")).isEqualTo(new Weight(253, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "254", "-254", "2 backwards", "two", "2reverse", "1.5"})
    void anythingElseIsNotAWeight(String text) {
        assertThat(Weight.parse(text)).isNull();
    }
}
