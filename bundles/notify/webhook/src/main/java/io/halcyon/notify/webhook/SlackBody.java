package io.halcyon.notify.webhook;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.event.Severity;
import io.halcyon.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A message for an incoming webhook of Slack, and of those who take the same: Mattermost, Rocket.Chat. */
final class SlackBody implements Body {

    private static final int MOST_LINES = 20;
    private static final int LONGEST_LINE = 300;

    @Override
    public String of(EventRecord record) {
        var headline = "[" + record.node() + "] " + Words.summary(record);
        var attachment = Map.of(
                "color", color(record.event().severity()),
                "fallback", escaped(headline),
                "text", escaped(details(record)),
                "fields", fields(record),
                "ts", record.at().getEpochSecond(),
                // Names are full of underscores, which would make words slanted.
                "mrkdwn_in", List.of());
        return Json.write(Map.of("text", escaped(headline), "mrkdwn", false, "attachments", List.of(attachment)));
    }

    private static String color(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "danger";
            case WARNING -> "warning";
            case INFO -> "good";
        };
    }

    private static String details(EventRecord record) {
        if (!(record.event() instanceof Event.Digest digest)) {
            return "";
        }
        var lines = new ArrayList<String>();
        for (var one : digest.events()) {
            if (lines.size() == MOST_LINES) {
                lines.add("and " + (digest.events().size() - MOST_LINES) + " more");
                break;
            }
            var line = Words.summary(one);
            lines.add(line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "...");
        }
        return String.join("\n", lines);
    }

    private static List<Map<String, Object>> fields(EventRecord record) {
        var fields = new ArrayList<Map<String, Object>>();
        if (record.event() instanceof Event.RouterTransition transition) {
            fields.add(field("Priority", String.valueOf(transition.priority())));
            fields.add(field("Addresses", String.join(", ", transition.addresses())));
        }
        var causes = Words.causes(record);
        fields.add(field("Event", record.id() + (causes.isEmpty() ? "" : ", caused by " + causes)));
        return fields;
    }

    private static Map<String, Object> field(String title, String value) {
        return Map.of("title", title, "value", escaped(value), "short", true);
    }

    /** What Slack would take for a link or for a call to everybody. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
