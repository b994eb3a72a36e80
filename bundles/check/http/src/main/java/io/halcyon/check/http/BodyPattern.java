package io.halcyon.check.http;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression that must, or must not, be found in a body.
 *
 * @param pattern the expression
 * @param absent whether it must not be found
 * @param from first character of the body that is looked at
 * @param to end of what is looked at, 0 for the end of the body
 */
record BodyPattern(Pattern pattern, boolean absent, int from, int to) {

    /** Some expressions take for ever on some bodies, and this runs on the thread of all checks: a tenth of a second. */
    private static final int STEPS_MOST = 10_000_000;

    private static final Map<String, Integer> OPTIONS = Map.of(
            "caseless", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE,
            "dotall", Pattern.DOTALL,
            "extended", Pattern.COMMENTS,
            "literal", Pattern.LITERAL,
            "multiline", Pattern.MULTILINE,
            "ucp", Pattern.UNICODE_CHARACTER_CLASS);

    /**
     * Reads the options of keepalived that have a meaning here.
     *
     * @throws IllegalArgumentException saying what is allowed
     */
    static int flags(String[] options) {
        int flags = 0;
        for (var option : options) {
            var flag = OPTIONS.get(option.strip());
            if (flag == null) {
                throw new IllegalArgumentException("any of caseless, dotall, extended, literal, multiline, ucp");
            }
            flags |= flag;
        }
        return flags;
    }

    /**
     * Compiles an expression.
     *
     * @throws IllegalArgumentException saying what is allowed
     */
    static Pattern compile(String expression, int flags) {
        try {
            return Pattern.compile(expression, flags);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("a regular expression (" + e.getDescription() + ")", e);
        }
    }

    /** What is wrong with a body, null if nothing is. */
    @Nullable
    String faultOf(String body) {
        var matcher = pattern.matcher(new Counted(body));
        int end = to == 0 ? body.length() : Math.min(to, body.length());
        boolean found;
        try {
            found = from <= end && matcher.region(from, end).find();
        } catch (TooManySteps | StackOverflowError e) {
            return "regex takes too long on a body of " + body.length()
                    + " characters: make it simpler or look at less of the body (regex.max.offset)";
        }
        if (found == absent) {
            return absent ? "regex was found in the body" : "regex was not found in the body";
        }
        return null;
    }

    /** Counts the characters that the search looks at. */
    private static final class Counted implements CharSequence {

        private final CharSequence text;
        private int stepsLeft = STEPS_MOST;

        Counted(CharSequence text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (--stepsLeft < 0) {
                throw new TooManySteps();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    private static final class TooManySteps extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooManySteps() {
            super("too many steps", null, false, false);
        }
    }
}
