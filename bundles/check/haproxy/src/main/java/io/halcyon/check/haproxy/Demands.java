package io.halcyon.check.haproxy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What must be true of proxies and servers, or HAProxy cannot do what it is there for. Immutable.
 *
 * @param serversUp least number of servers that work, by name of the backend
 * @param backup whether backup servers count
 * @param open names of frontends
 */
record Demands(Map<String, Integer> serversUp, boolean backup, Set<String> open) {

    private static final String EVERY = "*";
    private static final Pattern LEAST = Pattern.compile("(\\S+?)\\s*:\\s*(\\d{1,6})");

    Demands {
        serversUp = Map.copyOf(serversUp);
        open = Set.copyOf(open);
    }

    /**
     * Reads members such as {@code app:2}.
     *
     * @throws IllegalArgumentException saying what is allowed
     */
    static Map<String, Integer> serversUp(String[] members) {
        var least = new LinkedHashMap<String, Integer>();
        for (var member : members) {
            // A name may have colons itself: the last one counts.
            var form = LEAST.matcher(member.strip());
            if (!form.matches() || form.group(2).matches("0+")) {
                throw new IllegalArgumentException("NAME:N with N from 1 to 999999, such as app:2");
            }
            if (least.put(form.group(1), Integer.parseInt(form.group(2))) != null) {
                throw new IllegalArgumentException("each backend once, " + form.group(1) + " is there twice");
            }
        }
        return least;
    }

    /** Names without blanks around them. */
    static Set<String> names(String[] members) {
        var names = new LinkedHashSet<String>();
        Arrays.stream(members)
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .forEach(names::add);
        return names;
    }

    /** Whether anything is demanded at all, and so a table is needed. */
    boolean isEmpty() {
        return serversUp.isEmpty() && open.isEmpty();
    }

    /** What is not as it must be, a sentence each; none if all is well. How many servers work goes to the details. */
    List<String> unmetBy(Statistics statistics, Map<String, String> details) {
        var unmet = new ArrayList<String>();
        closed(statistics, unmet);
        thin(statistics, details, unmet);
        return unmet;
    }

    private void closed(Statistics statistics, List<String> unmet) {
        var missing = new LinkedHashSet<>(open);
        missing.remove(EVERY);
        for (var row : statistics.rows()) {
            if (row.kind() != Statistics.Kind.FRONTEND) {
                continue;
            }
            missing.remove(row.proxy());
            if ((open.contains(EVERY) || open.contains(row.proxy()))
                    && !row.status().equals("OPEN")) {
                unmet.add("frontend " + row.proxy() + " is " + row.status() + ", not OPEN");
            }
        }
        missing.stream().sorted().forEach(name -> unmet.add("there is no frontend " + name));
    }

    private void thin(Statistics statistics, Map<String, String> details, List<String> unmet) {
        var counts = new LinkedHashMap<String, int[]>();
        for (var row : statistics.rows()) {
            if (row.kind() == Statistics.Kind.SERVER && (backup || !row.backup())) {
                var count = counts.computeIfAbsent(row.proxy(), name -> new int[2]);
                count[0] += row.takesRequests() ? 1 : 0;
                count[1]++;
            }
        }
        counts.forEach((name, count) -> {
            details.put("backend." + name, count[0] + " of " + count[1] + " up");
            int least = serversUp.getOrDefault(name, serversUp.getOrDefault(EVERY, 0));
            if (count[0] < least) {
                unmet.add("backend " + name + " has " + count[0] + " of " + count[1] + " servers up, at least " + least
                        + " must be");
            }
        });
        serversUp.keySet().stream()
                .filter(name -> !name.equals(EVERY) && !counts.containsKey(name))
                .sorted()
                .forEach(name -> unmet.add("there is no backend " + name + " with servers"));
    }
}
