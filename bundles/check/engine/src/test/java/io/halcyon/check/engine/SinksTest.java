package io.halcyon.check.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventSink;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SinksTest {

    private final Sinks sinks = new Sinks();
    private final List<String> told = new ArrayList<>();

    private final EventSink first = (event, causes) -> tell("first", event, causes);
    private final EventSink second = (event, causes) -> tell("second", event, causes);

    private long tell(String who, Event event, List<Long> causes) {
        told.add(who + " " + event.object() + causes);
        return told.size();
    }

    private long happens(String object, Long... causes) {
        return sinks.publish(new Event.PluginChange(object, "came"), List.of(causes));
    }

    @Test
    void whatHappensBeforeSomebodyTakesItWaits() {
        assertThat(happens("a")).isZero();
        assertThat(happens("b", 7L)).isZero();
        assertThat(told).isEmpty();

        sinks.set(first);

        assertThat(happens("c")).isEqualTo(3);
        assertThat(told).containsExactly("first a[]", "first b[7]", "first c[]");
    }

    @Test
    void whatHappensDuringAnUpdateGoesToTheNextOne() {
        sinks.set(first);
        sinks.unset(first);
        happens("a");
        sinks.set(second);
        sinks.unset(first);

        assertThat(happens("b")).isEqualTo(2);
        assertThat(told).containsExactly("second a[]", "second b[]");
    }

    @Test
    void ofTooManyTheOldestGo() {
        IntStream.range(0, 1_005).forEach(number -> happens("e" + number));

        sinks.set(first);

        assertThat(told).hasSize(1_000).startsWith("first e5[]").endsWith("first e1004[]");
    }
}
