package io.halcyon.notify.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.event.EventKind;
import io.halcyon.settings.Key;
import io.halcyon.settings.Schema;
import org.junit.jupiter.api.Test;

class EventKindTest {

    @Test
    void everyWordThatCanBeConfiguredIsAKind() {
        var words = Schema.of(NotifyKeys.class).keys().stream()
                .filter(key -> key.name().equals("events"))
                .map(Key::options)
                .findFirst()
                .orElseThrow();

        assertThat(words).containsExactlyElementsOf(EventKind.words());
        assertThat(words).allSatisfy(word -> assertThat(EventKind.ofWord(word)).isPresent());
    }
}
