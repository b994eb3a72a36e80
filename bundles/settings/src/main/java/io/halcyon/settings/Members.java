package io.halcyon.settings;

import java.util.ArrayList;
import java.util.List;

/**
 * Members of a list as one text: separated by commas or line ends, which quotes protect.
 *
 * <p>A quote opens at the beginning of a word only, so {@code it's} is a word. Quotes around a whole member are taken off;
 * a doubled quote inside them is one quote. Quotes around a part of a member belong to it.
 */
final class Members {

    /** A list that cannot be taken apart. */
    static final String UNCLOSED = "a list in which every quote is closed";

    private Members() {}

    /** Takes a list apart; empty members are left out. */
    static List<String> split(String text) throws NotAllowed {
        List<String> members = new ArrayList<>();
        StringBuilder member = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (isQuote(c) && opensWord(member)) {
                quote = c;
            } else if (c == ',' || c == '\n') {
                add(members, member);
                continue;
            }
            member.append(c);
        }
        if (quote != 0) {
            throw new NotAllowed(UNCLOSED);
        }
        add(members, member);
        return members;
    }

    /** Puts a list together so that {@link #split} gives the same members. */
    static String join(List<String> members) {
        return String.join(", ", members.stream().map(Members::quoted).toList());
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }

    /** After a quote too: the second of a doubled quote opens the quotation again. */
    private static boolean opensWord(StringBuilder member) {
        return member.isEmpty()
                || Character.isWhitespace(member.charAt(member.length() - 1))
                || isQuote(member.charAt(member.length() - 1));
    }

    private static void add(List<String> members, StringBuilder member) {
        String text = unquoted(member.toString().strip());
        if (!text.isEmpty()) {
            members.add(text);
        }
        member.setLength(0);
    }

    private static String unquoted(String member) {
        if (member.length() < 2 || !isQuote(member.charAt(0))) {
            return member;
        }
        String quote = member.substring(0, 1);
        String inner = member.substring(1, member.length() - 1);
        boolean whole =
                member.endsWith(quote) && !inner.replace(quote + quote, "").contains(quote);
        return whole ? inner.replace(quote + quote, quote) : member;
    }

    private static String quoted(String member) {
        boolean plain = member.chars().noneMatch(c -> c == ',' || c == '\n' || c == '"' || c == '\'');
        return plain && member.equals(member.strip()) ? member : '"' + member.replace("\"", "\"\"") + '"';
    }
}
