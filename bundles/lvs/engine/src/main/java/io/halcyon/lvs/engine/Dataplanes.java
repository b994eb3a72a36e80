package io.halcyon.lvs.engine;

import io.halcyon.spi.dataplane.Dataplane;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Data planes that are there. Thread-safe. */
final class Dataplanes {

    /** The first of those with one name is in use; a second one is an update that comes before the old one went. */
    private final List<Dataplane> installed = new CopyOnWriteArrayList<>();

    void add(Dataplane plane) {
        installed.add(plane);
    }

    void remove(Dataplane plane) {
        installed.remove(plane);
    }

    /** The data plane of that name, null if no bundle brings it. */
    @Nullable
    Dataplane find(String name) {
        for (var plane : installed) {
            if (plane.name().equals(name)) {
                return plane;
            }
        }
        return null;
    }

    /**
     * The data plane that carries out a virtual server, null if there is none.
     *
     * @param wanted its name; empty for the best one that this host can
     */
    @Nullable
    Dataplane choose(String wanted) {
        return wanted.isEmpty()
                ? installed.stream()
                        .filter(plane -> plane.limits().isEmpty())
                        .max(Comparator.comparingInt(Dataplane::preference))
                        .orElse(null)
                : find(wanted);
    }

    /** Names of those that work on this host. */
    Set<String> working() {
        return installed.stream()
                .filter(plane -> plane.limits().isEmpty())
                .map(Dataplane::name)
                .collect(Collectors.toSet());
    }

    /** Why there is none, and what to do about it. */
    String missing(String wanted) {
        if (!wanted.isEmpty()) {
            return "data plane " + wanted + " is not installed; if it comes with Halcyon, install it: feature:install"
                    + " halcyon-lvs-" + wanted;
        }
        if (installed.isEmpty()) {
            return "no data plane is installed: feature:install halcyon-lvs-ipvs or halcyon-lvs-nftables";
        }
        return "no data plane works on this host: "
                + String.join(
                        "; ",
                        installed.stream()
                                .flatMap(plane -> plane.limits().stream().map(limit -> plane.name() + ": " + limit))
                                .toList());
    }
}
