package io.halcyon.console.shell.command;

import io.halcyon.api.event.EventRecord;
import io.halcyon.api.event.EventTree;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;

/** Events by their causes: trees of what led to some events and what came of them. */
final class Forest {

    /** A chain is seldom longer than a handful; this is for what should not happen. */
    private static final int MOST = 1_000;

    private final Map<Long, EventRecord> known = new HashMap<>();
    private final Map<Long, List<EventRecord>> consequences = new HashMap<>();
    private final LongFunction<Optional<EventRecord>> older;

    /**
     * All of these events.
     *
     * @param older finds one by its id that is not among them
     */
    Forest(List<EventRecord> events, LongFunction<Optional<EventRecord>> older) {
        this.older = older;
        for (EventRecord event : events) {
            known.put(event.id(), event);
            for (long cause : event.causes()) {
                consequences.computeIfAbsent(cause, unused -> new ArrayList<>()).add(event);
            }
        }
    }

    /** What led to some events and what came of these: a tree for each root, oldest first. */
    List<EventTree> around(Collection<EventRecord> asked) {
        Map<Long, EventRecord> all = new TreeMap<>();
        for (EventRecord event : asked) {
            all.putAll(ancestors(event));
            all.putAll(descendants(List.of(event)));
        }
        return trees(all, asked);
    }

    /** Everything that has a root in common with an event. */
    List<EventTree> whole(EventRecord asked) {
        Map<Long, EventRecord> all = ancestors(asked);
        all.putAll(descendants(all.values()));
        return trees(all, List.of(asked));
    }

    private Map<Long, EventRecord> ancestors(EventRecord event) {
        Map<Long, EventRecord> found = new TreeMap<>(Map.of(event.id(), event));
        Deque<EventRecord> open = new ArrayDeque<>(List.of(event));
        while (!open.isEmpty() && found.size() < MOST) {
            for (long id : open.remove().causes()) {
                Optional<EventRecord> cause = find(id);
                if (cause.isPresent() && found.putIfAbsent(id, cause.get()) == null) {
                    open.add(cause.get());
                }
            }
        }
        return found;
    }

    private Map<Long, EventRecord> descendants(Collection<EventRecord> events) {
        Map<Long, EventRecord> found = new TreeMap<>();
        events.forEach(event -> found.put(event.id(), event));
        Deque<EventRecord> open = new ArrayDeque<>(events);
        while (!open.isEmpty() && found.size() < MOST) {
            for (EventRecord consequence :
                    consequences.getOrDefault(open.remove().id(), List.of())) {
                if (found.putIfAbsent(consequence.id(), consequence) == null) {
                    open.add(consequence);
                }
            }
        }
        return found;
    }

    private Optional<EventRecord> find(long id) {
        EventRecord here = known.get(id);
        return here == null ? older.apply(id) : Optional.of(here);
    }

    private static List<EventTree> trees(Map<Long, EventRecord> all, Collection<EventRecord> asked) {
        Map<Long, List<EventRecord>> below = new TreeMap<>();
        List<EventRecord> roots = new ArrayList<>();
        for (EventRecord event : all.values()) {
            Optional<Long> parent = parent(event, all);
            if (parent.isEmpty()) {
                roots.add(event);
            } else {
                below.computeIfAbsent(parent.get(), unused -> new ArrayList<>()).add(event);
            }
        }
        Set<Long> ids = new TreeSet<>();
        asked.forEach(event -> ids.add(event.id()));
        return roots.stream().map(root -> tree(root, root, below, ids)).toList();
    }

    /** The latest of its causes. An effect is always newer than its cause, so there is no circle. */
    private static Optional<Long> parent(EventRecord event, Map<Long, EventRecord> all) {
        return event.causes().stream()
                .filter(cause -> cause < event.id() && all.containsKey(cause))
                .max(Long::compare);
    }

    private static EventTree tree(
            EventRecord event, EventRecord root, Map<Long, List<EventRecord>> below, Set<Long> asked) {
        List<EventRecord> children = below.getOrDefault(event.id(), List.of());
        List<Long> others = event.causes().stream()
                .filter(cause -> below.getOrDefault(cause, List.of()).stream().noneMatch(event::equals))
                .toList();
        return new EventTree(
                event,
                ChronoUnit.MICROS.between(root.at(), event.at()),
                asked.contains(event.id()),
                others,
                children.stream().map(child -> tree(child, root, below, asked)).toList());
    }
}
