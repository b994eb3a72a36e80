package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fields that the README of {@code io.halcyon.json} promises, by record and by kind of event. */
final class JsonPage {

    private static final Pattern ROW = Pattern.compile("\\| .*?`([\\w-]+)`\\)? \\|(.*)\\|");
    private static final Pattern WORD = Pattern.compile("`(\\w+)`");

    /** Which record an element of a field is. */
    private static final Map<String, String> PARTS = Map.of(
            "addresses", "RouterAddress",
            "tracks", "TrackStatus",
            "history", "Transition",
            "verdict", "Verdict",
            "parameters", "Parameter",
            "realServers", "RealServerStatus",
            "traffic", "Traffic",
            "consequences", "EventTree",
            "findings", "Finding");

    private static final List<String> OF_EVERY_EVENT = List.of("kind", "object", "severity", "text");

    private final Map<String, List<String>> fields = new HashMap<>();

    JsonPage() throws IOException {
        try (var lines = Files.lines(Distribution.root().resolve("bundles/json/README.md"))) {
            lines.map(ROW::matcher).filter(Matcher::matches).forEach(row -> fields.put(row.group(1), words(row)));
        }
    }

    private static List<String> words(Matcher row) {
        return WORD.matcher(row.group(2)).results().map(word -> word.group(1)).toList();
    }

    /** Asserts that an object has the fields of its record, none missing and none more, and its parts have theirs. */
    void assertIs(String kind, JsonNode object) {
        assertThat(names(object)).as("%s: %s", kind, object).isEqualTo(fields.get(kind));
        PARTS.forEach((field, part) -> {
            var value = object.path(field);
            if (value.isArray()) {
                value.forEach(element -> assertIs(part, element));
            } else if (value.isObject()) {
                assertIs(part, value);
            }
        });
        if (object.path("event").has("id")) {
            assertIs("EventRecord", object.get("event"));
        } else if (object.has("event")) {
            assertIsEvent(object.get("event"));
        }
    }

    private void assertIsEvent(JsonNode event) {
        var promised = new ArrayList<>(OF_EVERY_EVENT);
        promised.addAll(fields.get(event.get("kind").asText()));
        assertThat(names(event)).as("event: %s", event).isEqualTo(promised);
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
