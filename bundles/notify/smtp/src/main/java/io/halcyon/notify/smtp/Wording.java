package io.halcyon.notify.smtp;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventKind;
import io.halcyon.api.vrrp.RouterState;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How an event is told in a mail. Transitions have the subjects and sentences that filters made for keepalived look for.
 *
 * @param subject without the node
 * @param headline one sentence
 * @param what what happened to which object
 * @param details further lines by their label
 */
record Wording(String subject, String headline, String what, Map<String, String> details) {

    private static final String INSTANCE = "VRRP Instance ";

    static Wording of(Event event) {
        if (event instanceof Event.RouterTransition transition) {
            return of(transition);
        }
        if (event instanceof Event.VerdictChange verdict) {
            var outcome = "Check " + verdict.object() + " - " + verdict.to();
            return plain(outcome, outcome, verdict.object() + ": " + verdict.from() + " -> " + verdict.to())
                    .with("Why:", verdict.reason());
        }
        if (event instanceof Event.PriorityChange priority) {
            var change = "effective priority " + priority.from() + " -> " + priority.to();
            return plain(INSTANCE + event.object() + " - " + change, "Effective priority has changed", change)
                    .with("Router:", event.object())
                    .with("Why:", priority.reason());
        }
        if (event.kind() == EventKind.ADDRESS) {
            return plain(
                            INSTANCE + event.object() + " - address " + event.text(),
                            "Trouble with a virtual address",
                            event.text())
                    .with("Router:", event.object());
        }
        if (event instanceof Event.ConfigurationChange) {
            return plain("Configuration of " + event.object(), "Configuration", event.text());
        }
        if (event instanceof Event.Stall) {
            return plain(INSTANCE + event.object() + " - " + event.text(), "The node was stalled", event.text())
                    .with("Router:", event.object());
        }
        if (event instanceof Event.PluginChange) {
            return plain(
                    "Plugin " + event.object() + " - " + event.text(), "Plugin", event.object() + ": " + event.text());
        }
        if (event instanceof Event.Maintenance) {
            var state = "Check " + event.object() + " - " + event.text();
            return plain(state, "Maintenance", event.object() + ": " + event.text());
        }
        if (event instanceof Event.Trial) {
            return plain("Trial message of notifier " + event.object(), "This is a trial", event.text());
        }
        return plain(event.object() + " - " + event.text(), "Event", event.object() + ": " + event.text());
    }

    private static Wording of(Event.RouterTransition transition) {
        var what = transition.object() + ": " + transition.from() + " -> " + transition.to();
        return plain(INSTANCE + transition.object() + " - " + news(transition), sentence(transition), what)
                .with("Why:", transition.cause())
                .with("Priority:", String.valueOf(transition.priority()))
                .with("Addresses:", String.join(", ", transition.addresses()));
    }

    private static String news(Event.RouterTransition transition) {
        return transition.stopping() ? "Stopping" : "Entering " + transition.to() + " state";
    }

    private static String sentence(Event.RouterTransition transition) {
        if (transition.stopping()) {
            return "Shutting down";
        }
        return transition.to() == RouterState.MASTER
                ? "VRRP Instance is now owning VRRP VIPs"
                : "VRRP Instance is no longer owning VRRP VIPs";
    }

    private static Wording plain(String subject, String headline, String what) {
        return new Wording(subject, headline, what, Map.of());
    }

    private Wording with(String label, String value) {
        var more = new LinkedHashMap<>(details);
        more.put(label, value);
        return new Wording(subject, headline, what, more);
    }
}
