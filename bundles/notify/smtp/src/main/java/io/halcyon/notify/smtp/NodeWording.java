package io.halcyon.notify.smtp;

import io.halcyon.api.event.Event;

/** Words for what happens to the node itself, and for what has none of its own. */
final class NodeWording {

    private NodeWording() {}

    static Wording of(Event event) {
        if (event instanceof Event.ConfigurationChange) {
            return Wording.of("Configuration of " + event.object(), "Configuration", event.text())
                    .with("Object:", event.object())
                    .see("ha:events")
                    .see("ha:doctor");
        }
        if (event instanceof Event.PluginChange) {
            return Wording.of("Plugin " + event.object() + " - " + event.text(), "Plugin", about(event))
                    .see("check:types")
                    .see("notify:list");
        }
        if (event instanceof Event.Maintenance maintenance) {
            return Wording.of("Check " + event.object() + " - " + event.text(), "Maintenance", about(event))
                    .meaning(
                            maintenance.begins()
                                    ? "what it really finds does not count until somebody lets go of it"
                                    : "what it really finds counts again")
                    .see("check:show", event.object());
        }
        if (event instanceof Event.NodeStart start) {
            return Wording.of("Node " + event.object() + " - started", "The node has started", event.text())
                    .meaning(
                            start.clean()
                                    ? "it takes part again; the run before had ended by itself"
                                    : "it takes part again; the run before did not end by itself")
                    .see("ha:status")
                    .see("ha:doctor");
        }
        if (event instanceof Event.Digest digest) {
            return Wording.of(
                            digest.events().size() + " events, up to " + digest.severity(),
                            digest.events().size() + " events at once",
                            digest.events().size() + " events, the most severe is " + digest.severity())
                    .meaning("one by one they would have been too many; where each object stands now is below")
                    .see("ha:status")
                    .see("ha:events");
        }
        if (event instanceof Event.Trial) {
            return Wording.of("Trial message of notifier " + event.object(), "This is a trial", event.text())
                    .meaning("nothing happened; mails of this notifier reach you")
                    .see("notify:list");
        }
        return Wording.of(event.object() + " - " + event.text(), "Event", about(event))
                .see("ha:events");
    }

    private static String about(Event event) {
        return event.object() + ": " + event.text();
    }
}
