package io.halcyon.lvs.ipvs;

import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.ServiceKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Services as somebody wants them, and which of them nobody has looked after yet. Belongs to thread {@code lvs-ipvs}. */
final class Wanted {

    private final Map<ServiceKey, Desired> services = new LinkedHashMap<>();
    private final Map<ServiceKey, Desired.Leaving> removed = new LinkedHashMap<>();
    private final Set<ServiceKey> due = new LinkedHashSet<>();
    /** Who leaves with orders that end connections: who left before and lingers is none of them. */
    private final Map<ServiceKey, Set<DestinationKey>> ending = new HashMap<>();

    private boolean quiescentTemplatesExpire;

    void put(Desired desired) {
        ServiceKey key = desired.service().key();
        Desired before = services.put(key, desired);
        if (before == null || desired.leaving() == Desired.Leaving.KEEP) {
            // Of what an earlier run left nobody knows who left when.
            ending.remove(key);
        } else {
            Set<DestinationKey> ends = ending.computeIfAbsent(key, unused -> new HashSet<>());
            before.destinations().forEach(one -> ends.add(DestinationKey.of(one)));
            desired.destinations().forEach(one -> ends.remove(DestinationKey.of(one)));
        }
        removed.remove(key);
        due.add(key);
    }

    void remove(ServiceKey key) {
        Desired before = services.remove(key);
        ending.remove(key);
        removed.put(key, before == null ? Desired.Leaving.KEEP : before.leaving());
        due.add(key);
    }

    /** Whether what is due of a service would be forgotten if it got another order now. */
    boolean wouldForget(ServiceKey key) {
        Desired before = services.get(key);
        return due.contains(key) && (before == null || before.leaving() == Desired.Leaving.END);
    }

    void quiescentTemplatesExpire(boolean expire) {
        quiescentTemplatesExpire = expire;
    }

    boolean has(ServiceKey key) {
        return services.containsKey(key);
    }

    Collection<ServiceKey> keys() {
        return services.keySet();
    }

    Set<ServiceKey> due() {
        return due;
    }

    void done(Collection<ServiceKey> keys) {
        due.removeAll(keys);
        removed.keySet().removeAll(keys);
    }

    /** Null if nobody wants it. */
    @Nullable
    Wish wish(ServiceKey key) {
        Desired desired = services.get(key);
        if (desired == null) {
            return null;
        }
        boolean all = desired.leaving() == Desired.Leaving.END && !ending.containsKey(key);
        return Wish.of(desired, quiescentTemplatesExpire, all ? null : ending.getOrDefault(key, Set.of()));
    }

    Plan plan(ServiceKey key, @Nullable FoundService found) {
        Wish wish = wish(key);
        if (wish != null) {
            return Plan.of(wish, found);
        }
        List<Change> removal = found == null ? List.of() : List.of(new Change.RemoveService(key));
        return removed.get(key) == Desired.Leaving.END
                ? new Plan(List.of(), removal, false)
                : new Plan(removal, List.of(), false);
    }
}
