package io.halcyon.check.engine;

import io.halcyon.api.check.CheckDefinitions;
import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Refusal;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks that somebody defines, beside those that have a file. Thread-safe; definitions are read and compared on one thread. */
final class DefinedChecks implements CheckDefinitions {

    private static final Logger LOG = LoggerFactory.getLogger(DefinedChecks.class);

    private final Executor thread;
    private final SettingsParser parser;
    private final Checks checks;
    private final Holds holds;
    /** Keys by name by owner; of the thread alone. */
    private final Map<String, Map<String, Map<String, String>>> defined = new HashMap<>();

    /** @param thread one thread; what it is given it does in that order */
    DefinedChecks(Executor thread, SettingsParser parser, Checks checks, Holds holds) {
        this.thread = thread;
        this.parser = parser;
        this.checks = checks;
        this.holds = holds;
    }

    @Override
    public Optional<Objection> judge(Map<String, String> keys) {
        try {
            parser.parse(text("a check", keys));
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
        inTurn(owner, () -> become(owner, copy));
    }

    @Override
    public void forget(String owner) {
        requireNames(owner, Map.of());
        inTurn(owner, () -> end(owner));
    }

    /** Whoever defined them may have gone without a word: those of an owner none of which is tracked end, for now. */
    void endAbandoned(Set<String> tracked) {
        List.copyOf(defined.keySet()).forEach(owner -> {
            if (Collections.disjoint(
                    tracked, defined.getOrDefault(owner, Map.of()).keySet())) {
                become(owner, Map.of());
            }
        });
    }

    private void inTurn(String owner, Runnable what) {
        try {
            thread.execute(what);
        } catch (RejectedExecutionException e) {
            LOG.debug("checks of {} stay as they are, the engine ends", owner);
        }
    }

    private void end(String owner) {
        var gone = defined.remove(owner);
        if (gone != null) {
            gone.keySet().forEach(checks::remove);
            LOG.info("checks of {}: all {} removed", owner, gone.size());
        }
        holds.forgetOthers(owner + '/', Set.of());
    }

    private void become(String owner, Map<String, Map<String, String>> wanted) {
        var before = defined.getOrDefault(owner, Map.of());
        var gone = new TreeSet<>(before.keySet());
        gone.removeAll(wanted.keySet());
        if (wanted.isEmpty()) {
            // A virtual server that rests has none for a while; what is held of them must not end by that.
            gone.forEach(checks::suspend);
        } else {
            gone.forEach(checks::remove);
            // Somebody may have held by hand what was there before, and is no more.
            holds.forgetOthers(owner + '/', wanted.keySet());
        }
        int changed = 0;
        for (var check : wanted.entrySet()) {
            if (!check.getValue().equals(before.get(check.getKey()))) {
                changed++;
                checks.apply(check.getKey(), settings(check.getKey(), check.getValue()));
            }
        }
        if (wanted.isEmpty()) {
            defined.remove(owner);
        } else {
            defined.put(owner, wanted);
        }
        if (changed > 0 || !gone.isEmpty()) {
            LOG.info(
                    "checks of {}: {} new or changed, {} removed, {} in all",
                    owner,
                    changed,
                    gone.size(),
                    wanted.size());
        }
    }

    private static CheckSettings settings(String name, Map<String, String> keys) {
        var text = text(name, keys);
        try {
            return CheckSettings.of(text);
        } catch (Refusal refusal) {
            return CheckSettings.refused(text, refusal);
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
                        "check " + name + " is refused: allowed is a name that begins with " + owner + "/");
            }
        }
    }
}
