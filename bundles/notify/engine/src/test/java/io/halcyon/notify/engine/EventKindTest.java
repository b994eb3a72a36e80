package io.halcyon.notify.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.Severity;
import io.halcyon.settings.Key;
import io.halcyon.settings.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EventKindTest {

    private static final List<Event> ONE_OF_EACH = List.of(
            Happenings.transition("a"),
            new Event.VerdictChange("chk", Health.UP, Health.DOWN, "gone"),
            new Event.PriorityChange("VI_1", 100, 80, "chk is DOWN"),
            new Event.AddressTrouble("VI_1", "192.0.2.50/24", "was removed", Severity.WARNING),
            new Event.ConfigurationChange("VI_1", "accepted", Severity.INFO),
            new Event.Stall("VI_1", 4_000, "another master was heard"),
            new Event.PluginChange("smtp", "notifier type came"),
            new Event.Maintenance("chk", "forced UP by hand", Severity.WARNING),
            new Event.Trial("ops", "asked for"));

    @Test
    void everyEventHasAKindOfItsOwn() {
        var types = ONE_OF_EACH.stream().map(Object::getClass).collect(Collectors.toSet());
        assertThat(types)
                .isEqualTo(Arrays.stream(Event.class.getPermittedSubclasses()).collect(Collectors.toSet()));

        assertThat(ONE_OF_EACH).extracting(EventKind::of).containsExactly(EventKind.values());
    }

    @Test
    void everyWordThatCanBeConfiguredIsAKind() {
        var words = Schema.of(NotifyKeys.class).keys().stream()
                .filter(key -> key.name().equals("events"))
                .map(Key::options)
                .findFirst()
                .orElseThrow();

        assertThat(words)
                .containsExactlyElementsOf(Arrays.stream(EventKind.values())
                        .filter(kind -> kind != EventKind.TRIAL)
                        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                        .toList());
        assertThat(words).allSatisfy(word -> assertThat(EventKind.ofWord(word)).isNotNull());
    }
}
