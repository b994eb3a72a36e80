package io.halcyon.api.event;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an event is about: the words of filters, of a notifier's key {@code events} and of EventAdmin topics. */
public enum EventKind {
    /** A router or a group of routers changed its state. */
    TRANSITION(Event.RouterTransition.class, Event.GroupTransition.class),
    /** A verdict changed. */
    VERDICT(Event.VerdictChange.class),
    /** A router's effective priority changed. */
    PRIORITY(Event.PriorityChange.class),
    /** A master heard another one with a lower priority. */
    RIVAL(Event.LowerPriorityHeard.class),
    /** A real server or a virtual server changed. */
    SERVER(Event.RealServerChange.class, Event.VirtualServerChange.class),
    /** Trouble with an address or its lease, or somebody else who uses it. */
    ADDRESS(Event.AddressTrouble.class, Event.AddressConflict.class, Event.LeaseTrouble.class),
    /** A configuration was accepted, refused or removed. */
    CONFIGURATION(Event.ConfigurationChange.class),
    /** The protocol loop woke late. */
    STALL(Event.Stall.class),
    /** A plugin came or went. */
    PLUGIN(Event.PluginChange.class),
    /** Something is held by hand. */
    MAINTENANCE(Event.Maintenance.class),
    /** This node started. */
    NODE(Event.NodeStart.class),
    /** Many events told at once. Only notifiers see it. */
    DIGEST(Event.Digest.class),
    /** Asked for by a person; goes to the notifier that was named, never to others. */
    TRIAL(Event.Trial.class);

    private static final Map<Class<?>, EventKind> BY_CLASS = Stream.of(values())
            .flatMap(kind -> kind.events.stream().map(event -> Map.entry(event, kind)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private final List<Class<?>> events;

    EventKind(Class<?>... events) {
        this.events = List.of(events);
    }

    static EventKind of(Event event) {
        var kind = BY_CLASS.get(event.getClass());
        if (kind == null) {
            throw new AssertionError(event);
        }
        return kind;
    }

    /** As people write it: in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of that word, empty if there is none. */
    public static Optional<EventKind> ofWord(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    /** The words that somebody may ask for, in the order above. */
    public static List<String> words() {
        return Arrays.stream(values())
                .filter(kind -> kind != DIGEST && kind != TRIAL)
                .map(EventKind::word)
                .toList();
    }
}
