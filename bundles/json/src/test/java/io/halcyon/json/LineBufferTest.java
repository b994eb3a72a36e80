package io.halcyon.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineBufferTest {

    private final LineBuffer buffer = new LineBuffer();

    /** Jackson's form is the measure. */
    @Test
    void everyCharacterIsWrittenAsElsewhere() {
        var text = new StringBuilder();
        for (int point = 0; point <= Character.MAX_CODE_POINT; point += point < 0x3000 ? 1 : 97) {
            if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
                text.appendCodePoint(point);
            }
        }
        var record = record(text.toString());

        buffer.add(record);

        assertThat(buffer.toByteArray()).isEqualTo(Json.write(record).getBytes(StandardCharsets.UTF_8));
        assertThat(Json.read(buffer.array(), 0, buffer.size(), EventRecord.class))
                .isEqualTo(record);
    }

    /** A text may have been cut anywhere: an event is not left out for that. */
    @Test
    void halfACharacterIsAQuestionMark() {
        for (var half : List.of("x\ud83d", "\ude00x", "\ud83d\ud83d", "\ude00\ud83d")) {
            buffer.clear();
            buffer.add(half);

            assertThat(buffer.toByteArray()).isEqualTo(half.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void numbersAreDecimal() {
        for (long number : new long[] {0, 7, -7, 10, 99, 100, -1_000, Long.MAX_VALUE, Long.MIN_VALUE}) {
            buffer.clear();
            buffer.addNumber(number);

            assertThat(buffer).hasToString(Long.toString(number));
        }
    }

    @Test
    void oneLineFollowsTheOtherAndTheArrayServesAgain() {
        var one = record("one");
        var two = record("two");
        buffer.add(one);
        var array = buffer.array();
        int end = buffer.size();
        buffer.add((byte) '\n');
        buffer.add(two);
        assertThat(buffer).hasToString(Json.write(one) + "\n" + Json.write(two));

        buffer.truncate(end);
        assertThat(buffer).hasToString(Json.write(one));
        buffer.clear();
        buffer.add(two);

        assertThat(buffer.array()).isSameAs(array);
        assertThat(Json.read(array, 0, buffer.size(), EventRecord.class)).isEqualTo(two);
    }

    @Test
    void anArrayThatHadToGrowMuchIsNotKept() {
        buffer.add("x".repeat(1 << 20));
        assertThat(buffer.array()).hasSizeGreaterThanOrEqualTo(1 << 20);

        buffer.clear();

        assertThat(buffer.array()).hasSizeLessThan(10_000);
    }

    private static EventRecord record(String text) {
        return new EventRecord(1, Instant.EPOCH, 1, "node-a", List.of(), new Event.PluginChange("p", text));
    }
}
