package io.halcyon.lvs.engine.server;

import io.halcyon.api.event.Event;
import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Destination;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Effects as lines of a case file. */
final class Lines {

    private Lines() {}

    static List<String> of(List<Effect> effects) {
        List<String> lines = new ArrayList<>();
        effects.forEach(effect -> lines.addAll(of(effect)));
        return lines;
    }

    private static List<String> of(Effect effect) {
        if (effect instanceof Effect.Put put) {
            return put.services().stream().map(Lines::put).toList();
        }
        if (effect instanceof Effect.Remove remove) {
            return remove.services().stream().map(key -> "remove " + key).toList();
        }
        if (effect instanceof Effect.Publish publish) {
            String causes = publish.causes().isEmpty() ? "" : " by " + publish.causes();
            return List.of("event " + event(publish.event()) + causes + (publish.byPrevious() ? " by previous" : ""));
        }
        if (effect instanceof Effect.DefineChecks define) {
            return List.of("checks of " + define.owner() + ":" + checks(define));
        }
        if (effect instanceof Effect.DefineNotifiers define) {
            String names = String.join(" ", new TreeMap<>(define.notifiers()).keySet());
            return List.of(("notifiers of " + define.owner() + ": " + names).strip());
        }
        if (effect instanceof Effect.Resolve resolve) {
            return List.of("resolve " + resolve.realServer() + " " + resolve.host());
        }
        if (effect instanceof Effect.KeepHold keep) {
            var hold = keep.hold();
            return List.of("hold " + keep.realServer()
                    + (hold == null ? " none" : " draining " + hold.draining() + " weight " + hold.weight()));
        }
        throw new AssertionError(effect);
    }

    private static String put(Desired desired) {
        String destinations =
                desired.destinations().stream().map(Lines::destination).collect(Collectors.joining(" "));
        String end = desired.leaving() == Desired.Leaving.END ? " END" : "";
        return ("put " + desired.service().key() + " -> " + destinations).strip() + end;
    }

    private static String destination(Destination destination) {
        return destination.address().getHostAddress().replaceFirst("^192\\.0\\.2\\.", ".") + ":" + destination.port()
                + "=" + destination.weight();
    }

    private static String event(Event event) {
        if (event instanceof Event.RealServerChange change) {
            return "RS " + change.realServer() + " " + change.virtualServer() + " " + change.from() + "->" + change.to()
                    + " weight " + change.weight() + " (" + change.reason() + ")";
        }
        if (event instanceof Event.VirtualServerChange change) {
            return "VS " + change.virtualServer() + " " + change.from() + "->" + change.to() + " weight "
                    + change.weight() + " of " + change.quorum();
        }
        if (event instanceof Event.Maintenance change) {
            return "MAINTENANCE " + change.object() + " " + (change.begins() ? "begins" : "ends") + " (" + change.text()
                    + ")";
        }
        throw new AssertionError(event);
    }

    private static String checks(Effect.DefineChecks define) {
        StringBuilder line = new StringBuilder();
        for (Map.Entry<String, Map<String, String>> check : new TreeMap<>(define.checks()).entrySet()) {
            line.append(' ')
                    .append(check.getKey().substring(define.owner().length() + 1))
                    .append('=')
                    .append(check.getValue().get("init"));
        }
        return line.toString();
    }
}
