package io.halcyon.lvs.nftables;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Statements of nft(8) for one transaction that makes what the kernel has as it should be, and touches nothing that is right
 * already. Whatever is added does no harm where it is there.
 */
final class Statements {

    private static final String TABLE = "inet " + Names.TABLE + " ";

    // In this order, over all services: rules and elements name what was added before, and what goes is named by no
    // rule any more.
    private final List<String> additions = new ArrayList<>();
    private final List<String> rules = new ArrayList<>();
    private final List<String> removals = new ArrayList<>();

    /** Adds what one service, or what all share, lacks, and removes what is too much. */
    void change(Part found, Plan wanted) {
        wanted.counters().stream()
                .filter(name -> !found.counters().contains(name))
                .forEach(name -> additions.add("add counter " + TABLE + name));
        wanted.sets().forEach((name, definition) -> {
            if (!found.sets().contains(name)) {
                additions.add("add set " + TABLE + name + " " + definition);
            }
        });
        wanted.chains().forEach((name, content) -> {
            var marks = content.stream().map(Rule::mark).toList();
            if (!marks.equals(found.chains().get(name))) {
                additions.add("add chain " + TABLE + name + " " + wanted.hook(name));
                rules.add("flush chain " + TABLE + name);
                content.forEach(rule ->
                        rules.add("add rule " + TABLE + name + " " + rule.text() + " comment \"" + rule.mark() + "\""));
            }
        });
        remove("chain", found.chains().keySet(), wanted.chains().keySet());
        remove("set", found.sets(), wanted.sets().keySet());
        remove("counter", found.counters(), wanted.counters());
    }

    /** Adds a statement, about what is added by the others or is there. */
    void add(String statement) {
        rules.add(statement);
    }

    private void remove(String kind, Set<String> found, Set<String> wanted) {
        found.stream().filter(name -> !wanted.contains(name)).sorted().forEach(name -> {
            if (kind.equals("chain")) {
                additions.add("add chain " + TABLE + name);
                rules.add("flush chain " + TABLE + name);
            }
            removals.add("delete " + kind + " " + TABLE + name);
        });
    }

    boolean isEmpty() {
        return additions.isEmpty() && rules.isEmpty() && removals.isEmpty();
    }

    String text() {
        var lines = new ArrayList<String>();
        lines.add("add table " + TABLE);
        lines.addAll(additions);
        lines.addAll(rules);
        // Chains go before the sets and counters that their rules name.
        removals.stream().filter(line -> line.startsWith("delete chain")).forEach(lines::add);
        removals.stream().filter(line -> !line.startsWith("delete chain")).forEach(lines::add);
        return String.join("\n", lines) + "\n";
    }
}
