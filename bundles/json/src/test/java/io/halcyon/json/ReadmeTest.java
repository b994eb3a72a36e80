package io.halcyon.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.halcyon.api.event.EventRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README's tables are what readers build on: they have to be what is written. */
class ReadmeTest {

    private static final Pattern ROW = Pattern.compile("\\| .*?`([\\w-]+)`\\)? \\|(.*)\\|");
    private static final Pattern WORD = Pattern.compile("`(\\w+)`");

    private final Map<String, List<String>> written = new HashMap<>();

    @Test
    void theTablesNameExactlyTheFieldsThatAreWritten() throws IOException {
        JsonTest.records().forEach(this::collect);
        JsonTest.events().forEach(event -> collect(new EventRecord(1, Instant.EPOCH, 1, "a", List.of(), event)));

        assertThat(documented()).isEqualTo(written);
    }

    private void collect(Object record) {
        try {
            collect(record.getClass(), new ObjectMapper().readTree(Json.write(record)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void collect(Class<?> type, JsonNode node) {
        if (node.has("kind") && node.has("severity")) {
            List<String> own = names(node);
            own.removeAll(List.of("kind", "object", "severity", "text"));
            written.put(node.get("kind").asText(), own);
            return;
        }
        written.put(type.getSimpleName(), names(node));
        for (var component : type.getRecordComponents()) {
            JsonNode part = node.get(component.getName());
            if (part != null && part.isArray() && part.size() > 0 && part.get(0).isObject()) {
                String member = component.getGenericType().getTypeName().replaceAll(".*<(.*)>", "$1");
                collect(loaded(member), part.get(0));
            } else if (part != null && part.isObject() && component.getType() != Map.class) {
                collect(component.getType(), part);
            }
        }
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Class<?> loaded(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, List<String>> documented() throws IOException {
        Map<String, List<String>> documented = new HashMap<>();
        try (Stream<String> lines = Files.lines(Path.of("README.md"))) {
            lines.map(ROW::matcher)
                    .filter(Matcher::matches)
                    .forEach(row -> documented.put(
                            row.group(1),
                            WORD.matcher(row.group(2))
                                    .results()
                                    .map(word -> word.group(1))
                                    .toList()));
        }
        return documented;
    }
}
