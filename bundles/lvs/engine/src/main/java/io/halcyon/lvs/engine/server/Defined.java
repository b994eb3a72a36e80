package io.halcyon.lvs.engine.server;

import java.util.Map;

/** Checks and notifiers that were last asked for. Confined to its virtual server's thread. */
final class Defined {

    private String owner = "";
    private Map<String, Map<String, String>> checks = Map.of();
    private Map<String, Map<String, String>> notifiers = Map.of();

    void update(
            String newOwner,
            Map<String, Map<String, String>> newChecks,
            Map<String, Map<String, String>> newNotifiers,
            Outbox out) {
        if (!newOwner.equals(owner)) {
            clear(out);
            owner = newOwner;
        }
        if (!newChecks.equals(checks)) {
            out.defineChecks(owner, newChecks);
            checks = newChecks;
        }
        if (!newNotifiers.equals(notifiers)) {
            out.defineNotifiers(owner, notifiers, newNotifiers);
            notifiers = newNotifiers;
        }
    }

    void clear(Outbox out) {
        if (!checks.isEmpty()) {
            out.defineChecks(owner, Map.of());
        }
        if (!notifiers.isEmpty()) {
            out.defineNotifiers(owner, notifiers, Map.of());
        }
        checks = Map.of();
        notifiers = Map.of();
    }
}
