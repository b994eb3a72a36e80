package io.halcyon.notify.syslog;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Parts of an event as RFC 5424 section 6.3 writes them. */
final class StructuredData {

    private StructuredData() {}

    /** One element; parts that are empty are left out. */
    static String of(String id, EventRecord record) {
        return parts(record).entrySet().stream()
                .filter(part -> !part.getValue().isEmpty())
                .map(part -> " " + part.getKey() + "=\"" + escaped(part.getValue()) + "\"")
                .collect(Collectors.joining("", "[" + id, "]"));
    }

    private static Map<String, String> parts(EventRecord record) {
        var event = record.event();
        var parts = new LinkedHashMap<String, String>();
        parts.put("id", String.valueOf(record.id()));
        parts.put("node", record.node());
        parts.put("kind", event.kind().word());
        parts.put("object", event.object());
        parts.put("severity", event.severity().name().toLowerCase(Locale.ROOT));
        addChange(parts, event);
        parts.put("causes", record.causes().stream().map(String::valueOf).collect(Collectors.joining(",")));
        return parts;
    }

    private static void addChange(Map<String, String> parts, Event event) {
        if (event instanceof Event.RouterTransition transition) {
            add(parts, transition.from(), transition.to());
            parts.put("priority", String.valueOf(transition.priority()));
            parts.put("addresses", String.join(",", transition.addresses()));
        } else if (event instanceof Event.GroupTransition transition) {
            add(parts, transition.from(), transition.to());
        } else if (event instanceof Event.VerdictChange verdict) {
            add(parts, verdict.from(), verdict.to());
        } else if (event instanceof Event.PriorityChange priority) {
            add(parts, priority.from(), priority.to());
        } else if (event instanceof Event.RealServerChange server) {
            add(parts, server.from(), server.to());
            parts.put("server", server.realServer());
            parts.put("virtual", server.virtualServer());
        } else if (event instanceof Event.VirtualServerChange server) {
            add(parts, server.from(), server.to());
            parts.put("virtual", server.virtualServer());
        }
    }

    private static void add(Map<String, String> parts, Object from, Object to) {
        parts.put("from", from.toString());
        parts.put("to", to.toString());
    }

    // RFC 5424 section 6.3.3: '"', '\' and ']' MUST be escaped by a '\' before them.
    private static String escaped(String value) {
        return MessageWriter.oneLine(value)
                .replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("]", "\\]");
    }
}
