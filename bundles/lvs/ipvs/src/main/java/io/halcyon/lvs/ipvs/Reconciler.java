package io.halcyon.lvs.ipvs;

import io.halcyon.linux.netlink.Refused;
import io.halcyon.spi.dataplane.ServiceKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings the kernel's table to what is wanted, by its differences only. Belongs to thread {@code lvs-ipvs}.
 *
 * <p>After an {@link IOException} {@link #forget} makes the next call connect and read anew.
 */
final class Reconciler {

    private final Wanted wanted;
    private final Ending ending;
    private @Nullable Kernel kernel;
    private @Nullable Picture picture;

    Reconciler(Wanted wanted, Ending ending) {
        this.wanted = wanted;
        this.ending = ending;
    }

    Kernel kernel() throws IOException {
        Kernel there = kernel;
        if (there == null) {
            there = Kernel.connect();
            kernel = there;
        }
        return there;
    }

    void forget() {
        if (kernel != null) {
            kernel.close();
        }
        kernel = null;
        picture = null;
    }

    /** Reads everything. */
    Picture look() throws IOException {
        Picture read = new Picture(kernel().services());
        picture = read;
        return read;
    }

    private Picture picture() throws IOException {
        return picture == null ? look() : picture;
    }

    /** What the kernel has and nobody wants. */
    List<ServiceKey> unwanted() throws IOException {
        return picture().services().stream()
                .map(FoundService::key)
                .filter(key -> !wanted.has(key))
                .toList();
    }

    /** How services differ from what is wanted, for a person; of those that do. */
    Map<ServiceKey, String> differences(Collection<ServiceKey> keys) throws IOException {
        Map<ServiceKey, String> differences = new LinkedHashMap<>();
        for (ServiceKey key : keys) {
            Plan plan = wanted.plan(key, picture().service(key));
            List<Change> changes = new ArrayList<>(plan.changes());
            changes.addAll(plan.endings());
            if (!changes.isEmpty()) {
                differences.put(key, changes.stream().map(Change::found).collect(Collectors.joining("; ")));
            }
        }
        return differences;
    }

    /**
     * Makes services as they are wanted.
     *
     * @return why the kernel does not take those that it does not take
     */
    Map<ServiceKey, String> bring(Collection<ServiceKey> keys) throws IOException {
        Map<ServiceKey, String> failed = attempt(keys);
        if (!failed.isEmpty()) {
            // Somebody else may have changed what we thought we knew.
            look();
            failed = attempt(List.copyOf(failed.keySet()));
        }
        letGo(keys);
        return failed;
    }

    private Map<ServiceKey, String> attempt(Collection<ServiceKey> keys) throws IOException {
        List<Change> changes = new ArrayList<>();
        List<Change> endings = new ArrayList<>();
        for (ServiceKey key : keys) {
            Plan plan = wanted.plan(key, picture().service(key));
            changes.addAll(plan.changes());
            endings.addAll(plan.endings());
        }
        Map<ServiceKey, String> failed = apply(changes);
        if (!endings.isEmpty()) {
            ending.whileConnectionsEnd(() -> apply(endings)).forEach(failed::putIfAbsent);
        }
        return failed;
    }

    private Map<ServiceKey, String> apply(List<Change> changes) throws IOException {
        Map<ServiceKey, String> failed = new LinkedHashMap<>();
        if (changes.isEmpty()) {
            return failed;
        }
        Picture known = picture();
        List<Refused> refused = kernel().apply(changes);
        int next = 0;
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            if (next < refused.size() && refused.get(next).position() == i) {
                // What follows in the same service mostly fails because this did.
                failed.putIfAbsent(change.service(), Reasons.of(change, refused.get(next)));
                next++;
            } else {
                known.made(change);
            }
        }
        return failed;
    }

    /** Takes destinations away that were only kept for connections which they have no more. */
    private void letGo(Collection<ServiceKey> keys) throws IOException {
        List<Change> departures = new ArrayList<>();
        for (ServiceKey key : keys) {
            Wish wish = wanted.wish(key);
            if (wish != null && Plan.of(wish, picture().service(key)).lingering()) {
                FoundService fresh = kernel().service(key);
                picture().replace(key, fresh);
                if (fresh != null) {
                    departures.addAll(Plan.departures(wish, fresh));
                }
            }
        }
        apply(departures);
    }
}
