package io.halcyon.check.haproxy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * HAProxy's statistics: a table with a head that names its columns, of which newer versions have more. Immutable.
 *
 * @param rows one per frontend, server, backend and listener
 */
record Statistics(List<Row> rows) {

    /**
     * One line.
     *
     * @param proxy name of the frontend or backend
     * @param server name of the server, {@code FRONTEND} or {@code BACKEND}
     * @param status as HAProxy writes it, such as {@code OPEN}, {@code UP 1/3} or {@code MAINT (via a/b)}
     * @param backup whether it is a backup server
     * @param queued requests that wait
     * @param sessions now
     * @param sessionLimit of them, 0 if it has none
     * @param kind what it is
     */
    record Row(
            String proxy,
            String server,
            String status,
            boolean backup,
            long queued,
            long sessions,
            long sessionLimit,
            Kind kind) {

        /** HAProxy sends it new requests; a server without a check counts as one that works, as it does for HAProxy. */
        boolean takesRequests() {
            return status.equals("UP") || status.startsWith("UP ") || status.equals("no check");
        }
    }

    /** Of a row, in the order of HAProxy's numbers. */
    enum Kind {
        FRONTEND,
        BACKEND,
        SERVER,
        LISTENER
    }

    private static final String HEAD = "# pxname,";

    Statistics {
        rows = List.copyOf(rows);
    }

    /** Reads what stands behind the head of the table; null if there is none. */
    static @Nullable Statistics parse(String text) {
        int head = text.startsWith(HEAD) ? 0 : text.indexOf("\n" + HEAD) + 1;
        if (!text.startsWith(HEAD, head)) {
            return null;
        }
        var lines = new CommaSeparated(text, head + 2);
        var columns = columns(lines.next());
        var rows = new ArrayList<Row>();
        for (var cells = lines.next(); !isEnd(cells); cells = lines.next()) {
            var row = row(columns, cells);
            if (row == null) {
                return null;
            }
            rows.add(row);
        }
        return new Statistics(rows);
    }

    /** An empty line, or nothing more. */
    private static boolean isEnd(List<String> cells) {
        return String.join("", cells).isEmpty() && cells.size() <= 1;
    }

    private static Map<String, Integer> columns(List<String> names) {
        var columns = new HashMap<String, Integer>();
        for (int i = 0; i < names.size(); i++) {
            columns.putIfAbsent(names.get(i), i);
        }
        return columns;
    }

    private static @Nullable Row row(Map<String, Integer> columns, List<String> cells) {
        var cell = new Cells(columns, cells);
        int kind = (int) cell.number("type");
        if (kind < 0 || kind >= Kind.values().length || cell.text("status").isEmpty()) {
            return null;
        }
        return new Row(
                cell.text("pxname"),
                cell.text("svname"),
                cell.text("status"),
                cell.number("bck") > 0,
                Math.max(0, cell.number("qcur")),
                Math.max(0, cell.number("scur")),
                Math.max(0, cell.number("slim")),
                Kind.values()[kind]);
    }

    private record Cells(Map<String, Integer> columns, List<String> cells) {

        String text(String column) {
            var index = columns.get(column);
            return index == null || index >= cells.size() ? "" : cells.get(index);
        }

        /** -1 if there is none. */
        long number(String column) {
            var text = text(column);
            return text.matches("\\d{1,15}") ? Long.parseLong(text) : -1;
        }
    }
}
