package io.halcyon.host.doctor;

import io.halcyon.host.doctor.Ruleset.Rule;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Matches of iptables in rules of nftables, as ufw has them. JSON tells no more than their names; where iptables is installed, nft
 * can spell them out as text. Stateless.
 */
final class Extensions {

    /** They only ever stand beside their protocol. */
    private static final List<String> OF_OTHER_PROTOCOLS =
            List.of("tcp", "udp", "multiport", "icmp", "icmp6", "sctp", "dccp", "esp", "ah");

    /** How nft spells out what a match looks at. */
    private record Spelling(Pattern text, Map<String, Object> part) {
        Spelling(String words, String kind, Map<String, Object> part) {
            this(Pattern.compile("\\b" + words + " (!= )?([a-z,-]+)"), Map.of(kind, part));
        }
    }

    private static final Spelling STATE = new Spelling("ct state", "ct", Map.of("key", "state"));
    private static final Map<String, Spelling> SPELLINGS = Map.of(
            "conntrack",
            STATE,
            "state",
            STATE,
            "addrtype",
            new Spelling("fib daddr type", "fib", Map.of("result", "type", "flags", List.of("daddr"))),
            "pkttype",
            new Spelling("pkttype", "meta", Map.of("key", "pkttype")));

    private Extensions() {}

    static Truth holds(Value extension, Rule rule, Ruleset ruleset, Condition condition) {
        String name = extension.get("name").text();
        if (extension.get("type").text().equals("target") || name.equals("comment")) {
            return Truth.YES;
        }
        if (OF_OTHER_PROTOCOLS.contains(name)) {
            return Truth.NO;
        }
        Spelling spelling = SPELLINGS.get(name);
        if (spelling == null) {
            return Truth.UNKNOWN;
        }
        Matcher spelled = spelling.text().matcher(ruleset.text(rule));
        if (!spelled.find()) {
            // Without iptables nft leaves it out.
            return Truth.UNKNOWN;
        }
        return condition.holds(
                spelled.group(1) == null ? "==" : "!=",
                new Value(spelling.part()),
                new Value(List.of(spelled.group(2).split(",", -1))));
    }
}
