package io.halcyon.check.http;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A field of a request's header.
 *
 * @param name of the field
 * @param value without blanks around it
 */
record HeaderField(String name, String value) {

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]{0,8000}");
    private static final Set<String> OURS =
            Set.of("host", "connection", "content-length", "transfer-encoding", "te", "upgrade", "accept-encoding");

    /**
     * Reads {@code NAME: VALUE}.
     *
     * @throws IllegalArgumentException saying what is allowed, without the value, which may be a secret
     */
    static HeaderField of(String text) {
        int colon = text.indexOf(':');
        var name = colon < 0 ? "" : text.substring(0, colon).strip();
        var value = text.substring(colon + 1).strip();
        if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("NAME: VALUE in printable ASCII");
        }
        if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("any but " + name + ", which follows from the other keys");
        }
        return new HeaderField(name, value);
    }
}
