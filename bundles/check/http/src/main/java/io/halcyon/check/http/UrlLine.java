package io.halcyon.check.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A member of the list {@code url}: a path, and words {@code KEY=VALUE} behind it.
 *
 * @param path with its query
 * @param words what is said for this path only
 */
record UrlLine(String path, Map<String, String> words) {

    static final String ALLOWED = "a path that begins with /, percent-encoded, and behind it any of status=200-299|404,"
            + " digest=HEX, virtualhost=NAME, json=POINTER=VALUE, regex=EXPRESSION (last, it may contain blanks)";

    private static final Pattern PATH = Pattern.compile("/[\\x21-\\x7e&&[^#]]{0,8000}|\\*");
    private static final Set<String> WORDS = Set.of("status", "digest", "virtualhost", "json", "regex");

    UrlLine {
        words = Map.copyOf(words);
    }

    /**
     * Takes a member apart.
     *
     * @throws IllegalArgumentException saying what is allowed
     */
    static UrlLine of(String member) {
        var rest = member.strip();
        int end = blank(rest);
        var path = rest.substring(0, end);
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException(ALLOWED);
        }
        Map<String, String> words = new HashMap<>();
        for (rest = rest.substring(end).strip();
                !rest.isEmpty();
                rest = rest.substring(end).strip()) {
            int equals = rest.indexOf('=');
            var word = equals < 0 ? rest : rest.substring(0, equals);
            end = word.equals("regex") ? rest.length() : blank(rest);
            if (!WORDS.contains(word)
                    || equals + 1 >= end
                    || words.put(word, rest.substring(equals + 1, end)) != null) {
                throw new IllegalArgumentException(ALLOWED);
            }
        }
        return new UrlLine(path, words);
    }

    @Nullable
    String word(String name) {
        return words.get(name);
    }

    private static int blank(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isWhitespace(text.charAt(i))) {
                return i;
            }
        }
        return text.length();
    }
}
