package io.halcyon.spi.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KeyValueTest {

    @Test
    void aRefusalNamesKeyAndValueAndWhatWouldBeRight() {
        assertThat(KeyValue.refused("days.warn", 3, "at least 7"))
                .hasMessage("days.warn = 3 is refused: allowed is at least 7");
    }

    @Test
    void whatIsWrongWithAValueIsToldUnderTheNameOfItsKey() {
        assertThat(KeyValue.named("n", "12", () -> 12)).isEqualTo(12);
        var inner = new IllegalArgumentException("a number");
        assertThatThrownBy(() -> KeyValue.named("n", "x", () -> {
                    throw inner;
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("n = x is refused: allowed is a number")
                .hasCause(inner);
    }
}
