package io.halcyon.settings;

import java.util.Collection;
import java.util.Locale;

/** Finds what a person probably meant. */
final class Nearest {

    private Nearest() {}

    /** The candidate with the fewest differences, empty if all are too far away. */
    static String to(String word, Collection<String> candidates) {
        String spelled = spelled(word);
        int fewest = Math.max(2, spelled.length() / 3) + 1;
        String nearest = "";
        for (String candidate : candidates) {
            int differences = distance(spelled, spelled(candidate));
            if (differences < fewest) {
                fewest = differences;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** keepalived writes {@code virtual_router_id}. */
    private static String spelled(String word) {
        return word.toLowerCase(Locale.ROOT).replace('_', '.').replace('-', '.');
    }

    /** Levenshtein's distance: how many characters to insert, delete or replace. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
