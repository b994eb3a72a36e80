package io.halcyon.host.doctor;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Whether a {@code match} of nftables (libnftables-json(5)) holds for an advertisement. What is not understood is unknown,
 * never guessed.
 *
 * @param sets elements of a named set, unknown ones as {@link Value#NOTHING}
 * @param untracked whether some rule takes packets out of connection tracking
 */
record Condition(Advert advert, Function<String, Value> sets, boolean untracked) {

    private static final List<String> OTHER_PROTOCOLS = List.of(
            "ip6", "tcp", "udp", "udplite", "icmp", "icmpv6", "igmp", "sctp", "dccp", "esp", "ah", "comp", "arp");

    private static final Set<String> BITWISE = Set.of("&", "|", "^", "<<", ">>");

    private static final List<String> NEVER_ITS_STATUS =
            List.of("snat", "dnat", "seen-reply", "assured", "expected", "dying");

    Truth holds(Value match) {
        return holds(match.get("op").text(), match.get("left"), match.get("right"));
    }

    Truth holds(String operator, Value left, Value right) {
        if (absent(left)) {
            return Truth.NO;
        }
        return switch (operator) {
            case "==", "in" -> equal(left, right);
            case "!=" -> equal(left, right).not();
            case "<" -> less(left, right);
            case ">=" -> less(left, right).not();
            case "<=" -> less(left, right).or(equal(left, right));
            case ">" -> less(left, right).or(equal(left, right)).not();
            default -> Truth.UNKNOWN;
        };
    }

    /** Headers and interfaces that the packet does not have: no comparison with them holds. */
    private boolean absent(Value left) {
        if (BITWISE.contains(left.key())) {
            // tcp flags & (fin|syn): the value may be any, the header is not there.
            List<Value> operands = left.get(left.key()).members();
            return !operands.isEmpty() && absent(operands.get(0));
        }
        String protocol = left.get("payload").get("protocol").text();
        String meta = left.get("meta").get("key").text();
        boolean otherSide = advert.incoming() ? meta.startsWith("oif") : meta.startsWith("iif");
        return OTHER_PROTOCOLS.contains(protocol)
                || otherSide
                || left.has("exthdr")
                || left.has("tcp option")
                || left.has("ip option");
    }

    private Truth less(Value left, Value right) {
        boolean ttl = left.get("payload").get("protocol").text().equals("ip")
                && left.get("payload").get("field").text().equals("ttl");
        return ttl && right.number() >= 0 ? Truth.of(Advert.TTL < right.number()) : Truth.UNKNOWN;
    }

    /** Whether the part of the packet is the right side, or one of its members. */
    private Truth equal(Value left, Value right) {
        if (left.has("concat")) {
            return any(right, one -> all(left.get("concat"), one.get("concat")));
        }
        if (left.has("payload")) {
            return payload(left.get("payload"), right);
        }
        if (left.has("meta")) {
            return meta(left.get("meta").get("key").text(), right);
        }
        if (left.has("ct")) {
            return connection(left.get("ct").get("key").text(), right);
        }
        return left.has("fib") ? route(left.get("fib"), right) : Truth.UNKNOWN;
    }

    private Truth all(Value parts, Value values) {
        if (parts.members().size() != values.members().size()) {
            return Truth.UNKNOWN;
        }
        Truth all = Truth.YES;
        for (int i = 0; i < parts.members().size(); i++) {
            all = all.and(equal(parts.members().get(i), values.members().get(i)));
        }
        return all;
    }

    private Truth payload(Value payload, Value right) {
        if (!payload.get("protocol").text().equals("ip")) {
            return Truth.UNKNOWN;
        }
        return switch (payload.get("field").text()) {
            case "saddr" -> address(advert.source(), right);
            case "daddr" -> address(Advert.GROUP, right);
            case "protocol" -> word(right, "vrrp", "112");
            case "ttl" -> word(right, Integer.toString(Advert.TTL));
            case "version" -> word(right, "4");
            default -> Truth.UNKNOWN;
        };
    }

    private Truth meta(String key, Value right) {
        return switch (key) {
            case "iif", "iifname", "oif", "oifname" -> any(right, one -> interfaceIs(one.text()));
            case "l4proto" -> word(right, "vrrp", "112");
            case "nfproto" -> word(right, "ipv4", "2");
            case "protocol" -> word(right, "ip");
                // What a packet that we send is called differs between hooks.
            case "pkttype" -> advert.incoming() ? word(right, "multicast") : Truth.UNKNOWN;
            default -> Truth.UNKNOWN;
        };
    }

    private Truth interfaceIs(String pattern) {
        return Truth.of(
                pattern.endsWith("*")
                        ? advert.networkInterface().startsWith(pattern.substring(0, pattern.length() - 1))
                        : advert.networkInterface().equals(pattern));
    }

    /** Nothing ever answers an advertisement, so its connection is new for ever. */
    private Truth connection(String key, Value right) {
        if (key.equals("status")) {
            // Nobody translates the addresses of advertisements.
            return any(right, one -> NEVER_ITS_STATUS.contains(one.text()) ? Truth.NO : Truth.UNKNOWN);
        }
        if (!key.equals("state")) {
            return Truth.UNKNOWN;
        }
        Truth fresh = word(right, "new");
        Truth bypassing = word(right, "untracked");
        if (!untracked || fresh == bypassing) {
            return fresh;
        }
        return Truth.UNKNOWN;
    }

    private Truth route(Value fib, Value right) {
        if (!fib.get("result").text().equals("type")) {
            return Truth.UNKNOWN;
        }
        boolean destination =
                fib.get("flags").members().stream().anyMatch(flag -> flag.text().equals("daddr"));
        return destination ? word(right, "multicast") : Truth.UNKNOWN;
    }

    private Truth word(Value right, String... names) {
        List<String> all = List.of(names);
        return any(right, one -> one.has("range") ? Truth.UNKNOWN : Truth.of(all.contains(one.text())));
    }

    private Truth address(AddressRange range, Value right) {
        return any(right, one -> rangeOf(one).contains(range));
    }

    private static AddressRange rangeOf(Value value) {
        Value prefix = value.get("prefix");
        if (value.has("prefix")) {
            return AddressRange.ofPrefix(
                    prefix.get("addr").text(), (int) prefix.get("len").number());
        }
        List<Value> ends = value.get("range").members();
        return ends.size() == 2
                ? AddressRange.between(ends.get(0).text(), ends.get(1).text())
                : AddressRange.of(value.text());
    }

    /** One of the members of a set, of a named set, or the value itself. */
    private Truth any(Value right, Function<Value, Truth> test) {
        Value members = right.has("set") ? right.get("set") : right;
        if (members.text().startsWith("@")) {
            members = sets.apply(members.text().substring(1));
            if (members.raw() == null) {
                return Truth.UNKNOWN;
            }
        }
        return members.members().stream()
                .map(one -> one.has("elem") ? one.get("elem").get("val") : one)
                .map(one -> one.text().equals("*") ? Truth.YES : test.apply(one))
                .reduce(Truth.NO, Truth::or);
    }
}
