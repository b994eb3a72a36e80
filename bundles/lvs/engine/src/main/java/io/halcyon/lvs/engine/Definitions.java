package io.halcyon.lvs.engine;

import io.halcyon.api.check.CheckDefinitions;
import io.halcyon.api.notify.NotifierDefinitions;
import io.halcyon.lvs.engine.server.Judges;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks and notifiers of virtual servers. What is defined while nobody makes notifiers is defined as soon as somebody does, and
 * so is that somebody has none any more. Thread-safe.
 */
final class Definitions implements Judges {

    private final CheckDefinitions checks;

    // Guarded by this.
    private final Set<String> looking = new HashSet<>();
    /** By owner; one that has none is here until somebody was told. */
    private final Map<String, Map<String, Map<String, String>>> scripts = new TreeMap<>();

    private @Nullable NotifierDefinitions notifiers;

    Definitions(CheckDefinitions checks) {
        this.checks = checks;
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
        looking.add(owner);
        checks.define(owner, wanted);
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
        if (!looking.contains(owner)) {
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
        looking.remove(owner);
        checks.forget(owner);
        defineNotifiers(owner, Map.of());
    }

    @Override
    public Optional<CheckDefinitions.Objection> check(Map<String, String> keys) {
        return checks.judge(keys);
    }

    /** While nobody makes notifiers, nobody judges them. */
    @Override
    public synchronized Optional<NotifierDefinitions.Objection> notifier(Map<String, String> keys) {
        return notifiers == null ? Optional.empty() : notifiers.judge(keys);
    }
}
