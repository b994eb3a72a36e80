package io.halcyon.lvs.engine;

import io.halcyon.api.check.CheckDefinitions;
import io.halcyon.api.notify.NotifierDefinitions;
import io.halcyon.lvs.engine.server.Judges;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Checks and notifiers of virtual servers. What is defined while nobody makes them is defined as soon as somebody does, and so is
 * that somebody has none any more. Thread-safe.
 */
final class Definitions implements Judges {

    // Guarded by this.
    private final Map<String, Map<String, Map<String, String>>> looks = new TreeMap<>();
    /** Owners that have gone for good while nobody made checks. */
    private final Set<String> forgotten = new TreeSet<>();
    /** By owner; one that has none is here until somebody was told. */
    private final Map<String, Map<String, Map<String, String>>> scripts = new TreeMap<>();

    private @Nullable CheckDefinitions checks;
    private @Nullable NotifierDefinitions notifiers;

    synchronized void set(CheckDefinitions there) {
        checks = there;
        forgotten.forEach(there::forget);
        forgotten.clear();
        looks.forEach(there::define);
    }

    synchronized void unset(CheckDefinitions gone) {
        if (checks == gone) {
            checks = null;
        }
    }

    synchronized void set(NotifierDefinitions there) {
        notifiers = there;
        scripts.forEach(there::define);
        scripts.values().removeIf(Map::isEmpty);
    }

    synchronized void unset(NotifierDefinitions gone) {
        if (notifiers == gone) {
            notifiers = null;
        }
    }

    synchronized void defineChecks(String owner, Map<String, Map<String, String>> wanted) {
        looks.put(owner, wanted);
        var there = checks;
        if (there != null) {
            there.define(owner, wanted);
        }
    }

    synchronized void defineNotifiers(String owner, Map<String, Map<String, String>> wanted) {
        scripts.put(owner, wanted);
        var there = notifiers;
        if (there != null) {
            there.define(owner, wanted);
            scripts.remove(owner, Map.of());
        }
    }

    /** Checks that an earlier run defined for it end, if this one has defined none so far. */
    synchronized void settleChecks(String owner) {
        if (!looks.containsKey(owner)) {
            defineChecks(owner, Map.of());
        }
    }

    /** The same of notifiers. */
    synchronized void settleNotifiers(String owner) {
        if (!scripts.containsKey(owner)) {
            defineNotifiers(owner, Map.of());
        }
    }

    /** It has gone for good, now or in an earlier run. */
    synchronized void forget(String owner) {
        looks.remove(owner);
        var there = checks;
        if (there == null) {
            forgotten.add(owner);
        } else {
            there.forget(owner);
        }
        defineNotifiers(owner, Map.of());
    }

    /** While nobody makes checks, nobody judges them. */
    @Override
    public synchronized Optional<CheckDefinitions.Objection> check(Map<String, String> keys) {
        return checks == null ? Optional.empty() : checks.judge(keys);
    }

    @Override
    public synchronized boolean judgeChecks() {
        return checks != null;
    }

    /** While nobody makes notifiers, nobody judges them. */
    @Override
    public synchronized Optional<NotifierDefinitions.Objection> notifier(Map<String, String> keys) {
        return notifiers == null ? Optional.empty() : notifiers.judge(keys);
    }
}
