package io.halcyon.notify.engine;

import java.util.Map;
import java.util.regex.Pattern;

/** Name of a notifier whose file is gone: it never becomes an object, but may have left a cursor. */
final class GhostName {

    private static final Pattern FILE =
            Pattern.compile(".*/" + Pattern.quote(NotifyKeys.PID) + "-(.+?)\\.(cfg|config|cfg\\.json)");

    private GhostName() {}

    static String of(Map<String, ?> properties) {
        var file = FILE.matcher(String.valueOf(properties.get("felix.fileinstall.filename")));
        return file.matches() ? file.group(1) : "";
    }
}
