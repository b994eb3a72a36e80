package io.halcyon.notify.syslog;

import io.halcyon.notify.syslog.Style.Header;
import io.halcyon.spi.keys.KeyValue;
import java.util.List;
import java.util.regex.Pattern;

/** Turns keys into a style, or says what is allowed. */
final class StyleKeys {

    /** By their numbers, RFC 5424 table 1; 12 to 15 have no name that everybody knows. */
    private static final List<String> FACILITIES = List.of(
            "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp");

    private static final int LOCAL0 = 16;
    private static final Pattern APP_NAME = Pattern.compile("[!-~&&[^\\[\\]:]]{1,48}");
    private static final Pattern HOST_NAME = Pattern.compile("[!-~]{0,255}");
    private static final Pattern STRUCTURED_ID = Pattern.compile("[!-~&&[^=\\]\"@]]{1,26}(@[0-9]{1,5}(\\.[0-9]+)*)?");
    private static final int LONGEST_STRUCTURED_ID = 32;

    /** What RFC 5424 section 6.1 asks every receiver to take. */
    private static final int LEAST_BYTES = 480;
    /** What RFC 5426 section 3.2 wants receivers to take. */
    private static final int USUAL_DATAGRAM_BYTES = 2_048;

    private static final int USUAL_BYTES = 8_192;

    private StyleKeys() {}

    /**
     * Reads a style.
     *
     * @throws IllegalArgumentException naming the key and what is allowed
     */
    static Style read(SyslogKeys keys) {
        return new Style(
                facility(keys.facility()),
                matching(APP_NAME, "app.name", keys.app_name(), "1 to 48 visible ASCII characters, no [ ] and colon"),
                matching(HOST_NAME, "hostname", keys.hostname(), "at most 255 visible ASCII characters"),
                header(keys),
                keys.format().equals("keepalived"),
                keys.structured_data() ? structuredId(keys.structured_id()) : "",
                mostBytes(keys));
    }

    private static int facility(String word) {
        return word.startsWith("local") ? LOCAL0 + word.charAt(5) - '0' : FACILITIES.indexOf(word);
    }

    private static Header header(SyslogKeys keys) {
        boolean local = keys.transport().equals("local");
        if (keys.header().equals("rfc5424") || (keys.header().equals("auto") && !local)) {
            return Header.RFC5424;
        }
        return local ? Header.LOCAL : Header.RFC3164;
    }

    private static String structuredId(String id) {
        var allowed = "NAME@NUMBER with the number of an enterprise, at most 32 visible ASCII characters";
        if (id.length() > LONGEST_STRUCTURED_ID) {
            throw KeyValue.refused("structured.id", id, allowed);
        }
        return matching(STRUCTURED_ID, "structured.id", id, allowed);
    }

    private static int mostBytes(SyslogKeys keys) {
        int given = keys.message_max();
        if (given == 0) {
            return keys.transport().equals("udp") ? USUAL_DATAGRAM_BYTES : USUAL_BYTES;
        }
        if (given < LEAST_BYTES) {
            throw KeyValue.refused("message.max", String.valueOf(given), "0, or 480 and more");
        }
        return given;
    }

    private static String matching(Pattern pattern, String key, String value, String allowed) {
        if (!pattern.matcher(value).matches()) {
            throw KeyValue.refused(key, value, allowed);
        }
        return value;
    }
}
