package io.halcyon.check.haproxy;

import java.util.ArrayList;
import java.util.List;

/** Reads lines of cells as HAProxy writes them: a cell in quotes may hold commas, line ends, and quotes written twice. */
final class CommaSeparated {

    private final String text;
    private int at;

    CommaSeparated(String text, int start) {
        this.text = text;
        this.at = start;
    }

    /** Cells of the next line; an empty line, and the end of the text, is one empty cell or none. */
    List<String> next() {
        var cells = new ArrayList<String>();
        while (at < text.length()) {
            cells.add(text.charAt(at) == '"' ? quoted() : plain());
            if (at >= text.length() || text.charAt(at++) == '\n') {
                break;
            }
        }
        return cells;
    }

    private String plain() {
        int start = at;
        while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != '\n') {
            at++;
        }
        int end = at > start && text.charAt(at - 1) == '\r' ? at - 1 : at;
        return text.substring(start, end);
    }

    private String quoted() {
        var cell = new StringBuilder();
        at++;
        while (at < text.length()) {
            char next = text.charAt(at++);
            if (next != '"') {
                cell.append(next);
            } else if (at < text.length() && text.charAt(at) == '"') {
                cell.append('"');
                at++;
            } else {
                break;
            }
        }
        // Whatever follows a closing quote belongs to no cell.
        plain();
        return cell.toString();
    }
}
