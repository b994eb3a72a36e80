package io.halcyon.check.engine;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a verdict does to the priority of whoever tracks it.
 *
 * @param value -253..253
 * @param reverse whether success and failure are swapped
 */
record Weight(int value, boolean reverse) {

    static final String ALLOWED = "-253..253, followed by 'reverse' or nothing";

    private static final Pattern FORM = Pattern.compile("\\s*([+-]?\\d{1,3})(\\s+reverse)?\\s*");
    private static final int LIMIT = 253;

    /** As keepalived writes it, such as {@code -20} or {@code 2 reverse}; null if it is nothing of the kind. */
    static @Nullable Weight parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        int value = Integer.parseInt(matcher.group(1));
        return Math.abs(value) > LIMIT ? null : new Weight(value, matcher.group(2) != null);
    }
}
