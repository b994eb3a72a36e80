package io.halcyon.notify.engine;

import io.halcyon.api.event.Event;
import java.util.Locale;

/** What an event is about: the words of key {@code events} and of EventAdmin topics. */
enum EventKind {
    TRANSITION,
    VERDICT,
    PRIORITY,
    ADDRESS,
    CONFIGURATION,
    STALL,
    PLUGIN,
    MAINTENANCE,
    /** Asked for by a person; goes to the notifier that was named, never to others. */
    TRIAL;

    static EventKind of(Event event) {
        if (event instanceof Event.RouterTransition) {
            return TRANSITION;
        }
        if (event instanceof Event.VerdictChange) {
            return VERDICT;
        }
        if (event instanceof Event.PriorityChange) {
            return PRIORITY;
        }
        if (event instanceof Event.AddressTrouble) {
            return ADDRESS;
        }
        if (event instanceof Event.ConfigurationChange) {
            return CONFIGURATION;
        }
        if (event instanceof Event.Stall) {
            return STALL;
        }
        if (event instanceof Event.PluginChange) {
            return PLUGIN;
        }
        if (event instanceof Event.Maintenance) {
            return MAINTENANCE;
        }
        if (event instanceof Event.Trial) {
            return TRIAL;
        }
        throw new AssertionError(event);
    }

    /** A word of key {@code events}; settings has checked it against the key's options. */
    static EventKind ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
