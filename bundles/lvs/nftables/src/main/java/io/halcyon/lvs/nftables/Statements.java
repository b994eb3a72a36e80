package io.halcyon.lvs.nftables;

import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.Forwarding;
import io.halcyon.spi.dataplane.Persistence;
import io.halcyon.spi.dataplane.ServiceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Statements of nft(8) for one transaction. Whatever is added is added in a way that does no harm where it is there already; what
 * goes is added first, so that it need not be known whether it was there.
 */
final class Statements {

    private static final String TABLE = "inet " + Names.TABLE;

    private final List<String> lines = new ArrayList<>();

    /** The table and what all services share. */
    Statements base() {
        lines.add("add table " + TABLE);
        lines.add("add map " + TABLE + " services4 { type ipv4_addr . inet_proto . inet_service : verdict; }");
        lines.add("add map " + TABLE + " services6 { type ipv6_addr . inet_proto . inet_service : verdict; }");
        lines.add("add map " + TABLE + " hosts4 { type ipv4_addr . inet_proto : verdict; }");
        lines.add("add map " + TABLE + " hosts6 { type ipv6_addr . inet_proto : verdict; }");
        lines.add("add map " + TABLE + " marks4 { type mark : verdict; }");
        lines.add("add map " + TABLE + " marks6 { type mark : verdict; }");
        for (String family : List.of("4", "6")) {
            String address = "type ipv" + family + "_addr";
            lines.add("add set " + TABLE + " empty" + family + " { " + address + " . inet_proto . inet_service; }");
            lines.add("add set " + TABLE + " masquerade" + family + " { " + address + "; }");
        }
        chain("choose", "");
        rule("choose", "ip daddr . meta l4proto . th dport vmap @services4");
        rule("choose", "ip6 daddr . meta l4proto . th dport vmap @services6");
        rule("choose", "ip daddr . meta l4proto vmap @hosts4");
        rule("choose", "ip6 daddr . meta l4proto vmap @hosts6");
        rule("choose", "meta nfproto ipv4 meta mark vmap @marks4");
        rule("choose", "meta nfproto ipv6 meta mark vmap @marks6");
        chain("from-clients", "{ type nat hook prerouting priority -100; }");
        rule("from-clients", "jump choose");
        chain("from-here", "{ type nat hook output priority -100; }");
        rule("from-here", "jump choose");
        chain("to-servers", "{ type nat hook postrouting priority 100; }");
        rule("to-servers", "ct status dnat ip daddr @masquerade4 masquerade");
        rule("to-servers", "ct status dnat ip6 daddr @masquerade6 masquerade");
        // Nobody is there to take it: whoever asks is told at once, and no local server answers instead.
        chain("nobody", "{ type filter hook input priority 0; }");
        rule("nobody", "meta l4proto tcp ip daddr . meta l4proto . th dport @empty4 reject with tcp reset");
        rule("nobody", "meta l4proto tcp ip6 daddr . meta l4proto . th dport @empty6 reject with tcp reset");
        rule("nobody", "ip daddr . meta l4proto . th dport @empty4 reject");
        rule("nobody", "ip6 daddr . meta l4proto . th dport @empty6 reject");
        return this;
    }

    /** A service as it is wanted. */
    Statements put(Desired desired) {
        var key = desired.service().key();
        var takers =
                desired.destinations().stream().filter(to -> to.weight() > 0).toList();
        desired.destinations().forEach(destination -> leader(desired, destination));
        chain(Names.chooser(key), "");
        if (desired.service().persistence() != null) {
            var client = client(key, desired.service().persistence());
            desired.destinations()
                    .forEach(to -> rule(
                            Names.chooser(key),
                            client + " @" + Names.clients(key, to) + " goto " + Names.leader(key, to)));
        }
        if (!takers.isEmpty()) {
            rule(Names.chooser(key), Choice.statement(desired.service(), takers));
        }
        element("add", key, " : goto " + Names.chooser(key));
        empty(key, desired.destinations().isEmpty());
        return this;
    }

