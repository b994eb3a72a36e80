package io.halcyon.notify.webhook;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Texts that must not be seen, whoever repeats them. Its own text shows none. */
final class Secrets {

    /** What is shorter is a word of everybody's. */
    private static final int SHORTEST = 4;

    private static final int LONGEST_SHOWN = 300;
    private static final int SHORTEST_PART = 10;
    private static final Pattern PART_END = Pattern.compile("[/?&=;]");

    private final List<String> hidden;

    /**
     * @param uri its path and query are secrets, as a whole and in parts
     * @param values secrets as they are
     */
    Secrets(URI uri, Collection<String> values) {
        var all = new LinkedHashSet<>(values);
        addParts(all, uri.getRawPath());
        addParts(all, uri.getPath());
        addParts(all, uri.getRawQuery());
        addParts(all, uri.getQuery());
        var sorted = new ArrayList<>(all);
        sorted.removeIf(value -> value.length() < SHORTEST);
        // Longer ones first: a shorter one may be a part of them.
        sorted.sort(Comparator.comparingInt(String::length).reversed());
        hidden = List.copyOf(sorted);
    }

    /** A text of somebody else's, without any of them. */
    String censor(String text) {
        var censored = text;
        for (var secret : hidden) {
            censored = censored.replace(secret, "***");
        }
        return censored;
    }

    /** The same in one line, shortened after it was censored: half a secret is one too. */
    String shown(String text) {
        var line = censor(text).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "...";
    }

    private static void addParts(Collection<String> all, @Nullable String text) {
        if (text == null) {
            return;
        }
        all.add(text);
        for (var part : PART_END.split(text, -1)) {
            if (part.length() >= SHORTEST_PART) {
                all.add(part);
            }
        }
    }
}
