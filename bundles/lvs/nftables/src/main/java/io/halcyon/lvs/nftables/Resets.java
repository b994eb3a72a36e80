package io.halcyon.lvs.nftables;

import io.halcyon.linux.netlink.TrackedConnection;
import java.net.Inet6Address;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rules that reset TCP connections: what clients send is answered with a reset, what servers send goes on to clients, who acknowledge
 * it. A connection that begins anew is none of those. Pure.
 */
final class Resets {

    private static final List<String> FAMILIES = List.of("4", "6");
    private static final String SET = "ended-ipv";
    private static final String FROM_CLIENTS = "ended-from-clients";
    private static final String FROM_HERE = "ended-from-here";
    private static final String QUESTIONS = "ended-questions";

    static final Set<String> CHAINS = Set.of(FROM_CLIENTS, FROM_HERE, QUESTIONS);
    static final Set<String> SETS = Set.of(SET + "4", SET + "6");

    /** Should nobody be here any more to take the rules away, they do nothing after that. */
    private static final int ELEMENT_SECONDS = 15;

    private static final int MOST_CONNECTIONS = 1 << 20;

    private Resets() {}

    /** Adds sets and rules. */
    static void lay(Plan plan) {
        for (var family : FAMILIES) {
            var address = "ipv" + family + "_addr";
            plan.set(
                    SET + family,
                    "{ type " + address + " . inet_service . " + address
                            + " . inet_service; flags dynamic, timeout; size " + MOST_CONNECTIONS + "; }");
        }
        // After connection tracking, before addresses are translated.
        plan.hooked(FROM_CLIENTS, "{ type filter hook prerouting priority -150; }");
        plan.hooked(FROM_HERE, "{ type filter hook output priority -150; }");
        for (var chain : List.of(FROM_CLIENTS, FROM_HERE)) {
            for (var family : FAMILIES) {
                var ip = family.equals("4") ? "ip" : "ip6";
                var connection = ip + " saddr . tcp sport . " + ip + " daddr . tcp dport";
                plan.rule(
                        chain,
                        Rule.of("tcp flags & (fin | syn | rst | ack) == syn delete @" + SET + family + " { "
                                + connection + " }"));
                plan.rule(
                        chain,
                        Rule.of("tcp flags & (syn | rst) == 0 " + connection + " @" + SET + family
                                + " reject with tcp reset"));
            }
        }
        // Before connection tracking, which would take a question for a connection of its own.
        plan.hooked(QUESTIONS, "{ type filter hook output priority -300; }");
        for (var family : FAMILIES) {
            var ip = family.equals("4") ? "ip" : "ip6";
            plan.rule(
                    QUESTIONS,
                    Rule.of(ip + " daddr . tcp dport . " + ip + " saddr . tcp sport @" + SET + family + " notrack"));
        }
    }

    /** Statements that put connections into the sets. */
    static List<String> statements(Collection<TrackedConnection> connections) {
        return connections.stream()
                .collect(Collectors.groupingBy(
                        connection -> connection.client() instanceof Inet6Address ? "6" : "4",
                        Collectors.mapping(Resets::element, Collectors.joining(", "))))
                .entrySet()
                .stream()
                .map(entry -> "add element inet " + Names.TABLE + " " + SET + entry.getKey() + " { " + entry.getValue()
                        + " }")
                .toList();
    }

    private static String element(TrackedConnection connection) {
        return connection.client().getHostAddress() + " . " + connection.clientPort() + " . "
                + connection.destination().getHostAddress() + " . " + connection.destinationPort() + " timeout "
                + ELEMENT_SECONDS + "s";
    }
}
