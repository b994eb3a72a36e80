package io.halcyon.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema that readers of events are promised. */
class EventSchemaTest {

    private static final ObjectMapper JACKSON = new ObjectMapper();
    private static final JsonNode TEXT = text();
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(TEXT);

    private static JsonNode text() {
        try {
            return JACKSON.readTree(Files.readString(Path.of("../../docs/event.schema.json")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode written(Event event) {
        try {
            return JACKSON.readTree(Json.write(new EventRecord(7, Instant.EPOCH, 1, "lb1", List.of(6L), event)));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    static Stream<Event> events() {
        return JsonTest.events();
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventFits(Event event) {
        assertThat(SCHEMA.validate(written(event))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("events")
    void itsFieldsAreDescribedAndPromised(Event event) {
        var json = written(event).get("event");
        List<String> own = names(json);
        own.removeAll(List.of("kind", "object", "severity", "text"));
        var definition = TEXT.get("$defs").get(json.get("kind").asText());

        List<String> described = names(definition.get("properties"));
        described.remove("kind");
        assertThat(described).containsExactlyInAnyOrderElementsOf(own);
        assertThat(definition.get("required")).extracting(JsonNode::asText).containsExactlyInAnyOrderElementsOf(own);
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventWithoutOneOfItsFieldsDoesNotFit(Event event) {
        for (String name : names(written(event).get("event"))) {
            var less = written(event);
            ((ObjectNode) less.get("event")).remove(name);

            assertThat(SCHEMA.validate(less)).as("without %s", name).isNotEmpty();
        }
    }

    /** As an older version wrote it, and as it is written again. */
    @Test
    void anEventThatDoesNotKnowHowManyRealServersThereAreFits() {
        assertThat(SCHEMA.validate(
                        written(new Event.RealServerChange("web", "FWM 7", "r", Health.UP, Health.DOWN, 0, "refused"))))
                .isEmpty();
        assertThat(SCHEMA.validate(
                        written(new Event.VirtualServerChange("web", "FWM 7", Health.UP, Health.DOWN, 0, 1, "none"))))
                .isEmpty();
    }

    @Test
    void aFieldThatIsNotKnownYetFits() {
        var more = written(new Event.Trial("ops", "trial"));
        ((ObjectNode) more.get("event")).put("colour", "green");

        assertThat(SCHEMA.validate(more)).isEmpty();
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
