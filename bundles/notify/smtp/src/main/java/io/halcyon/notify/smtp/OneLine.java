package io.halcyon.notify.smtp;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/** Texts of others, made fit for one line of a mail. */
final class OneLine {

    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss.SSS 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** Ends of lines of every kind, and what turns the direction of a text round so that it reads as another one. */
    private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]+");

    private static final int MOST = 4_000;

    /** RFC 5322 section 2.1.1: no line above 998 characters; a subject without blanks cannot be folded. */
    private static final int MOST_OF_SUBJECT = 200;

    private OneLine() {}

    static String of(String text) {
        return cut(UNFIT.matcher(text).replaceAll(" "), MOST);
    }

    static String subject(String text) {
        // RFC 2047: what looks like an encoded word would be decoded, into line ends if somebody likes.
        return cut(UNFIT.matcher(text).replaceAll(" ").replace("=?", "= ?"), MOST_OF_SUBJECT);
    }

    static String time(Instant at) {
        return WHEN.format(at);
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + " ...";
    }
}
