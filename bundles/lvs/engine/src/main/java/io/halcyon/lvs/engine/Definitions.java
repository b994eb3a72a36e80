package io.halcyon.lvs.engine;

import io.halcyon.api.check.CheckDefinitions;
import io.halcyon.api.notify.NotifierDefinitions;
import io.halcyon.lvs.engine.server.Judges;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks and notifiers of virtual servers. What is defined while nobody makes notifiers is defined as soon as somebody does.
 * Thread-safe.
 */
final class Definitions implements Judges {

    private final CheckDefinitions checks;
    // Guarded by this.
    private final Map<String, Map<String, Map<String, String>>> scripts = new TreeMap<>();
    private @Nullable NotifierDefinitions notifiers;

    Definitions(CheckDefinitions checks) {
        this.checks = checks;
    }

    synchronized void set(NotifierDefinitions there) {
        notifiers = there;
        scripts.forEach(there::define);
    }

    synchronized void unset(NotifierDefinitions gone) {
        if (notifiers == gone) {
            notifiers = null;
        }
    }

    void defineChecks(String owner, Map<String, Map<String, String>> wanted) {
        checks.define(owner, wanted);
    }

    synchronized void defineNotifiers(String owner, Map<String, Map<String, String>> wanted) {
        if (wanted.isEmpty()) {
            scripts.remove(owner);
        } else {
            scripts.put(owner, wanted);
        }
        if (notifiers != null) {
            notifiers.define(owner, wanted);
        }
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
