package io.halcyon.console.shell.command;

import io.halcyon.api.check.Health;
import io.halcyon.api.lvs.RealServerHold;
import io.halcyon.api.lvs.RealServerStatus;
import io.halcyon.api.lvs.Traffic;
import io.halcyon.api.lvs.VirtualServerExplanation;
import io.halcyon.api.lvs.VirtualServerStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Virtual servers for a person. */
final class VirtualServerText {

    static final String NONE = "no virtual servers: none is configured in etc/io.halcyon.lvs-NAME.cfg\n";

    /** From here on there is room for all columns but traffic. */
    static final int WIDE = 110;

    /** From here on there is room for all. */
    static final int WIDEST = 150;

    private static final String ARROW = "-> ";

    /** Name of the sorry server among real servers. */
    private static final String SORRY = "sorry";

    private static final String APPLIED = "applied";

    private VirtualServerText() {}

    /** As ipvsadm does: a line for each virtual server, and its real servers below it. */
    static String list(List<VirtualServerStatus> servers, Instant now, int columns) {
        var table = new Table(headings(ARROW + "REAL SERVER", columns));
        for (VirtualServerStatus server : servers) {
            table.across(line(server, now));
            server.realServers().forEach(real -> table.row(cells(ARROW + real.name(), real, now, columns)));
        }
        return table.isEmpty() ? NONE : table.text(columns);
    }

    /** One line for each virtual server. */
    static String brief(List<VirtualServerStatus> servers, Instant now, int columns) {
        boolean wide = columns >= WIDE;
        var table = wide
                ? new Table(
                        "NAME",
                        "SERVICES",
                        "SCHEDULER",
                        "DATA PLANE",
                        "HEALTH",
                        "SINCE",
                        "WEIGHT",
                        "QUORUM",
                        "UP",
                        "CONN/S",
                        "REASON")
                : new Table("NAME", "SERVICES", "HEALTH", "WEIGHT", "UP", "REASON");
        for (VirtualServerStatus server : servers) {
            List<Object> row = new ArrayList<>(List.of(
                    server.name(),
                    Words.list(server.services()),
                    server.health(),
                    server.weight(),
                    up(server),
                    reason(server)));
            if (wide) {
                row.addAll(2, List.of(server.scheduler(), Words.orDash(server.dataplane())));
                row.add(5, Words.since(server.since(), now));
                row.add(7, server.quorum());
                row.add(9, Words.amount(server.traffic().connectionsPerSecond()));
            }
            table.row(row.toArray());
        }
        return table.isEmpty() ? NONE : table.text(columns);
    }

    static String show(VirtualServerStatus server, Instant now, int columns) {
        Traffic traffic = server.traffic();
        var facts = new Table("virtual server", server.name());
        facts.row("services", Words.list(server.services()));
        facts.row("scheduler", server.scheduler() + ", method " + server.method());
        facts.row("data plane", Words.orDash(server.dataplane()) + ", " + server.state());
        facts.row("health", server.health() + " for " + Words.since(server.since(), now) + ", " + server.reason());
        facts.row("weight", server.weight() + ", quorum " + server.quorum());
        facts.row("real servers", up(server) + " up" + (server.sorry() ? ", the sorry server serves" : ""));
        facts.row("traffic", rates(traffic));
        facts.row(
                "so far",
                traffic.connections() + " connections, " + Words.amount(traffic.packetsIn()) + " packets in, "
                        + Words.amount(traffic.packetsOut()) + " out, " + Words.amount(traffic.bytesIn())
                        + "B in, " + Words.amount(traffic.bytesOut()) + "B out");
        return facts.text(columns)
                + Words.section("real servers", realServers(server, now, columns - Words.INDENT), columns)
                + Words.section("checks", checks(server), columns)
                + Words.section("by hand", holds(server), columns)
                + Words.section("warnings", server.warnings(), columns);
    }

    static String explain(VirtualServerExplanation explanation, int columns) {
        String quorum =
                switch (explanation.health()) {
                    case UP -> ", it has a quorum";
                    case DOWN -> ", it has no quorum";
                    default -> "";
                };
        return explanation.name() + " is " + explanation.health() + quorum + "\n"
                + Words.section("because", explanation.because(), columns)
                + Words.section("it would change if", explanation.wouldChange(), columns)
                + Words.section("it needs", explanation.needs(), columns)
                + Words.section("warnings", explanation.warnings(), columns);
    }

    /** {@code drained by hand until 2026-11-28T02:00:00Z: a new kernel}. */
    static String hold(RealServerHold hold) {
        List<String> what = new ArrayList<>();
        if (hold.draining()) {
            what.add("drained");
        }
        if (hold.weight() >= 0) {
            what.add("weight " + hold.weight());
        }
        Instant until = hold.until();
        Instant deadline = hold.deadline();
        return String.join(", ", what) + " by hand"
                + (until == null ? "" : " until " + until.truncatedTo(ChronoUnit.SECONDS))
                + (deadline == null
                        ? ""
                        : ", connections that are left end at " + deadline.truncatedTo(ChronoUnit.SECONDS))
                + (hold.reason().isEmpty() ? "" : ": " + hold.reason());
    }

