package io.halcyon.host.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code nft -j list ruleset} prints; elements of named sets are asked for when a rule needs them. One thread owns it. */
final class Ruleset {

    /** Families whose rules see IPv4 packets. */
    private static final List<String> FAMILIES = List.of("ip", "inet");

    /** A chain; hook, type and policy are empty unless packets come to it by themselves. */
    record Chain(String family, String table, String name, String type, String hook, long priority, String policy) {

        String key() {
            return family + " " + table + " " + name;
        }

        @Override
        public String toString() {
            return "chain " + name + " of table " + family + " " + table;
        }
    }

    /** A rule: the statements that it is made of, in order. */
    record Rule(Chain chain, long handle, List<Value> statements) {

        /** How many packets it counted, -1 if it does not count. */
        long packets() {
            return statements.stream()
                    .filter(statement -> statement.has("counter"))
                    .mapToLong(
                            statement -> statement.get("counter").get("packets").number())
                    .findFirst()
                    .orElse(-1);
        }

        @Override
        public String toString() {
            return "rule with handle " + handle + " in " + chain;
        }
    }

    private final Commands commands;
    private final Map<String, Chain> chains = new HashMap<>();
    private final Map<String, List<Rule>> rules = new HashMap<>();
    private final Map<String, Value> sets = new HashMap<>();
    private boolean untracked;

    private Ruleset(Commands commands) {
        this.commands = commands;
    }

    static Ruleset read(Commands commands) throws IOException {
        Value all = Value.parse(commands.run(List.of("nft", "-j", "-t", "list", "ruleset")));
        Ruleset ruleset = new Ruleset(commands);
        all.get("nftables").members().forEach(ruleset::takeChain);
        all.get("nftables").members().forEach(ruleset::takeRule);
        return ruleset;
    }

    private void takeChain(Value object) {
        Value chain = object.get("chain");
        if (chain.has("name")) {
            Chain taken = new Chain(
                    chain.get("family").text(),
                    chain.get("table").text(),
                    chain.get("name").text(),
                    chain.get("type").text(),
                    chain.get("hook").text(),
                    chain.get("prio").number(),
                    chain.get("policy").text());
            chains.put(taken.key(), taken);
        }
    }

    private void takeRule(Value object) {
        Value rule = object.get("rule");
        String key = rule.get("family").text() + " " + rule.get("table").text() + " "
                + rule.get("chain").text();
        Chain chain = chains.get(key);
        if (chain != null) {
            List<Value> statements = rule.get("expr").members();
            untracked |= statements.stream().anyMatch(one -> one.has("notrack"));
            rules.computeIfAbsent(key, unused -> new ArrayList<>())
                    .add(new Rule(chain, rule.get("handle").number(), statements));
        }
    }

    /** Chains that packets come to at one of the hooks, in order; those that only translate addresses judge nothing. */
    List<Chain> atHook(String hook) {
        return chains.values().stream()
                .filter(chain -> chain.hook().equals(hook)
                        && FAMILIES.contains(chain.family())
                        && !chain.type().equals("nat"))
                .sorted(Comparator.comparingLong(Chain::priority).thenComparing(Chain::key))
                .toList();
    }

    List<Rule> rules(Chain chain) {
        return rules.getOrDefault(chain.key(), List.of());
    }

    /** A chain of the same table. */
    Optional<Chain> beside(Chain chain, String name) {
        return Optional.ofNullable(chains.get(chain.family() + " " + chain.table() + " " + name));
    }

    /** Elements of a set of that table, {@link Value#NOTHING} if they cannot be had. */
    Value elements(Chain chain, String set) {
        return sets.computeIfAbsent(chain.family() + " " + chain.table() + " " + set, unused -> {
            try {
                String listed = commands.run(List.of("nft", "-j", "list", "set", chain.family(), chain.table(), set));
                return Value.parse(listed).get("nftables").members().stream()
                        .filter(object -> object.has("set"))
                        .findFirst()
                        .map(object -> object.get("set").has("elem")
                                ? object.get("set").get("elem")
                                : new Value(List.of()))
                        .orElse(Value.NOTHING);
            } catch (IOException e) {
                return Value.NOTHING;
            }
        });
    }

    /** A rule as nft writes it for people, empty if it cannot be had. */
    String text(Rule rule) {
        Chain chain = rule.chain();
        try {
            String listed =
                    commands.run(List.of("nft", "-a", "list", "chain", chain.family(), chain.table(), chain.name()));
            return listed.lines()
                    .filter(line -> line.endsWith("# handle " + rule.handle()))
                    .reduce("", (first, last) -> last);
        } catch (IOException e) {
            return "";
        }
    }

    boolean untracked() {
        return untracked;
    }
}
