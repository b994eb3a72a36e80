package io.halcyon.notify.engine;

import io.halcyon.api.event.EventFilter;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Which notifiers an event may be for: those that name its object, and those that do not say it by names alone. There may be
 * thousands of the first kind.
 *
 * <p>Anybody may read; one at a time writes.
 */
final class Routes {

    private static final Courier[] NOBODY = {};

    private final Map<String, Courier[]> byObject = new ConcurrentHashMap<>();
    private volatile Courier[] unnamed = NOBODY;

    /** Those for which an event of that object may be because they name it. */
    Courier[] naming(String object) {
        return byObject.getOrDefault(object, NOBODY);
    }

    /** Those for which any event may be. */
    Courier[] unnamed() {
        return unnamed;
    }

    void add(Courier courier, EventFilter filter) {
        var names = names(filter);
        if (names.isEmpty()) {
            unnamed = with(unnamed, courier);
        }
        names.forEach(name -> byObject.compute(name, (key, there) -> with(there == null ? NOBODY : there, courier)));
    }

    /** Takes it away from where the old filter led and the new one does not. */
    void change(Courier courier, EventFilter old, EventFilter now) {
        var gone = new HashSet<>(names(old));
        var kept = names(now);
        gone.removeAll(kept);
        remove(courier, gone);
        if (names(old).isEmpty() && !kept.isEmpty()) {
            unnamed = without(unnamed, courier);
        }
    }

    void remove(Courier courier, EventFilter filter) {
        remove(courier, names(filter));
        unnamed = without(unnamed, courier);
    }

    private void remove(Courier courier, Set<String> names) {
        for (var name : names) {
            byObject.computeIfPresent(name, (key, there) -> {
                var left = without(there, courier);
                return left.length == 0 ? null : left;
            });
        }
    }

    /** All objects whose events a filter may want, empty if that cannot be said by names. */
    private static Set<String> names(EventFilter filter) {
        var wanted = filter.objects().stream()
                .filter(pattern -> !pattern.startsWith("!"))
                .collect(Collectors.toUnmodifiableSet());
        boolean exact = wanted.stream().allMatch(pattern -> pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0);
        return exact ? wanted : Set.of();
    }

    private static Courier[] with(Courier[] there, Courier courier) {
        if (List.of(there).contains(courier)) {
            return there;
        }
        var more = Arrays.copyOf(there, there.length + 1);
        more[there.length] = courier;
        return more;
    }

    private static Courier[] without(Courier[] there, Courier courier) {
        return Arrays.stream(there).filter(other -> other != courier).toArray(Courier[]::new);
    }
}
