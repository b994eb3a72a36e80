package io.halcyon.console.shell.line;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How large a terminal is; one that says nothing sensible is of the usual size. */
record Window(int columns, int rows) {

    static final Window USUAL = new Window(80, 24);

    private static final int MOST = 10_000;
    private static final Pattern STTY = Pattern.compile("(\\d{1,5}) (\\d{1,5})\\s*");

    Window {
        columns = columns > 0 && columns < MOST ? columns : 80;
        rows = rows > 0 && rows < MOST ? rows : 24;
    }

    /** From what {@code stty size} prints: rows, then columns. */
    static Window ofStty(String size) {
        Matcher numbers = STTY.matcher(size);
        return numbers.matches()
                ? new Window(Integer.parseInt(numbers.group(2)), Integer.parseInt(numbers.group(1)))
                : USUAL;
    }
}
