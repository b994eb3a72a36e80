package io.halcyon.console.shell.command;

import java.util.List;

/** Ids of events, as typed. */
final class Ids {

    private Ids() {}

    static List<Long> of(List<String> words) {
        return words.stream().map(Ids::id).toList();
    }

    private static Long id(String word) {
        String digits = word.startsWith("#") ? word.substring(1) : word;
        if (!digits.matches("\\d{1,18}")) {
            throw new IllegalArgumentException("id " + word + " is refused: allowed is the number of an event");
        }
        return Long.valueOf(digits);
    }
}
