package io.halcyon.vip.netlink;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The kernel's part of silence: for each family a table with a chain for what this host answers. An account has a set of
 * its addresses there, which does nothing until a rule names it: a thousand elements take 10 ms and more to put, a rule
 * takes less than one. One thread owns it.
 */
final class QuietTable implements AutoCloseable {

    private final Nft nft;
    private final String name;
    private final List<Table> tables =
            Stream.of(Family.values()).map(Table::new).toList();

    /** What was put last: to compare a thousand elements takes longer than to enforce them. */
    private final Map<String, Set<InetAddress>> last = new HashMap<>();

    private enum Family {
        ARP("arp", "type ipv4_addr", "arp operation reply arp saddr ip"),
        // The target of a neighbor advertisement lies 8 octets into ICMPv6, RFC 4861 section 4.4.
        IP6("ip6", "typeof @th,64,128", "icmpv6 type nd-neighbor-advert @th,64,128");

        private static final int HEX = 16;

        final String keyword;
        final String key;
        final String match;

        Family(String keyword, String key, String match) {
            this.keyword = keyword;
            this.key = key;
            this.match = match;
        }

        boolean has(InetAddress address) {
            return address instanceof Inet4Address == (this == ARP);
        }

        String element(InetAddress address) {
            return this == ARP ? address.getHostAddress() : "0x" + hex(address.getAddress());
        }

        private static String hex(byte[] octets) {
            StringBuilder text = new StringBuilder();
            for (byte octet : octets) {
                text.append(Character.forDigit((octet & 0xff) / HEX, HEX))
                        .append(Character.forDigit(octet & 0x0f, HEX));
            }
            return text.toString();
        }
    }

    /** One in the kernel: what is in each of its sets, and which of them are enforced. */
    private record Table(Family family, Map<String, Set<InetAddress>> sets, Set<String> enforced) {

        Table(Family family) {
            this(family, new HashMap<>(), new HashSet<>());
        }
    }

    private QuietTable(Nft nft, String name) {
        this.nft = nft;
        this.name = name;
    }

    /**
     * Makes the tables, which the kernel removes with the process.
     *
     * @param places where the program may be
     * @param name of the tables, unlike any other instance's on this host: a table belongs to the process that made it
     */
    static QuietTable open(List<Path> places, String name) throws IOException {
        QuietTable made = new QuietTable(Nft.open(places), name);
        try {
            for (Table table : made.tables) {
                made.nft.run("add table " + made.in(table) + " { flags owner; }");
                made.nft.run("add chain " + made.in(table) + " output { type filter hook output priority 0; }");
            }
            return made;
        } catch (IOException e) {
            made.close();
            throw e;
        }
    }

    private String in(Table table) {
        return table.family.keyword + " " + name;
    }

    /** Makes exactly these the account's addresses. */
    void put(String set, Set<InetAddress> addresses) throws IOException {
        if (last.put(set, addresses) == addresses) {
            return;
        }
        for (Table table : tables) {
            Set<InetAddress> there = table.sets.get(set);
            Set<InetAddress> wanted =
                    addresses.stream().filter(table.family::has).collect(Collectors.toSet());
            if (there == null && wanted.isEmpty()) {
                continue;
            }
            if (there == null) {
                nft.run("add set " + in(table) + " " + set + " { " + table.family.key + "; }");
                there = Set.of();
            }
            change("delete", table, set, without(there, wanted));
            change("add", table, set, without(wanted, there));
            table.sets.put(set, wanted);
        }
    }

    private static Set<InetAddress> without(Set<InetAddress> all, Set<InetAddress> some) {
        Set<InetAddress> rest = new HashSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    private void change(String verb, Table table, String set, Set<InetAddress> addresses) throws IOException {
        if (!addresses.isEmpty()) {
            nft.run(verb + " element " + in(table) + " " + set + " { "
                    + addresses.stream().map(table.family::element).collect(Collectors.joining(", ")) + " }");
        }
    }

    /** From here on nobody who resolves an address of that set is answered. */
    void enforce(String set) throws IOException {
        for (Table table : tables) {
            if (!table.sets.getOrDefault(set, Set.of()).isEmpty() && table.enforced.add(set)) {
                nft.run(rule(table, set));
            }
        }
    }

    /** Ends it for all other sets. A rule could be removed alone only by a number that nft would have to be asked for. */
    void enforceOnly(Collection<String> sets) throws IOException {
        for (Table table : tables) {
            if (table.enforced.retainAll(sets)) {
                // In one transaction: whoever is to be silent is so without a gap.
                nft.run(Stream.concat(
                                Stream.of("flush chain " + in(table) + " output"),
                                table.enforced.stream().map(set -> rule(table, set)))
                        .collect(Collectors.joining("; ")));
            }
        }
    }

    private String rule(Table table, String set) {
        return "add rule " + in(table) + " output " + table.family.match + " @" + set + " drop";
    }

    /** Forgets what is not enforced. */
    void remove(String set) throws IOException {
        last.remove(set);
        for (Table table : tables) {
            if (table.sets.remove(set) != null) {
                nft.run("delete set " + in(table) + " " + set);
            }
        }
    }

    /** The kernel takes the tables away with the process. */
    @Override
    public void close() {
        nft.close();
    }
}
