package io.halcyon.check.composite;

import io.halcyon.api.check.Health;
import io.halcyon.api.check.Verdict;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Another check that a composite looks at. Immutable.
 *
 * @param name name of the check
 * @param weight how much it counts
 * @param reverse whether success and failure are swapped
 */
record Member(String name, int weight, boolean reverse) {

    static final String FORM = "NAME [weight 1-1000] [reverse]";

    private static final int MOST_WEIGHT = 1_000;

    /** Null if it is nothing of the kind. */
    static @Nullable Member parse(String text) {
        var words = new ArrayDeque<>(Arrays.asList(text.strip().split("\\s+")));
        var name = words.removeFirst();
        int weight = 1;
        boolean reverse = false;
        if (words.size() >= 2 && words.getFirst().equals("weight")) {
            words.removeFirst();
            weight = weight(words.removeFirst());
        }
        if (!words.isEmpty() && words.getFirst().equals("reverse")) {
            words.removeFirst();
            reverse = true;
        }
        return name.isEmpty() || weight < 0 || !words.isEmpty() ? null : new Member(name, weight, reverse);
    }

    private static int weight(String text) {
        int weight = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
        return weight < 1 || weight > MOST_WEIGHT ? -1 : weight;
    }

    /** What the verdict means here; without one nobody knows. */
    Health standing(@Nullable Verdict verdict) {
        if (verdict == null || verdict.health() == Health.UNKNOWN) {
            return Health.UNKNOWN;
        }
        if (!reverse) {
            return verdict.health();
        }
        return verdict.health() == Health.DOWN ? Health.UP : Health.DOWN;
    }
}
