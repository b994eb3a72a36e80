package io.halcyon.lvs.engine;

import io.halcyon.api.check.CheckDefinitions;
import io.halcyon.api.check.Health;
import io.halcyon.api.check.Verdict;
import io.halcyon.api.notify.NotifierDefinitions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Who makes checks and notifiers, without making them: remembers what is defined. */
final class Definers {

    final Map<String, Map<String, String>> checks = new ConcurrentSkipListMap<>();
    final Map<String, Map<String, String>> notifiers = new ConcurrentSkipListMap<>();
    /** Owners that have gone for good. */
    final Set<String> forgotten = ConcurrentHashMap.newKeySet();

    final CheckDefinitions ofChecks = new Checks();
    final NotifierDefinitions ofNotifiers = new Notifiers();
    final Map<String, Map<String, Map<String, String>>> checksByOwner = new ConcurrentHashMap<>();
    final Map<String, Map<String, Map<String, String>>> notifiersByOwner = new ConcurrentHashMap<>();

    static Verdict verdict(String check, Health health, String reason) {
        return new Verdict(check, health, reason, Instant.now(), 0, false, null, 0);
    }

    private static void define(
            Map<String, Map<String, Map<String, String>>> byOwner,
            Map<String, Map<String, String>> all,
            String owner,
            Map<String, Map<String, String>> wanted) {
        var before = byOwner.put(owner, wanted);
        if (before != null) {
            all.keySet().removeAll(before.keySet());
        }
        all.putAll(wanted);
    }

    private final class Checks implements CheckDefinitions {
        @Override
        public Optional<CheckDefinitions.Objection> judge(Map<String, String> keys) {
            return "forbidden".equals(keys.get("url"))
                    ? Optional.of(new CheckDefinitions.Objection("url", "a path", ""))
                    : Optional.empty();
        }

        @Override
        public void define(String owner, Map<String, Map<String, String>> wanted) {
            Definers.define(checksByOwner, checks, owner, wanted);
        }

        @Override
        public void forget(String owner) {
            Definers.define(checksByOwner, checks, owner, Map.of());
            forgotten.add(owner);
        }
    }

    private final class Notifiers implements NotifierDefinitions {
        @Override
        public Optional<NotifierDefinitions.Objection> judge(Map<String, String> keys) {
            return "/bin/false".equals(keys.get("quorum.up"))
                    ? Optional.of(new NotifierDefinitions.Objection("quorum.up", "a script that works", ""))
                    : Optional.empty();
        }

        @Override
        public void define(String owner, Map<String, Map<String, String>> wanted) {
            Definers.define(notifiersByOwner, notifiers, owner, wanted);
        }
    }
}
