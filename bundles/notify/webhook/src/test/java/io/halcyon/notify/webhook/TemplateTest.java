package io.halcyon.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

    @TempDir
    Path directory;

    @Test
    void everyPlaceholderHasItsValue() {
        var template = Template.of(
                "{\"m\": \"{node} {object} {from}>{to} ({severity}, {kind}) at {at}\", \"id\": {id}, \"why\": {text}}");

        assertThat(template.of(Webhooks.transition(17)))
                .isEqualTo("{\"m\": \"lb1 VI_1 BACKUP>MASTER (info, transition) at 2026-06-30T13:28:55.310Z\","
                        + " \"id\": 17, \"why\": \"BACKUP -> MASTER, the master fell silent\"}");
    }

    @Test
    void theEventAsAWholeIsAnObjectOrAText() throws Exception {
        var body = Template.of("{\"event\": {json}, \"text\": \"{json}\", \"q\": \"\\\"{id}\\\"\"}")
                .of(Webhooks.transition(17));
        var json = new ObjectMapper().readTree(body);

        assertThat(json.path("event").path("event").path("object").asText()).isEqualTo("VI_1");
        assertThat(new ObjectMapper().readTree(json.path("text").asText())).isEqualTo(json.path("event"));
        assertThat(json.path("q").asText()).isEqualTo("\"17\"");
    }

    @Test
    void noValueLeavesItsQuotes() throws Exception {
        var nasty = "\", \"admin\": true, \"x\": \"\\ \n\t\u0001 é 😀";
        var body = Template.of("{\"text\": \"{text}\"}")
                .of(Webhooks.record(2, new Event.VerdictChange("chk", Health.UP, Health.DOWN, nasty)));
        var json = new ObjectMapper().readTree(body);

        assertThat(json.size()).isEqualTo(1);
        assertThat(json.path("text").asText()).isEqualTo("UP -> DOWN, " + nasty);
    }

    @Test
    void whatIsNoChangeHasNoFromAndTo() {
        assertThat(Template.of("[\"{from}\", {to}]").of(Webhooks.record(2, new Event.Stall("VI_1", 1, "stays"))))
                .isEqualTo("[\"\", \"\"]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\": {nonsense}}",
                "{\"text\": \"{text}\"",
                "{\"text\": \"{text}\"} more",
                "{\"a\": 1}, {\"b\": 2}",
                "{\"text\": \"{text}}",
                "just {text}",
                "\"a\"]"
            })
    void whatGivesNoJsonIsRefused(String template) {
        assertThatThrownBy(() -> Webhooks.notifier("http://127.0.0.1/", "template", template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("template = ")
                .hasMessageContaining(" is refused: allowed is a template ");
    }

    @Test
    void aKeyInATemplateIsNotShown() {
        assertThatThrownBy(() -> Webhooks.notifier("http://127.0.0.1/", "template", "{\"routing_key\": s3cr3tk3y}"))
                .hasMessageStartingWith("template = *** is refused: allowed is a template that gives one JSON value (")
                .hasMessageNotContaining("s3cr3t");
    }

    @Test
    void aFileIsReadOrRefused() throws Exception {
        var file = directory.resolve("hook.json");
        assertThatThrownBy(() -> Webhooks.notifier("http://127.0.0.1/", "template.file", file.toString()))
                .hasMessageStartingWith("template.file = " + file)
                .hasMessageContaining("NoSuchFileException");

        Files.writeString(file, "{\"é\": \"{text}\"}\n");
        assertThat(TemplateKeys.read(Webhooks.keys("http://127.0.0.1/", "template.file", file.toString()))
                        .of(Webhooks.transition(1)))
                .startsWith("{\"é\": \"BACKUP");

        Files.write(file, new byte[70_000]);
        assertThatThrownBy(() -> Webhooks.notifier("http://127.0.0.1/", "template.file", file.toString()))
                .hasMessageContaining("at most 65536 bytes");
    }

    @ParameterizedTest
    @CsvSource({"slack, template", "alertmanager, template.file"})
    void aPresetHasNoTemplate(String preset, String key) {
        assertThatThrownBy(() -> Webhooks.notifier("http://127.0.0.1/", "preset", preset, key, "/etc/hook.json"))
                .hasMessageStartingWith(key + " = ");
    }
}