    /** A destination that a service does not have any more; {@link #put} comes before it. */
    Statements drop(ServiceKey key, Destination destination) {
        chain(Names.leader(key, destination), "");
        lines.add("delete chain " + TABLE + " " + Names.leader(key, destination));
        clients(key, destination);
        lines.add("delete set " + TABLE + " " + Names.clients(key, destination));
        lines.add("add counter " + TABLE + " " + Names.counter(key, destination));
        lines.add("delete counter " + TABLE + " " + Names.counter(key, destination));
        return this;
    }

    /** A service that is not wanted any more, with the destinations that it had. */
    Statements remove(ServiceKey key, Collection<Destination> destinations) {
        chain(Names.chooser(key), "");
        element("add", key, " : goto " + Names.chooser(key));
        element("delete", key, "");
        empty(key, false);
        lines.add("delete chain " + TABLE + " " + Names.chooser(key));
        destinations.forEach(destination -> drop(key, destination));
        return this;
    }

    String text() {
        return String.join("\n", lines) + "\n";
    }

    private void leader(Desired desired, Destination destination) {
        var key = desired.service().key();
        var name = Names.leader(key, destination);
        lines.add("add counter " + TABLE + " " + Names.counter(key, destination));
        chain(name, "");
        var stay = "";
        if (desired.service().persistence() != null) {
            clients(key, destination);
            stay = "update @" + Names.clients(key, destination) + " { "
                    + client(key, desired.service().persistence()) + " timeout "
                    + desired.service().persistence().seconds() + "s } ";
        }
        rule(name, stay + "counter name \"" + Names.counter(key, destination) + "\" " + translation(key, destination));
        masquerade(key, destination);
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

    private void masquerade(ServiceKey key, Destination destination) {
        if (destination.forwarding() instanceof Forwarding.Nat nat && nat.masquerade()) {
            lines.add("add element " + TABLE + " masquerade" + (key.ipv6() ? "6" : "4") + " { "
                    + destination.address().getHostAddress() + " }");
        }
    }

    private static String client(ServiceKey key, Persistence persistence) {
        return key.ipv6()
                ? "ip6 saddr & " + Masks.ipv6(persistence.prefixLength())
                : "ip saddr & " + Masks.ipv4(persistence.prefixLength());
    }

    private void clients(ServiceKey key, Destination destination) {
        lines.add("add set " + TABLE + " " + Names.clients(key, destination) + " { type ipv" + (key.ipv6() ? "6" : "4")
                + "_addr; flags dynamic, timeout; size 65535; }");
    }

    private void element(String verb, ServiceKey key, String goal) {
        String family = key.ipv6() ? "6" : "4";
        if (key instanceof ServiceKey.Addressed addressed) {
            var host = addressed.address().getHostAddress() + " . "
                    + addressed.transport().word();
            var name = addressed.port() == 0 ? "hosts" + family : "services" + family;
            var port = addressed.port() == 0 ? "" : " . " + addressed.port();
            lines.add(verb + " element " + TABLE + " " + name + " { " + host + port + goal + " }");
        } else if (key instanceof ServiceKey.Marked marked) {
            lines.add(verb + " element " + TABLE + " marks" + family + " { " + marked.mark() + goal + " }");
        }
    }

    private void empty(ServiceKey key, boolean isEmpty) {
        if (key instanceof ServiceKey.Addressed addressed && addressed.port() != 0) {
            var element = " element " + TABLE + " empty" + (key.ipv6() ? "6" : "4") + " { "
                    + addressed.address().getHostAddress() + " . "
                    + addressed.transport().word() + " . "
                    + addressed.port() + " }";
            lines.add("add" + element);
            if (!isEmpty) {
                lines.add("delete" + element);
            }
        }
    }

    /** A chain without rules. */
    private void chain(String name, String hook) {
        lines.add("add chain " + TABLE + " " + name + " " + hook);
        lines.add("flush chain " + TABLE + " " + name);
    }

    private void rule(String chain, String text) {
        lines.add("add rule " + TABLE + " " + chain + " " + text);
    }
}
