package io.halcyon.notify.engine;

import io.halcyon.api.event.EventFilter;
import io.halcyon.api.event.EventKind;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.event.Severity;
import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Refusal;
import io.halcyon.settings.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a notifier has whatever its type; the type's own keys are still in the text. Immutable.
 *
 * @param type name of its type
 * @param filter events to tell of; no kinds means none here
 * @param patience how long an event is tried
 * @param rate how many events are told one by one
 * @param quiet whether it is silent about what is held by hand
 * @param text its configuration as it was written
 * @param refusal why it is there and tells nothing, null if it can
 */
record NotifierSettings(
        String type,
        EventFilter filter,
        Patience patience,
        Rate rate,
        boolean quiet,
        ConfigText text,
        @Nullable String refusal) {

    static final Schema<NotifyKeys> SCHEMA = Schema.of(NotifyKeys.class);

    /**
     * How long an event is tried.
     *
     * @param attemptMillis limit of one attempt, after which it is interrupted
     * @param firstRetryMillis delay after the first failed attempt; it doubles with each further one
     * @param lastRetryMillis where doubling ends
     * @param giveUpMillis after that much time of trying, no attempt follows
     */
    record Patience(long attemptMillis, long firstRetryMillis, long lastRetryMillis, long giveUpMillis) {}

    /**
     * How many events are told one by one.
     *
     * @param events per window, 0 for all
     */
    record Rate(int events, long windowMillis) {}

    static NotifierSettings of(ConfigText text) throws Refusal {
        var keys = text.bind(SCHEMA);
        var kinds = Arrays.stream(keys.events())
                .flatMap(word -> EventKind.ofWord(word).stream())
                .collect(Collectors.toUnmodifiableSet());
        var least = Severity.valueOf(keys.severity().toUpperCase(Locale.ROOT));
        if (keys.retry_max() < keys.retry_first()) {
            throw text.refuse("retry.max", "a number that is not below retry.first");
        }
        var patience = new Patience(
                millis(keys.delivery_timeout()),
                millis(keys.retry_first()),
                millis(keys.retry_max()),
                millis(keys.give_up()));
        return new NotifierSettings(
                keys.type(),
                new EventFilter(kinds, least, List.of(keys.objects()), null),
                patience,
                new Rate(keys.rate_limit(), millis(keys.rate_window())),
                keys.maintenance().equals("quiet"),
                text,
                null);
    }

    /** Of a text that is refused, and whose notifier is there nevertheless to say so; what it would tell of nobody knows. */
    static NotifierSettings refused(ConfigText text, Refusal refusal) {
        return new NotifierSettings(
                text.written().getOrDefault("type", ""),
                EventFilter.ALL,
                new Patience(1, 1, 1, 1),
                new Rate(0, 1),
                false,
                text,
                refusal.getMessage());
    }

    /** Whether this notifier is to hear of it, maintenance aside. */
    boolean wants(EventRecord event) {
        return kinds().contains(event.event().kind()) && filter.matches(event);
    }

    Set<EventKind> kinds() {
        return filter.kinds();
    }

    /** What is allowed but hardly meant: keys for a kind of event of which nothing is told here. */
    List<String> warnings(Map<String, EventKind> kindsByKey) {
        return new TreeMap<>(kindsByKey)
                .entrySet().stream()
                        .filter(key -> !kinds().contains(key.getValue()))
                        .map(key -> key.getKey() + " does nothing: events has no "
                                + key.getValue().word())
                        .toList();
    }

    private static long millis(double seconds) {
        return Math.round(seconds * 1_000);
    }
}
