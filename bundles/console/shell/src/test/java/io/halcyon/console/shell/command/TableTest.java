package io.halcyon.console.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void columnsAreAsWideAsTheirContent() {
        var table = new Table("A", "LONG HEADER", "LAST");
        table.row("one", 2, "three");

        assertThat(table.toString()).isEqualTo("A    LONG HEADER  LAST\none  2            three\n");
    }

    @Test
    void theLastColumnWrapsAtBlanksSoThatALineFits() {
        var table = new Table("NAME", "REASON");
        table.row("web", "nginx answers ".repeat(15).strip());

        assertThat(table.toString().lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(Table.WIDTH))
                .hasSizeGreaterThan(2)
                .last()
                .asString()
                .startsWith("      ");
    }

    @Test
    void aWordLongerThanTheLineIsCut() {
        assertThat(Table.wrapped("x".repeat(25), 10)).containsExactly("x".repeat(10), "x".repeat(10), "x".repeat(5));
    }

    @Test
    void aRowHasAsManyCellsAsThereAreHeaders() {
        assertThatThrownBy(() -> new Table("A", "B").row("a")).isInstanceOf(IllegalArgumentException.class);
    }
}
