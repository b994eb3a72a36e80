package io.halcyon.console.shell.command;

import io.halcyon.api.vrrp.RouterAddress;
import io.halcyon.api.vrrp.RouterExplanation;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.api.vrrp.RouterStatus;
import io.halcyon.api.vrrp.TrackStatus;
import io.halcyon.api.vrrp.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Virtual routers for a person. */
final class RouterText {

    static final String NONE = "no virtual routers: none is configured in etc/io.halcyon.vrrp-NAME.cfg\n";

    /** From here on there is room for all columns. */
    private static final int WIDE = 100;

    private RouterText() {}

    static String list(List<RouterStatus> routers, Instant now, int columns) {
        boolean wide = columns >= WIDE;
        List<String> headings = new ArrayList<>(List.of("ROUTER", "STATE", "SINCE", "PRIORITY", "MASTER", "CAUSE"));
        if (wide) {
            headings.addAll(4, List.of("INTERFACE", "VRID"));
        }
        var table = new Table(headings.toArray(String[]::new));
        for (RouterStatus router : routers) {
            List<Object> row = new ArrayList<>(List.of(
                    router.name(),
                    router.state(),
                    Words.since(router.since(), now),
                    priority(router),
                    master(router),
                    router.cause()));
            if (wide) {
                row.addAll(4, List.of(router.networkInterface(), router.vrid()));
            }
            table.row(row.toArray());
        }
        return table.isEmpty() ? NONE : table.text(columns);
    }

    static String show(RouterStatus router, Instant now, int columns) {
        var facts = new Table("router", router.name());
        facts.row("state", router.state() + " for " + Words.since(router.since(), now));
        facts.row("cause", router.cause());
        facts.row(
                "master",
                master(router) + (router.masterPriority() > 0 ? ", priority " + router.masterPriority() : ""));
        facts.row("priority", priorityInWords(router));
        facts.row("interface", router.networkInterface() + ", source " + Words.orDash(router.source()));
        facts.row(
                "protocol",
                "VRRP version " + router.version() + ", vrid " + router.vrid() + ", transport " + router.transport());
        facts.row("vip", router.vip());
        facts.row("timers", timers(router.timers()));
        facts.row("counters", Words.counters(router.counters()));
        facts.row("faults", Words.counters(router.faults()));
        return facts.text(columns)
                + Words.section("addresses", addresses(router.addresses()), columns)
                + Words.section("tracked", tracks(router.tracks()), columns)
                + Words.section("history", history(router.history()), columns)
                + Words.section("warnings", router.warnings(), columns);
    }

    static String explain(RouterExplanation explanation, int columns) {
        return explanation.name() + " is " + explanation.state() + "\n"
                + Words.section("because", explanation.because(), columns)
                + Words.section("it would change if", explanation.wouldChange(), columns)
                + Words.section("history", history(explanation.history()), columns)
                + Words.section("warnings", explanation.warnings(), columns);
    }

    static String priority(RouterStatus router) {
        int effective = router.effectivePriority();
        int configured = router.configuredPriority();
        return effective == configured ? String.valueOf(effective) : effective + " (" + configured + ")";
    }

    private static String priorityInWords(RouterStatus router) {
        String text = "effective " + router.effectivePriority() + ", configured " + router.configuredPriority();
        boolean overridden = router.basePriority() != router.configuredPriority();
        return overridden ? text + ", overridden to " + router.basePriority() : text;
    }

    private static String master(RouterStatus router) {
        return router.state() == RouterState.MASTER ? "this node" : Words.orDash(router.master());
    }

    private static String timers(Map<String, Long> timers) {
        List<String> words = timers.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(timer -> timer.getKey() + " " + Words.millis(timer.getValue()))
                .toList();
        return Words.list(words);
    }

    private static Table addresses(List<RouterAddress> addresses) {
        var table = new Table("ADDRESS", "INTERFACE", "HELD", "ADVERTISED");
        for (RouterAddress address : addresses) {
            table.row(
                    address.cidr(),
                    address.dev(),
                    address.held() ? "yes" : "no",
                    address.excluded() ? "no, excluded" : "yes");
        }
        return table;
    }

    private static Table tracks(List<TrackStatus> tracks) {
        var table = new Table("KIND", "NAME", "WEIGHT", "OK", "DELTA", "REASON");
        for (TrackStatus track : tracks) {
            Boolean ok = track.ok();
            String verdict = ok == null ? "unknown" : ok ? "yes" : "no";
            String weight = track.weight() + (track.reverse() ? " reverse" : "");
            table.row(track.kind(), track.name(), weight, verdict, track.delta(), track.reason());
        }
        return table;
    }

    private static Table history(List<Transition> history) {
        var table = new Table("AT", "FROM", "TO", "CAUSE");
        for (Transition transition : history) {
            table.row(transition.at(), transition.from(), transition.to(), transition.cause());
        }
        return table;
    }
}
