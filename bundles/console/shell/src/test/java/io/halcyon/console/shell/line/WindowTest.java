package io.halcyon.console.shell.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {

    @ParameterizedTest
    @CsvSource({
        "45 123, 123, 45",
        "0 0, 80, 24",
        "'50 200\n', 200, 50",
        "plain, 80, 24",
        "0 132, 132, 24",
        "99999 99999, 80, 24"
    })
    void whatSttySaysIsTakenIfItMakesSense(String size, int columns, int rows) {
        assertThat(Window.ofStty(size)).isEqualTo(new Window(columns, rows));
    }

    @Test
    void itTravelsInAFrame() throws MalformedFrameException {
        assertThat(Frame.window(new Window(123, 45)).window()).isEqualTo(new Window(123, 45));
        assertThatThrownBy(() -> Frame.text(Frame.Kind.WINDOW, "123").window())
                .isInstanceOf(MalformedFrameException.class);
    }
}
