package io.halcyon.check.haproxy;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What HAProxy tells of itself ({@code show info}). Immutable.
 *
 * @param version of HAProxy
 * @param pid of the process that answered
 * @param stopping whether it only finishes what it has, after a reload or a soft stop
 * @param connections now
 * @param mostConnections of them, 0 if it does not say
 */
record RunningProcess(String version, String pid, boolean stopping, long connections, long mostConnections) {

    /** Null if it is something else. */
    static @Nullable RunningProcess parse(String text) {
        var pid = value(text, "Pid");
        if (!value(text, "Name").equals("HAProxy") || pid.isEmpty()) {
            return null;
        }
        return new RunningProcess(
                value(text, "Version"),
                pid,
                number(text, "Stopping") > 0,
                number(text, "CurrConns"),
                number(text, "Maxconn"));
    }

    private static String value(String text, String name) {
        var matcher = Pattern.compile("^" + name + ": ([^\\r\\n]{1,200})\\r?$", Pattern.MULTILINE)
                .matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static long number(String text, String name) {
        var value = value(text, name);
        return value.matches("\\d{1,15}") ? Long.parseLong(value) : 0;
    }
}
