package io.halcyon.host.doctor;

import io.halcyon.host.doctor.Ruleset.Chain;
import io.halcyon.host.doctor.Ruleset.Rule;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way of one advertisement through a chain: all that may become of it. One thread owns it.
 *
 * <p>Where a rule may or may not apply, both are followed, so what all ways have in common is certain.
 */
final class Passage {

    /** What may become of a packet; {@code FALL}: the next rule sees it, {@code LEAVE}: the chain is left without a verdict. */
    enum Fate {
        ACCEPT,
        DROP,
        FALL,
        LEAVE
    }

    private static final int DEEPEST = 16;
    private static final List<String> ACCEPTING = List.of("accept", "snat", "dnat", "masquerade", "redirect");

    private final Ruleset ruleset;
    private final Advert advert;
    private @Nullable Object culprit;
    private @Nullable Rule doubt;

    Passage(Ruleset ruleset, Advert advert) {
        this.ruleset = ruleset;
        this.advert = advert;
    }

    /** What may become of it in a chain that packets come to by themselves. */
    Set<Fate> through(Chain chain) {
        Set<Fate> fates = walk(chain, 0);
        if (fates.remove(Fate.LEAVE)) {
            boolean drops = chain.policy().equals("drop");
            fates.add(drops ? Fate.DROP : Fate.ACCEPT);
            culprit = drops ? "policy" : culprit;
        }
        return fates;
    }

    /** What dropped it last: a {@link Rule}, or else the chain's policy. */
    @Nullable
    Rule culprit() {
        return culprit instanceof Rule rule ? rule : null;
    }

    /** The first rule of which we do not know whether it applies. */
    @Nullable
    Rule doubt() {
        return doubt;
    }

    private Set<Fate> walk(Chain chain, int depth) {
        Set<Fate> fates = EnumSet.noneOf(Fate.class);
        for (Rule rule : ruleset.rules(chain)) {
            Set<Fate> ofRule = apply(rule, depth);
            boolean goesOn = ofRule.remove(Fate.FALL);
            fates.addAll(ofRule);
            if (!goesOn) {
                return fates;
            }
        }
        fates.add(Fate.LEAVE);
        return fates;
    }

    private Set<Fate> apply(Rule rule, int depth) {
        Condition condition = new Condition(advert, set -> ruleset.elements(rule.chain(), set), ruleset.untracked());
        Truth applies = Truth.YES;
        Set<Fate> fates = EnumSet.of(Fate.FALL);
        for (Value statement : rule.statements()) {
            Truth holds = holds(rule, statement, condition);
            applies = applies.and(holds);
            if (applies == Truth.NO) {
                return EnumSet.of(Fate.FALL);
            }
            if (!statement.has("match")) {
                fates = fates(rule, statement, condition, depth, fates);
            }
        }
        boolean verdict = !fates.equals(EnumSet.of(Fate.FALL));
        if (applies == Truth.UNKNOWN) {
            fates.add(Fate.FALL);
            doubt = doubt == null && verdict ? rule : doubt;
        }
        return fates;
    }

    private Truth holds(Rule rule, Value statement, Condition condition) {
        return switch (statement.key()) {
            case "match" -> condition.holds(statement.get("match"));
                // They hold now and then.
            case "limit", "quota", "ct count", "meter" -> Truth.UNKNOWN;
            case "set" -> statement.get("set").has("stmt") ? Truth.UNKNOWN : Truth.YES;
            case "xt" -> Extensions.holds(statement.get("xt"), rule, ruleset, condition);
            default -> Truth.YES;
        };
    }

    private Set<Fate> fates(Rule rule, Value statement, Condition condition, int depth, Set<Fate> before) {
        String key = statement.key();
        if (ACCEPTING.contains(key)) {
            return EnumSet.of(Fate.ACCEPT);
        }
        return switch (key) {
            case "drop", "reject" -> drop(rule);
            case "return" -> EnumSet.of(Fate.LEAVE);
            case "jump" -> jump(rule, statement.get("jump"), false, depth);
            case "goto" -> jump(rule, statement.get("goto"), true, depth);
            case "vmap" -> lookup(rule, statement.get("vmap"), condition, depth);
            case "xt" -> extension(rule, statement.get("xt"), before);
            case "queue", "fwd", "synproxy" -> EnumSet.of(Fate.ACCEPT, Fate.DROP);
            default -> before;
        };
    }

    private Set<Fate> drop(Rule rule) {
        culprit = rule;
        return EnumSet.of(Fate.DROP);
    }

    private Set<Fate> jump(Rule rule, Value jump, boolean forGood, int depth) {
        Chain target = ruleset.beside(rule.chain(), jump.get("target").text()).orElse(null);
        if (target == null || depth == DEEPEST) {
            return EnumSet.of(Fate.ACCEPT, Fate.DROP, Fate.FALL);
        }
        Set<Fate> fates = walk(target, depth + 1);
        if (!forGood && fates.remove(Fate.LEAVE)) {
            fates.add(Fate.FALL);
        }
        return fates;
    }

    /** A map from a part of the packet to verdicts. */
    private Set<Fate> lookup(Rule rule, Value map, Condition condition, int depth) {
        Set<Fate> fates = EnumSet.noneOf(Fate.class);
        Value entries = map.get("data").get("set");
        if (!entries.isList()) {
            return EnumSet.of(Fate.ACCEPT, Fate.DROP, Fate.FALL);
        }
        for (Value entry : catchAllLast(entries.members())) {
            Value key = entry.members().get(0);
            Truth hit = condition.holds("==", map.get("key"), key);
            if (hit != Truth.NO) {
                Value verdict = entry.members().get(1);
                fates.addAll(fates(rule, verdict, condition, depth, EnumSet.of(Fate.FALL)));
            }
            if (hit == Truth.YES) {
                return fates;
            }
        }
        fates.add(Fate.FALL);
        return fates;
    }

    private static List<Value> catchAllLast(List<Value> entries) {
        return entries.stream()
                .sorted(Comparator.comparing(
                        entry -> entry.members().get(0).text().equals("*")))
                .toList();
    }

    /** An extension of iptables: a match of which we know no more than its name, or a target. */
    private Set<Fate> extension(Rule rule, Value extension, Set<Fate> before) {
        if (extension.get("type").text().equals("match")) {
            return before;
        }
        return switch (extension.get("name").text()) {
            case "REJECT" -> drop(rule);
            case "LOG", "NFLOG", "MARK", "CT", "TRACE" -> before;
            default -> EnumSet.of(Fate.ACCEPT, Fate.DROP, Fate.FALL);
        };
    }
}
