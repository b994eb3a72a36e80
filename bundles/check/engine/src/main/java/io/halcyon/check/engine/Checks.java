package io.halcyon.check.engine;

import io.halcyon.settings.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All checks and all types. Changes happen on the loop thread, except that types are known from the moment their service is
 * there; any thread may read.
 */
final class Checks implements Family.Objects<CheckSettings> {

    private static final Logger LOG = LoggerFactory.getLogger(Checks.class);

    /** Files of one edit come one after the other: time for the router that tracks a new check. */
    private static final long TRACKERS_COME_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Surroundings around;
    private final Map<String, Check> checks = new ConcurrentSkipListMap<>();
    /** The first of each list is in use; a second one is an update that comes before the old one went. */
    private final Map<String, List<InstalledType>> types = new ConcurrentHashMap<>();

    private final Trackers trackers;
    private final ToLongFunction<String> causes;
    private int turn;

    /** @param causes the event that told of a check's change, by its name; 0 for none */
    Checks(Surroundings around, Trackers trackers, ToLongFunction<String> causes) {
        this.around = around;
        this.trackers = trackers;
        this.causes = causes;
    }

    @Override
    public void apply(String name, CheckSettings settings) {
        long cause = causes.applyAsLong(name);
        around.loop().execute(() -> put(name, settings, cause));
    }

    @Override
    public void remove(String name) {
        long cause = causes.applyAsLong(name);
        around.loop().execute(() -> {
            var gone = checks.get(name);
            if (gone != null) {
                gone.forgetHold();
            }
            drop(name, cause);
            around.holds().forget(name);
        });
    }

    /** Takes it away for now: what is held of it by hand is held again when it comes back. */
    void suspend(String name) {
        around.loop().execute(() -> drop(name, 0));
    }

    /** @param event told of it, 0 for none */
    void add(InstalledType type, long event) {
        types.merge(type.type(), List.of(type), Checks::joined);
        around.loop().execute(() -> offer(type.type(), event));
    }

    /** @param event told of it, 0 for none */
    void remove(InstalledType type, long event) {
        types.computeIfPresent(type.type(), (name, installed) -> without(installed, type));
        around.loop().execute(() -> {
            checks.values().forEach(check -> check.typeWent(type, event));
            offer(type.type(), event);
        });
    }

    /** The type in use, null if no bundle brings it. */
    @Nullable
    InstalledType type(String name) {
        var installed = types.get(name);
        return installed == null ? null : installed.get(0);
    }

    List<InstalledType> types() {
        return types.values().stream().map(installed -> installed.get(0)).toList();
    }

    @Nullable
    Check find(String name) {
        return checks.get(name);
    }

    List<Check> all() {
        return List.copyOf(checks.values());
    }

    /** On the loop thread, as its last task. */
    void closeAll() {
        checks.values().forEach(Check::close);
    }

    private void put(String name, CheckSettings settings, long cause) {
        settings.warnings().forEach(warning -> LOG.warn("check={} {}", name, warning));
        around.loop().at(around.loop().nanos() + TRACKERS_COME_NANOS, () -> warnIfUntracked(name));
        var type = settings.refusal() == null ? type(settings.type()) : null;
        var existing = checks.get(name);
        if (existing == null) {
            checks.put(name, new Check(settings, type, turn++, around, cause));
        } else {
            existing.configure(settings, type, cause);
        }
    }

    private void warnIfUntracked(String name) {
        if (checks.containsKey(name) && trackers.isUntracked(name)) {
            LOG.warn("check={} {}", name, Trackers.UNTRACKED);
        }
    }

    private void drop(String name, long cause) {
        var check = checks.remove(name);
        if (check != null) {
            check.close();
            around.board().forget(name, cause);
        }
    }

    private void offer(String name, long event) {
        var type = type(name);
        if (type == null) {
            return;
        }
        for (var check : checks.values()) {
            if (check.settings().type().equals(name)) {
                check.typeCame(type, event);
            }
        }
    }

    private static List<InstalledType> joined(List<InstalledType> first, List<InstalledType> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        LOG.debug(
                "type={} is there more than once, the first one stays in use",
                all.get(0).type());
        return List.copyOf(all);
    }

    private static @Nullable List<InstalledType> without(List<InstalledType> installed, InstalledType gone) {
        var rest = installed.stream().filter(each -> !each.equals(gone)).toList();
        return rest.isEmpty() ? null : rest;
    }
}
