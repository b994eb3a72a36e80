package io.halcyon.check.nginx;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What nginx's stub_status module tells.
 *
 * @param active connections now
 * @param accepted connections accepted since nginx started
 * @param handled of these, those it could handle
 * @param waiting idle connections now
 */
record StatusPage(long active, long accepted, long handled, long waiting) {

    private static final Pattern FORM = Pattern.compile(
            "Active connections: (\\d{1,18})\\s+server accepts handled requests\\s+(\\d{1,18}) (\\d{1,18}) \\d+\\s+"
                    + "Reading: \\d+ Writing: \\d+ Waiting: (\\d{1,18})\\s*");

    /** Null if it is not such a page. */
    static @Nullable StatusPage parse(String body) {
        var matcher = FORM.matcher(body);
        if (!matcher.matches()) {
            return null;
        }
        return new StatusPage(
                Long.parseLong(matcher.group(1)),
                Long.parseLong(matcher.group(2)),
                Long.parseLong(matcher.group(3)),
                Long.parseLong(matcher.group(4)));
    }

    /** Connections accepted but not handled since nginx started. */
    long dropped() {
        return accepted - handled;
    }
}
