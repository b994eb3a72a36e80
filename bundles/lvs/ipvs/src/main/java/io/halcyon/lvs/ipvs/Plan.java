package io.halcyon.lvs.ipvs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What must be done for a service to be as it is wanted: only what is different.
 *
 * @param changes in order; what is added comes before what is taken away
 * @param endings the same, of which connections shall end
 * @param lingering whether destinations are left that go as soon as they have no connections
 */
record Plan(List<Change> changes, List<Change> endings, boolean lingering) {

    /** For a service that is wanted. */
    static Plan of(Wish wish, @Nullable FoundService found) {
        List<Change> changes = new ArrayList<>();
        if (found == null) {
            changes.add(new Change.AddService(wish.key(), wish.settings()));
            wish.destinations()
                    .forEach((key, settings) -> changes.add(new Change.AddDestination(wish.key(), key, settings)));
            return new Plan(changes, List.of(), false);
        }
        if (!found.settings().equals(wish.settings())) {
            changes.add(new Change.SetService(
                    wish.key(), wish.settings(), found.settings().against(wish.settings())));
        }
        wish.destinations().forEach((key, wanted) -> {
            FoundDestination there = found.destinations().get(key);
            String difference = there == null ? "" : there.settings().against(wanted);
            if (there == null) {
                changes.add(new Change.AddDestination(wish.key(), key, wanted));
            } else if (!difference.isEmpty()) {
                changes.add(new Change.SetDestination(wish.key(), key, wanted, difference));
            }
        });
        return withPartings(wish, found, changes);
    }

    private static Plan withPartings(Wish wish, FoundService found, List<Change> changes) {
        List<Change> endings = new ArrayList<>();
        boolean lingering = false;
        for (Map.Entry<DestinationKey, FoundDestination> entry :
                found.destinations().entrySet()) {
            if (wish.destinations().containsKey(entry.getKey())) {
                continue;
            }
            Change removal = new Change.RemoveDestination(wish.key(), entry.getKey());
            DestinationSettings settings = entry.getValue().settings();
            switch (wish.partingOf(entry.getKey())) {
                case END -> endings.add(removal);
                case LEAVE -> changes.add(removal);
                case LINGER -> {
                    lingering = true;
                    if (settings.weight() != 0) {
                        changes.add(new Change.SetDestination(
                                wish.key(), entry.getKey(), settings.withWeight(0), "is not wanted"));
                    }
                }
            }
        }
        return new Plan(changes, endings, lingering);
    }

    /** Destinations that linger and have no connections left, of a service that was read just now. */
    static List<Change> departures(Wish wish, FoundService found) {
        List<Change> changes = new ArrayList<>();
        found.destinations().forEach((key, there) -> {
            if (!wish.destinations().containsKey(key) && there.settings().weight() == 0 && there.idle()) {
                changes.add(new Change.RemoveDestination(wish.key(), key));
            }
        });
        return changes;
    }
}
