package io.halcyon.console.shell.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {

    private static final int WIDTH = 100;

    @Test
    void columnsAreAsWideAsTheirContent() {
        var table = new Table("A", "LONG HEADER", "LAST");
        table.row("one", 2, "three");

        assertThat(table.text(Table.UNLIMITED)).isEqualTo("A    LONG HEADER  LAST\none  2            three\n");
    }

    @Test
    void theLastColumnWrapsAtBlanksSoThatALineFits() {
        var table = new Table("NAME", "REASON");
        table.row("web", "nginx answers ".repeat(15).strip());

        assertThat(table.text(WIDTH).lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(WIDTH))
                .hasSizeGreaterThan(2)
                .last()
                .asString()
                .startsWith("      ");
    }

    @Test
    void aPipeGetsOneLinePerRow() {
        var table = new Table("NAME", "REASON");
        table.row("web", "nginx answers ".repeat(50).strip());

        assertThat(table.text(Table.UNLIMITED).lines()).hasSize(2);
    }

    @Test
    void onANarrowTerminalTheWidestColumnsWrapTooAndEveryWordIsStillThere() {
        var table = new Table("NAME", "TRACKED BY", "REASON");
        table.row("web", "router one, router two, router three", "nginx answers with a page");

        String text = table.text(50);

        assertThat(text.lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(50))
                .hasSizeGreaterThan(2);
        assertThat(text).contains("web", "three", "nginx", "page");
        assertThat(text.lines().toList().get(1)).isEqualTo("web   router one, router  nginx answers with a");
    }

    @Test
    void aWordIsBrokenOnlyWhenNoBlankIsLeftToBreakAt() {
        var table = new Table("AT", "CAUSED BY", "REASON");
        table.row("2026-11-28T04:20:06.123Z", "101, 102, 103, 104, 105, 106", "nginx answers with a page");

        assertThat(table.text(60).lines().toList().get(1))
                .isEqualTo("2026-11-28T04:20:06.123Z  101, 102,   nginx answers with a");
        assertThat(table.text(50).lines().toList().get(1)).isEqualTo("2026-11-28T04:20:06.123Z  101, 102,   nginx");
        assertThat(table.text(45).lines().toList().get(1)).isEqualTo("2026-11-28T04:20:06.1  101, 102,   nginx");
    }

    @Test
    void rowsThatComeOneByOneHaveTheirUsualColumns() {
        var table = new Table(new int[] {5, 10}, "ID", "OBJECT", "EVENT");
        table.row(7, "VI_1", "it moved");

        assertThat(table.text(WIDTH)).isEqualTo("ID     OBJECT      EVENT\n7      VI_1        it moved\n");
    }

    @Test
    void aLineAcrossAllColumnsMakesNoneOfThemWider() {
        var table = new Table("NAME", "REASON");
        table.across("a virtual server with much to say about itself");
        table.row("web", "fine");

        assertThat(table.text(40))
                .isEqualTo(
                        """
                NAME  REASON
                a virtual server with much to say
                    about itself
                web   fine
                """);
    }

    @Test
    void aTerminalThatIsTooNarrowForAnythingGetsTheNarrowestTable() {
        var table = new Table("NAME", "REASON");
        table.row("web", "nginx answers with a page and more");

        assertThat(table.text(5).lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(16));
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
