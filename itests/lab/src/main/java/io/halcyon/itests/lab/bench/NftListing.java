package io.halcyon.itests.lab.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The chains of a table as {@code nft list table} prints them.
 *
 * @param rules of each chain, in order
 */
record NftListing(String table, Map<String, List<String>> rules) {

    private static final Pattern TABLE = Pattern.compile("table (\\S+ \\S+) \\{");
    private static final Pattern CHAIN = Pattern.compile("\tchain (\\S+) \\{");
    private static final String RULE = "\t\t";
    private static final String HOOK = "type ";

    static NftListing parsed(String text) {
        var table = "";
        var rules = new LinkedHashMap<String, List<String>>();
        List<String> chain = null;
        for (var line : text.split("\n", -1)) {
            var tableHead = TABLE.matcher(line);
            var chainHead = CHAIN.matcher(line);
            if (tableHead.matches()) {
                table = tableHead.group(1);
            } else if (chainHead.matches()) {
                chain = rules.computeIfAbsent(chainHead.group(1), name -> new ArrayList<>());
            } else if (!line.startsWith(RULE)) {
                chain = null;
            } else if (chain != null && !line.startsWith(HOOK, RULE.length())) {
                chain.add(line.strip());
            }
        }
        return new NftListing(table, rules);
    }

    /** For each chain that is another one here, a line that makes it so from whatever it was. */
    List<String> changesFrom(NftListing before) {
        var lines = new ArrayList<String>();
        rules.forEach((chain, wanted) -> {
            if (!wanted.equals(before.rules.get(chain))) {
                var line = new StringBuilder("flush chain " + table + " " + chain);
                wanted.forEach(rule -> line.append("; add rule ")
                        .append(table)
                        .append(' ')
                        .append(chain)
                        .append(' ')
                        .append(rule));
                lines.add(line.toString());
            }
        });
        return lines;
    }
}
