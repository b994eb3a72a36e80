package io.halcyon.notify.exec;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventKind;
import io.halcyon.api.vrrp.RouterState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A script to be run for an event, if there is one under that key.
 *
 * @param key where it is given
 * @param arguments what comes behind its own
 */
record Call(String key, List<String> arguments) {

    static final String MASTER = "notify.master";
    static final String BACKUP = "notify.backup";
    static final String FAULT = "notify.fault";
    static final String STOP = "notify.stop";
    static final String DELETED = "notify.deleted";
    static final String ANY = "notify";
    static final String LOWER_PRIORITY = "notify.master.rx.lower.pri";
    static final String QUORUM_UP = "quorum.up";
    static final String QUORUM_DOWN = "quorum.down";
    static final String SERVER_UP = "notify.up";
    static final String SERVER_DOWN = "notify.down";
    static final String SCRIPT = "script";

    /** Keys that are for one kind of event only. */
    static final Map<String, EventKind> KINDS = Map.ofEntries(
            Map.entry(MASTER, EventKind.TRANSITION),
            Map.entry(BACKUP, EventKind.TRANSITION),
            Map.entry(FAULT, EventKind.TRANSITION),
            Map.entry(STOP, EventKind.TRANSITION),
            Map.entry(DELETED, EventKind.TRANSITION),
            Map.entry(ANY, EventKind.TRANSITION),
            Map.entry(LOWER_PRIORITY, EventKind.RIVAL),
            Map.entry(QUORUM_UP, EventKind.SERVER),
            Map.entry(QUORUM_DOWN, EventKind.SERVER),
            Map.entry(SERVER_UP, EventKind.SERVER),
            Map.entry(SERVER_DOWN, EventKind.SERVER));

    Call {
        arguments = List.copyOf(arguments);
    }

    /** What an event calls for, in order: as keepalived would, and then our own. */
    static List<Call> of(Event event) {
        var calls = new ArrayList<Call>();
        if (event instanceof Event.RouterTransition router) {
            var state = state(router.to(), router.stopping(), router.deleted());
            calls.addAll(transition("INSTANCE", router.object(), state, router.priority()));
        } else if (event instanceof Event.GroupTransition group) {
            var state = state(group.to(), group.stopping(), group.deleted());
            calls.addAll(transition("GROUP", group.object(), state, 0));
        } else if (event instanceof Event.LowerPriorityHeard) {
            calls.add(plain(LOWER_PRIORITY));
        } else if (event instanceof Event.VirtualServerChange server) {
            calls.addAll(change(server.from(), server.to(), QUORUM_UP, QUORUM_DOWN));
        } else if (event instanceof Event.RealServerChange server) {
            calls.addAll(change(server.from(), server.to(), SERVER_UP, SERVER_DOWN));
        }
        calls.add(plain(SCRIPT));
        return calls;
    }

    private static String state(RouterState to, boolean stopping, boolean deleted) {
        return deleted ? "DELETED" : stopping ? "STOP" : to.name();
    }

    private static List<Call> transition(String what, String name, String state, int priority) {
        var any = new Call(ANY, List.of(what, name, state, Integer.toString(priority)));
        return switch (state) {
            case "MASTER" -> List.of(plain(MASTER), any);
            case "BACKUP" -> List.of(plain(BACKUP), any);
            case "FAULT" -> List.of(plain(FAULT), any);
            case "STOP" -> List.of(plain(STOP), any);
            case "DELETED" -> List.of(plain(DELETED), any);
                // A router that waits in INIT: keepalived has no word for that.
            default -> List.of();
        };
    }

    private static List<Call> change(Health from, Health to, String up, String down) {
        boolean worksNow = works(to);
        if (to == Health.UNKNOWN || (worksNow && works(from))) {
            return List.of();
        }
        return List.of(plain(worksNow ? up : down));
    }

    private static boolean works(Health health) {
        return health == Health.UP || health == Health.DEGRADED;
    }

    private static Call plain(String key) {
        return new Call(key, List.of());
    }
}
