package io.halcyon.settings;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Turns the text of one value into what its member returns, or says what would have been allowed. */
final class Conversion {

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d{1,30}(\\.\\d{0,30})?|\\.\\d{1,30})");
    // A keyword alone on its line, as keepalived has nopreempt, means yes.
    private static final Set<String> YES = Set.of("true", "yes", "on", "");
    private static final Set<String> NO = Set.of("false", "no", "off");

    private Conversion() {}

    static Object convert(Schema.Member member, String text) throws NotAllowed {
        Key key = member.key();
        return switch (key.kind()) {
            case TEXT -> member.valueType().isEnum() ? constant(member, text) : option(key, text);
            case SECRET -> text;
            case BOOLEAN -> yesOrNo(key, text);
            case DECIMAL -> number(key, text).doubleValue();
            case INTEGER -> member.valueType() == long.class ? integer(key, text) : (Object) int32(key, text);
        };
    }

    /** What a key takes, for a person. */
    static String allowed(Key key) {
        String value =
                switch (key.kind()) {
                    case INTEGER -> "a whole number" + range(key);
                    case DECIMAL -> "a number" + range(key);
                    case BOOLEAN -> "true or false (also yes, no, on, off)";
                    case SECRET -> "a text, or " + key.name() + ".file with the path of a file that holds it";
                    case TEXT -> key.options().isEmpty() ? "a text" : "one of " + String.join(", ", key.options());
                };
        return key.list() ? "a list, each member " + value : value;
    }

    private static String range(Key key) {
        if (key.min() != null && key.max() != null) {
            return " from " + key.min() + " to " + key.max();
        }
        if (key.min() != null) {
            return ", at least " + key.min();
        }
        return key.max() == null ? "" : ", at most " + key.max();
    }

    private static String option(Key key, String text) throws NotAllowed {
        if (key.options().isEmpty()) {
            return text;
        }
        for (String option : key.options()) {
            if (option.equalsIgnoreCase(text)) {
                return option;
            }
        }
        throw new NotAllowed(allowed(key), Nearest.to(text, key.options()));
    }

    private static Object constant(Schema.Member member, String text) throws NotAllowed {
        List<?> constants = Arrays.asList(member.valueType().getEnumConstants());
        for (Object constant : constants) {
            if (((Enum<?>) constant).name().equalsIgnoreCase(text)) {
                return constant;
            }
        }
        throw new NotAllowed(
                allowed(member.key()), Nearest.to(text, member.key().options()));
    }

    private static boolean yesOrNo(Key key, String text) throws NotAllowed {
        String word = text.toLowerCase(Locale.ROOT);
        if (!YES.contains(word) && !NO.contains(word)) {
            throw new NotAllowed(allowed(key));
        }
        return YES.contains(word);
    }

    private static BigDecimal number(Key key, String text) throws NotAllowed {
        if (!NUMBER.matcher(text).matches()) {
            throw new NotAllowed(allowed(key));
        }
        BigDecimal number = new BigDecimal(text);
        boolean tooSmall = key.min() != null && number.compareTo(new BigDecimal(key.min())) < 0;
        boolean tooLarge = key.max() != null && number.compareTo(new BigDecimal(key.max())) > 0;
        if (tooSmall || tooLarge) {
            throw new NotAllowed(allowed(key));
        }
        return number;
    }

    private static long integer(Key key, String text) throws NotAllowed {
        try {
            return number(key, text).longValueExact();
        } catch (ArithmeticException e) {
            throw new NotAllowed(allowed(key));
        }
    }

    private static int int32(Key key, String text) throws NotAllowed {
        try {
            return Math.toIntExact(integer(key, text));
        } catch (ArithmeticException e) {
            throw new NotAllowed("a whole number from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE);
        }
    }
}
