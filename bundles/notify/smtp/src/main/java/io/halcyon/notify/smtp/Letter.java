package io.halcyon.notify.smtp;

import io.halcyon.api.event.EventRecord;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A mail as a person reads it.
 *
 * @param id for the header Message-ID, the same whenever the event is sent, and another after a restart of the node
 * @param subject one line
 * @param body lines that end with a line feed
 */
record Letter(String id, String subject, String body) {

    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss.SSS 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final String LINE = "%-11s%s%n".replace("%n", "\n");

    static Letter about(EventRecord happened) {
        var wording = Wording.of(happened.event());
        var subject = "[" + happened.node() + "] " + wording.subject();
        return new Letter(id(happened), oneLine(subject), body(happened, wording));
    }

    private static String body(EventRecord happened, Wording wording) {
        var lines = new LinkedHashMap<String, String>();
        lines.put("What:", wording.what());
        lines.putAll(wording.details());
        lines.put("When:", WHEN.format(happened.at()));
        lines.put("Node:", happened.node());
        lines.put("Event:", event(happened));
        return "=> " + wording.headline() + " <=\n\n"
                + lines.entrySet().stream().map(Letter::line).collect(Collectors.joining());
    }

    private static String line(Map.Entry<String, String> entry) {
        return String.format(Locale.ROOT, LINE, entry.getKey(), oneLine(entry.getValue()));
    }

    private static String event(EventRecord happened) {
        if (happened.causes().isEmpty()) {
            return String.valueOf(happened.id());
        }
        return happened.causes().stream()
                .map(String::valueOf)
                .collect(Collectors.joining(", ", happened.id() + ", caused by ", ""));
    }

    private static String id(EventRecord happened) {
        var node = happened.node().replaceAll("[^A-Za-z0-9.-]", "-");
        return "<halcyon." + happened.at().toEpochMilli() + "." + happened.id() + "@" + node + ">";
    }

    /** What others wrote must not start a header line of its own. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