    /** Where somebody decided something by hand: what. */
    static String state(RealServerStatus server) {
        RealServerHold hold = server.hold();
        return hold == null ? server.state() : hold(hold);
    }

    static boolean isSorry(RealServerStatus server) {
        return server.name().equals(SORRY);
    }

    private static String line(VirtualServerStatus server, Instant now) {
        List<String> words = new ArrayList<>(List.of(
                server.name(),
                Words.list(server.services()),
                server.scheduler(),
                server.dataplane().isEmpty() ? "no data plane" : server.dataplane(),
                server.health() + " for " + Words.since(server.since(), now)));
        String trouble = trouble(server);
        if (!trouble.isEmpty()) {
            words.add(trouble);
        }
        words.add("weight " + server.weight() + ", quorum " + server.quorum());
        words.add(rates(server.traffic()));
        return String.join("  ", words);
    }

    /** What is not as it is on a good day; may be empty. */
    private static String trouble(VirtualServerStatus server) {
        List<String> words = new ArrayList<>();
        if (!server.state().equals(APPLIED)) {
            words.add(server.state());
        }
        if (server.health() != Health.UP) {
            words.add(server.reason());
        }
        if (server.sorry()) {
            words.add("the sorry server serves");
        }
        return String.join("; ", words);
    }

    private static String reason(VirtualServerStatus server) {
        return server.state().equals(APPLIED) ? server.reason() : server.state() + "; " + server.reason();
    }

    private static String up(VirtualServerStatus server) {
        List<RealServerStatus> real =
                server.realServers().stream().filter(each -> !isSorry(each)).toList();
        long up = real.stream()
                .filter(each -> each.health() == Health.UP || each.health() == Health.DEGRADED)
                .count();
        return up + "/" + real.size();
    }

    private static String rates(Traffic traffic) {
        return Words.amount(traffic.connectionsPerSecond()) + " conn/s, " + Words.amount(traffic.bytesInPerSecond())
                + "B/s in, " + Words.amount(traffic.bytesOutPerSecond()) + "B/s out";
    }

    private static Table realServers(VirtualServerStatus server, Instant now, int columns) {
        var table = new Table(headings("NAME", columns));
        server.realServers().forEach(real -> table.row(cells(real.name(), real, now, columns)));
        return table;
    }

    private static String[] headings(String first, int columns) {
        List<String> headings = new ArrayList<>(List.of(first, "ADDRESS", "STATE", "WEIGHT", "ACTIVE", "REASON"));
        if (columns >= WIDE) {
            headings.add(2, "METHOD");
            headings.add(4, "SINCE");
            headings.addAll(7, List.of("INACTIVE", "CONN/S"));
        }
        if (columns >= WIDEST) {
            headings.addAll(9, List.of("IN/S", "OUT/S"));
        }
        return headings.toArray(String[]::new);
    }

    private static Object[] cells(String first, RealServerStatus server, Instant now, int columns) {
        List<Object> cells = new ArrayList<>(List.of(
                first,
                address(server, columns),
                server.state(),
                weight(server),
                orDash(server.active()),
                server.reason()));
        Traffic traffic = server.traffic();
        if (columns >= WIDE) {
            cells.add(2, server.method());
            cells.add(4, Words.since(server.since(), now));
            cells.addAll(7, List.of(orDash(server.inactive()), Words.amount(traffic.connectionsPerSecond())));
        }
        if (columns >= WIDEST) {
            cells.addAll(
                    9,
                    List.of(
                            Words.amount(traffic.bytesInPerSecond()) + "B",
                            Words.amount(traffic.bytesOutPerSecond()) + "B"));
        }
        return cells.toArray();
    }

    private static String address(RealServerStatus server, int columns) {
        boolean told = server.host().isEmpty() || server.address().contains(server.host());
        return told || columns < WIDE ? server.address() : server.address() + " (" + server.host() + ")";
    }

    /** What the kernel has, and in brackets what it should be when all is well. */
    private static String weight(RealServerStatus server) {
        int effective = server.effectiveWeight();
        return effective == server.weight()
                ? String.valueOf(effective)
                : orDash(effective) + " (" + server.weight() + ")";
    }

    private static String orDash(long number) {
        return number < 0 ? "-" : String.valueOf(number);
    }

    private static Table checks(VirtualServerStatus server) {
        var table = new Table("NAME", "HEALTH", "CHECKS");
        server.realServers().stream()
                .filter(real -> !isSorry(real))
                .forEach(real -> table.row(
                        real.name(), real.health(), real.checks().isEmpty() ? "none" : Words.list(real.checks())));
        return table;
    }

    private static List<String> holds(VirtualServerStatus server) {
        List<String> holds = new ArrayList<>();
        for (RealServerStatus real : server.realServers()) {
            RealServerHold hold = real.hold();
            if (hold != null) {
                holds.add(real.name() + ": " + hold(hold));
            }
        }
        // A host with several addresses is held as a whole.
        return holds.stream().distinct().toList();
    }
}
