package io.halcyon.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackBodyTest {

    @Test
    void aTransitionIsAHeadlineWithAnAttachment() throws Exception {
        var message = message(Webhooks.transition(17));

        assertThat(message.path("text").asText()).isEqualTo("[lb1] VI_1: BACKUP -&gt; MASTER, the master fell silent");
        var attachment = message.path("attachments").path(0);
        assertThat(attachment.path("color").asText()).isEqualTo("good");
        assertThat(attachment.path("ts").asLong()).isEqualTo(Webhooks.AT.getEpochSecond());
        assertThat(attachment.path("fields").findValuesAsText("value"))
                .containsExactly("100", "192.0.2.50/24", "17, caused by 16");
    }

    @ParameterizedTest
    @CsvSource({"UP, good", "DEGRADED, warning", "DOWN, danger"})
    void theColourFollowsTheSeverity(Health to, String colour) throws Exception {
        var message = message(Webhooks.verdict(1, Health.UNKNOWN, to));

        assertThat(message.path("attachments").path(0).path("color").asText()).isEqualTo(colour);
    }

    @Test
    void nobodyIsCalledByWhatACheckSays() throws Exception {
        var message = message(
                Webhooks.record(2, new Event.VerdictChange("chk", Health.UP, Health.DOWN, "<!channel> & *co*")));

        assertThat(message.toString()).contains("&lt;!channel&gt; &amp; *co*").doesNotContain("<!channel>");
        assertThat(message.path("mrkdwn").asBoolean(true)).isFalse();
    }

    @Test
    void aDigestIsOneMessageWithABoundedList() throws Exception {
        var events = LongStream.rangeClosed(1, 500)
                .mapToObj(id -> Webhooks.verdict(id, Health.UP, Health.DOWN))
                .toList();

        var message = message(Webhooks.record(501, new Event.Digest("hook", events)));

        assertThat(message.path("text").asText()).isEqualTo("[lb1] hook: 500 events");
        var attachment = message.path("attachments").path(0);
        assertThat(attachment.path("color").asText()).isEqualTo("danger");
        assertThat(attachment.path("text").asText().lines())
                .hasSize(21)
                .startsWith("chk_web: UP -&gt; DOWN, no process")
                .endsWith("and 480 more");
    }

    private static JsonNode message(EventRecord record) throws Exception {
        return new ObjectMapper().readTree(new SlackBody().of(record));
    }
}
