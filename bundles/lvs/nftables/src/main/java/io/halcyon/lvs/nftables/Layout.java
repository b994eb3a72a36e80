package io.halcyon.lvs.nftables;

import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.Forwarding;
import io.halcyon.spi.dataplane.Options;
import io.halcyon.spi.dataplane.Persistence;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.Transport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** How virtual services are laid out in chains, sets and counters. Pure. */
final class Layout {

    /** A label on connections of which the client's address is to be hidden; labels of others are far below. */
    private static final int MASQUERADE_LABEL = 113;

    /** Clients that one destination may have; beyond that they are spread anew each time. */
    private static final int MOST_CLIENTS = 1 << 20;

    private Layout() {}

    /** What all services share: the ways in, and which packets belong to which service. */
    static Plan shared(Collection<ServiceKey> services) {
        var plan = new Plan();
        plan.chain("choose");
        choose(plan, services, "ip daddr . meta l4proto . th dport", false, Layout::hasPort);
        choose(plan, services, "ip6 daddr . meta l4proto . th dport", true, Layout::hasPort);
        choose(plan, services, "ip daddr . meta l4proto", false, Layout::hasNoPort);
        choose(plan, services, "ip6 daddr . meta l4proto", true, Layout::hasNoPort);
        choose(plan, services, "meta nfproto ipv4 meta mark", false, ServiceKey.Marked.class::isInstance);
        choose(plan, services, "meta nfproto ipv6 meta mark", true, ServiceKey.Marked.class::isInstance);
        plan.hooked("from-clients", "{ type nat hook prerouting priority -100; }");
        plan.rule("from-clients", Rule.of("jump choose"));
        plan.hooked("from-here", "{ type nat hook output priority -100; }");
        plan.rule("from-here", Rule.of("jump choose"));
        plan.hooked("to-servers", "{ type nat hook postrouting priority 100; }");
        plan.rule("to-servers", Rule.of("ct status dnat ct label " + MASQUERADE_LABEL + " masquerade"));
        return plan;
    }

    private static void choose(
            Plan plan, Collection<ServiceKey> services, String packet, boolean ipv6, Predicate<ServiceKey> kind) {
        var elements = services.stream()
                .filter(key -> key.ipv6() == ipv6)
                .filter(kind)
                .map(key -> packet(key) + " : goto " + Names.chooser(key))
                .sorted()
                .collect(Collectors.joining(", "));
        if (!elements.isEmpty()) {
            plan.rule("choose", Rule.of(packet + " vmap { " + elements + " }"));
        }
    }

    private static String packet(ServiceKey key) {
        if (key instanceof ServiceKey.Addressed addressed) {
            return addressed.address().getHostAddress() + " . "
                    + addressed.transport().word() + (addressed.port() == 0 ? "" : " . " + addressed.port());
        }
        return Integer.toString(((ServiceKey.Marked) key).mark());
    }

    private static boolean hasPort(ServiceKey key) {
        return key instanceof ServiceKey.Addressed addressed && addressed.port() != 0;
    }

    private static boolean hasNoPort(ServiceKey key) {
        return key instanceof ServiceKey.Addressed addressed && addressed.port() == 0;
    }

    /**
     * A service as it is wanted.
     *
     * @param turn whose turn it is first, any number: if it were always the same one's, whoever comes first would get more
     *     than its share of a service that changes often
     */
    static Plan service(Desired desired, Options options, int turn) {
        var plan = new Plan();
        var key = desired.service().key();
        for (var destination : desired.destinations()) {
            leader(plan, desired, destination, options);
        }
        var chooser = Names.chooser(key);
        plan.chain(chooser);
        var persistence = desired.service().persistence();
        if (persistence != null) {
            desired.destinations().stream()
                    .filter(to -> keepsClients(to, options))
                    .forEach(to -> plan.rule(
                            chooser,
                            Rule.of(client(key, persistence) + " @" + Names.clients(key, to) + " goto "
                                    + Names.leader(key, to))));
        }
        choice(desired, turn).forEach(rule -> plan.rule(chooser, rule));
        return plan;
    }

    private static List<Rule> choice(Desired desired, int turn) {
        var takers =
                desired.destinations().stream().filter(to -> to.weight() > 0).toList();
        if (!takers.isEmpty()) {
            var text = Choice.statement(desired.service(), takers, turn);
            return List.of(
                    Choice.takesTurns(desired.service())
                            ? Rule.of(text, Choice.statement(desired.service(), takers, 0))
                            : Rule.of(text));
        }
        // Whoever asks is told at once, and no local server answers instead.
        var rules = new ArrayList<Rule>();
        var key = desired.service().key();
        if (!(key instanceof ServiceKey.Addressed addressed) || addressed.transport() == Transport.TCP) {
            rules.add(Rule.of("meta l4proto tcp reject with tcp reset"));
        }
        rules.add(Rule.of("reject"));
        return rules;
    }

    private static void leader(Plan plan, Desired desired, Destination destination, Options options) {
        var key = desired.service().key();
        var leader = Names.leader(key, destination);
        var counter = Names.counter(key, destination);
        plan.counter(counter);
        plan.chain(leader);
        var persistence = desired.service().persistence();
        if (persistence != null && keepsClients(destination, options)) {
            var clients = Names.clients(key, destination);
            plan.set(
                    clients,
                    "{ type " + (key.ipv6() ? "ipv6_addr" : "ipv4_addr") + "; flags dynamic, timeout; size "
                            + MOST_CLIENTS + "; }");
            // A rule ends where a set is full: this one leads nowhere.
            plan.rule(
                    leader,
                    Rule.of("update @" + clients + " { " + client(key, persistence) + " timeout "
                            + persistence.seconds() + "s }"));
        }
        if (destination.forwarding() instanceof Forwarding.Nat nat && nat.masquerade()) {
            plan.rule(leader, Rule.of("ct label set " + MASQUERADE_LABEL));
        }
        plan.rule(leader, Rule.of("counter name \"" + counter + "\" " + translation(key, destination)));
    }

    /** Clients that had to leave one do not go back when it has weight again. */
    private static boolean keepsClients(Destination destination, Options options) {
        return destination.weight() > 0 || !options.expireQuiescentTemplate();
    }

    private static String translation(ServiceKey key, Destination destination) {
        var family = key.ipv6() ? "ip6" : "ip";
        var address = destination.address().getHostAddress();
        if (destination.port() == 0) {
            return "dnat " + family + " to " + address;
        }
        var bracketed = key.ipv6() ? "[" + address + "]" : address;
        return "meta l4proto " + protocols(key) + " dnat " + family + " to " + bracketed + ":" + destination.port();
    }

    private static String protocols(ServiceKey key) {
        return key instanceof ServiceKey.Addressed addressed
                ? addressed.transport().word()
                : "{ tcp, udp, sctp }";
    }

    private static String client(ServiceKey key, Persistence persistence) {
        int bits = key.ipv6() ? 128 : 32;
        var address = key.ipv6() ? "ip6 saddr" : "ip saddr";
        if (persistence.prefixLength() == bits) {
            return address;
        }
        return address + " & "
                + (key.ipv6() ? Masks.ipv6(persistence.prefixLength()) : Masks.ipv4(persistence.prefixLength()));
    }
}
