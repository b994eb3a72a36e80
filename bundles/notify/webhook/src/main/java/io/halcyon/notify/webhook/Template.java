package io.halcyon.notify.webhook;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * JSON with placeholders. Immutable.
 *
 * <p>Within quotes a value is written so that it stays within them; outside it is a value of its own, with quotes unless it
 * is a number or an object.
 */
final class Template implements Body {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z][A-Za-z.]*)}");

    private static final Map<String, Function<EventRecord, Object>> VALUES = new TreeMap<>(Map.of(
            "text", record -> record.event().text(),
            "object", record -> record.event().object(),
            "kind", record -> record.event().kind().word(),
            "severity", record -> Words.of(record.event().severity()),
            "node", EventRecord::node,
            "at", record -> record.at().toString(),
            "id", EventRecord::id,
            "from", record -> Change.of(record.event()).from(),
            "to", record -> Change.of(record.event()).to(),
            "json", record -> record));

    private static final EventRecord SAMPLE = new EventRecord(
            17,
            Instant.EPOCH,
            0,
            "node \"1\"",
            List.of(16L),
            new Event.RouterTransition(
                    "VI_1", RouterState.BACKUP, RouterState.MASTER, "\"\\\n", 100, List.of("::1/128"), false, false));

    /** Text as it is, or what is put in its place. */
    private record Piece(String text, boolean placeholder, boolean quoted) {}

    private final List<Piece> pieces;

    private Template(List<Piece> pieces) {
        this.pieces = List.copyOf(pieces);
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException if it is none; the message says what is allowed
     */
    static Template of(String text) {
        var template = new Template(pieces(text));
        requireJson(template.of(SAMPLE));
        return template;
    }

    @Override
    public String of(EventRecord record) {
        var body = new StringBuilder();
        for (var piece : pieces) {
            body.append(piece.placeholder() ? value(piece, record) : piece.text());
        }
        return body.toString();
    }

    private static String value(Piece piece, EventRecord record) {
        Object value = VALUES.getOrDefault(piece.text(), ignored -> "").apply(record);
        if (!piece.quoted()) {
            return Json.write(value);
        }
        var text = value instanceof EventRecord ? Json.write(value) : value.toString();
        var quoted = Json.write(text);
        return quoted.substring(1, quoted.length() - 1);
    }

    private static List<Piece> pieces(String text) {
        var pieces = new ArrayList<Piece>();
        var found = PLACEHOLDER.matcher(text);
        int done = 0;
        boolean quoted = false;
        while (found.find()) {
            if (!VALUES.containsKey(found.group(1))) {
                throw new IllegalArgumentException("a template with the placeholders {"
                        + String.join("}, {", VALUES.keySet()) + "}, not " + found.group());
            }
            var before = text.substring(done, found.start());
            quoted = isQuotedAfter(before, quoted);
            pieces.add(new Piece(before, false, false));
            pieces.add(new Piece(found.group(1), true, quoted));
            done = found.end();
        }
        pieces.add(new Piece(text.substring(done), false, false));
        return pieces;
    }

    private static boolean isQuotedAfter(String text, boolean before) {
        boolean quoted = before;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            }
        }
        return quoted;
    }

    private static void requireJson(String body) {
        try {
            // A reader stops after the first value, so there has to be one more end behind it, of either kind.
            boolean one = Json.read("[" + body + "\n]", List.class).size() == 1
                    && Json.read("{\"\": " + body + "\n}", Map.class).size() == 1;
            if (!one) {
                throw new IllegalArgumentException("there is more than one value");
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a template that gives one JSON value (" + fault(e) + ")", e);
        }
    }

    /** What the reader of JSON says, without what it quotes: that may be somebody's key. */
    private static String fault(IllegalArgumentException e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s+", " ").replaceAll("'[^']{2,}'", "'...'");
    }
}
