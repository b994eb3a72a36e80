package io.halcyon.notify.syslog;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.vrrp.RouterState;
import java.util.stream.Collectors;

/** An event in the words of keepalived's log, so that whatever reads that goes on working; else in its own words. */
final class KeepalivedWords {

    private KeepalivedWords() {}

    static String of(Event event) {
        if (event instanceof Event.RouterTransition transition) {
            return "(" + transition.object() + ") " + words(transition);
        }
        if (event instanceof Event.GroupTransition group && !group.stopping()) {
            return "VRRP_Group(" + group.object() + ") Syncing instances to " + group.to() + " state";
        }
        if (event instanceof Event.PriorityChange priority) {
            return "(" + priority.object() + ") Changing effective priority from " + priority.from() + " to "
                    + priority.to();
        }
        if (event instanceof Event.LowerPriorityHeard rival) {
            return "(" + rival.object() + ") Received advert from " + rival.source() + " with lower priority "
                    + rival.heard() + ", ours " + rival.own() + ", forcing new election";
        }
        if (event instanceof Event.VerdictChange verdict) {
            return words(verdict);
        }
        if (event instanceof Event.RealServerChange server) {
            return words(server);
        }
        if (event instanceof Event.VirtualServerChange server) {
            return words(server);
        }
        if (event instanceof Event.Digest digest) {
            return digest.events().stream().map(record -> of(record.event())).collect(Collectors.joining("; "));
        }
        return own(event);
    }

    private static String words(Event.RouterTransition transition) {
        if (transition.stopping()) {
            return transition.from() == RouterState.MASTER ? "sent 0 priority" : transition.text();
        }
        var initially = transition.from() == RouterState.INIT && transition.to() == RouterState.BACKUP;
        return "Entering " + transition.to() + " STATE" + (initially ? " (init)" : "");
    }

    private static String words(Event.VerdictChange verdict) {
        var script = "VRRP_Script(" + verdict.object() + ") ";
        if (verdict.to() == Health.UP) {
            return script + "succeeded";
        }
        return verdict.to() == Health.DOWN ? script + "failed (" + verdict.reason() + ")" : own(verdict);
    }

    private static String words(Event.RealServerChange server) {
        if (server.to() == Health.DOWN) {
            return "Removing service " + server.realServer() + " from VS " + server.virtualServer();
        }
        return server.from() == Health.DOWN
                ? "Adding service " + server.realServer() + " to VS " + server.virtualServer()
                : own(server);
    }

    /** The hysteresis between the signs is 0: what counts in it is the platform's business. */
    private static String words(Event.VirtualServerChange server) {
        int quorum = server.quorum();
        int weight = server.weight();
        if (server.to() == Health.DOWN) {
            return "Lost quorum " + quorum + "-0=" + quorum + " > " + weight + " for VS " + server.virtualServer();
        }
        return "Gained quorum " + quorum + "+0=" + quorum + " <= " + weight + " for VS " + server.virtualServer();
    }

    private static String own(Event event) {
        return event.object() + ": " + event.text();
    }
}
