package io.halcyon.api.event;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What an event is about: the words of filters, of a notifier's key {@code events} and of EventAdmin topics. */
public enum EventKind {
    /** A router or a group of routers changed its state. */
    TRANSITION,
    /** A verdict changed. */
    VERDICT,
    /** A router's effective priority changed. */
    PRIORITY,
    /** A master heard another one with a lower priority. */
    RIVAL,
    /** A real server or a virtual server changed. */
    SERVER,
    /** Trouble with an address or its lease, or somebody else who uses it. */
    ADDRESS,
    /** A configuration was accepted, refused or removed. */
    CONFIGURATION,
    /** The protocol loop woke late. */
    STALL,
    /** A plugin came or went. */
    PLUGIN,
    /** Something is held by hand. */
    MAINTENANCE,
    /** This node started. */
    NODE,
    /** Many events told at once. Only notifiers see it. */
    DIGEST,
    /** Asked for by a person; goes to the notifier that was named, never to others. */
    TRIAL;

    private static final Map<Class<? extends Event>, EventKind> BY_CLASS = Map.ofEntries(
            Map.entry(Event.RouterTransition.class, TRANSITION),
            Map.entry(Event.GroupTransition.class, TRANSITION),
            Map.entry(Event.VerdictChange.class, VERDICT),
            Map.entry(Event.PriorityChange.class, PRIORITY),
            Map.entry(Event.LowerPriorityHeard.class, RIVAL),
            Map.entry(Event.RealServerChange.class, SERVER),
            Map.entry(Event.VirtualServerChange.class, SERVER),
            Map.entry(Event.AddressTrouble.class, ADDRESS),
            Map.entry(Event.AddressConflict.class, ADDRESS),
            Map.entry(Event.LeaseTrouble.class, ADDRESS),
            Map.entry(Event.ConfigurationChange.class, CONFIGURATION),
            Map.entry(Event.Stall.class, STALL),
            Map.entry(Event.PluginChange.class, PLUGIN),
            Map.entry(Event.Maintenance.class, MAINTENANCE),
            Map.entry(Event.NodeStart.class, NODE),
            Map.entry(Event.Digest.class, DIGEST),
            Map.entry(Event.Trial.class, TRIAL));

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
