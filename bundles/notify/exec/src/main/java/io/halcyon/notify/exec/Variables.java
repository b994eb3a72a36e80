package io.halcyon.notify.exec;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** An event as variables of a script's environment; the README has their table. */
final class Variables {

    /** The kernel takes 128 KiB for one, and about 2 MiB for all of them. */
    private static final int LONGEST_BYTES = 32 * 1024;

    private final Map<String, String> found = new LinkedHashMap<>();

    private Variables() {}

    /** Values by name, in the order of the README. */
    static Map<String, String> of(EventRecord happened) {
        var variables = new Variables();
        variables.addCommon(happened);
        variables.addOwn(happened.event());
        return variables.found;
    }

    private void addCommon(EventRecord happened) {
        var event = happened.event();
        add("EVENT_ID", happened.id());
        add("EVENT", word(event));
        add("KIND", event.kind().word());
        add("OBJECT", event.object());
        add("SEVERITY", event.severity());
        add("TEXT", event.text());
        add("AT", happened.at());
        add("NODE", happened.node());
        add("CAUSES", happened.causes().stream().map(String::valueOf).collect(Collectors.joining(" ")));
    }

    private void addOwn(Event event) {
        if (event instanceof Event.RouterTransition router) {
            change(router.from(), router.to(), router.cause());
            going(router.stopping(), router.deleted());
            add("PRIORITY", router.priority());
            add("ADDRESSES", String.join(" ", router.addresses()));
        } else if (event instanceof Event.GroupTransition group) {
            change(group.from(), group.to(), group.cause());
            going(group.stopping(), group.deleted());
        } else if (event instanceof Event.VerdictChange verdict) {
            change(verdict.from(), verdict.to(), verdict.reason());
        } else if (event instanceof Event.PriorityChange priority) {
            change(priority.from(), priority.to(), priority.reason());
            add("STATE", priority.state());
            add("PRIORITY", priority.to());
        } else if (event instanceof Event.LowerPriorityHeard rival) {
            add("PRIORITY", rival.own());
            add("SOURCE", rival.source());
            add("HEARD", rival.heard());
        } else {
            addFurther(event);
        }
    }

    private void addFurther(Event event) {
        if (event instanceof Event.RealServerChange server) {
            change(server.from(), server.to(), server.reason());
            add("VIRTUAL_SERVER", server.virtualServer());
            add("REAL_SERVER", server.realServer());
            add("WEIGHT", server.weight());
        } else if (event instanceof Event.VirtualServerChange server) {
            change(server.from(), server.to(), server.reason());
            add("VIRTUAL_SERVER", server.virtualServer());
            add("WEIGHT", server.weight());
            add("QUORUM", server.quorum());
        } else if (event instanceof Event.AddressTrouble trouble) {
            add("ADDRESS", trouble.address());
        } else if (event instanceof Event.AddressConflict conflict) {
            add("ADDRESS", conflict.address());
        } else if (event instanceof Event.LeaseTrouble trouble) {
            add("ADDRESS", trouble.address());
        }
    }

    private void change(Object from, Object to, String reason) {
        add("FROM", from);
        add("TO", to);
        add("REASON", reason);
    }

    private void going(boolean stopping, boolean deleted) {
        add("STOPPING", stopping ? "yes" : "no");
        add("DELETED", deleted ? "yes" : "no");
    }

    private void add(String name, Object value) {
        found.put("HALCYON_" + name, bounded(value.toString().replaceAll("\\p{Cntrl}+", " ")));
    }

    /** {@code router-transition} and so on, as JSON has it. */
    private static String word(Event event) {
        return event.getClass()
                .getSimpleName()
                .replaceAll("(?<=.)(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
    }

    private static String bounded(String text) {
        var out = ByteBuffer.allocate(LONGEST_BYTES);
        var in = CharBuffer.wrap(text);
        StandardCharsets.UTF_8.newEncoder().encode(in, out, true);
        return text.substring(0, in.position());
    }
}
