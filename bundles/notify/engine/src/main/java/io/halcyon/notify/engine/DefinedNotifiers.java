package io.halcyon.notify.engine;

import io.halcyon.api.notify.NotifierDefinitions;
import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Refusal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notifiers that somebody defines, beside those that have a file. Thread-safe; definitions are read and compared on one thread. */
final class DefinedNotifiers implements NotifierDefinitions {

    private static final Logger LOG = LoggerFactory.getLogger(NotifyKeys.PID);

    private final Executor thread;
    private final Couriers couriers;
    /** Keys by name by owner; of the thread alone. */
    private final Map<String, Map<String, Map<String, String>>> defined = new HashMap<>();

    /** @param thread one thread; what it is given it does in that order, or leaves out after its end */
    DefinedNotifiers(Executor thread, Couriers couriers) {
        this.thread = thread;
        this.couriers = couriers;
    }

    @Override
    public Optional<Objection> judge(Map<String, String> keys) {
        try {
            couriers.parse(text("a notifier", keys));
            return Optional.empty();
        } catch (Refusal refusal) {
            return Optional.of(new Objection(refusal.key(), refusal.allowed(), refusal.suggestion()));
        } catch (RuntimeException | LinkageError e) {
            return Optional.of(new Objection("type", "a type that works; this one failed: " + e, ""));
        }
    }

    @Override
    public void define(String owner, Map<String, Map<String, String>> wanted) {
        requireNames(owner, wanted);
        var copy = new TreeMap<String, Map<String, String>>();
        wanted.forEach((name, keys) -> copy.put(name, Map.copyOf(keys)));
        thread.execute(() -> become(owner, copy));
    }

    private void become(String owner, Map<String, Map<String, String>> wanted) {
        var before = defined.getOrDefault(owner, Map.of());
        if (before.isEmpty()) {
            // There may have been others before the container started.
            couriers.forgetOthers(owner + '/', wanted.keySet());
        }
        var gone = new TreeSet<>(before.keySet());
        gone.removeAll(wanted.keySet());
        gone.forEach(couriers::remove);
        int changed = 0;
        for (var notifier : wanted.entrySet()) {
            if (!notifier.getValue().equals(before.get(notifier.getKey()))) {
                changed++;
                apply(notifier.getKey(), notifier.getValue());
            }
        }
        if (wanted.isEmpty()) {
            defined.remove(owner);
        } else {
            defined.put(owner, wanted);
        }
        if (changed > 0 || !gone.isEmpty()) {
            LOG.info(
                    "notifiers of {}: {} new or changed, {} removed, {} in all",
                    owner,
                    changed,
                    gone.size(),
                    wanted.size());
        }
    }

    private void apply(String name, Map<String, String> keys) {
        try {
            couriers.apply(name, settings(text(name, keys)));
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("{}: its type failed: {}", name, e.toString());
        }
    }

    private static NotifierSettings settings(ConfigText text) {
        try {
            return NotifierSettings.of(text);
        } catch (Refusal refusal) {
            LOG.warn("{}", refusal.getMessage());
            return NotifierSettings.refused(text, refusal);
        }
    }

    private static ConfigText text(String name, Map<String, String> keys) {
        return ConfigText.of(name, name, keys);
    }

    private static void requireNames(String owner, Map<String, ?> wanted) {
        if (owner.isEmpty()) {
            throw new IllegalArgumentException("owner is refused: allowed is a name");
        }
        for (var name : wanted.keySet()) {
            if (!name.startsWith(owner + '/') || name.length() == owner.length() + 1) {
                throw new IllegalArgumentException(
                        "notifier " + name + " is refused: allowed is a name that begins with " + owner + "/");
            }
        }
    }
}
