package io.halcyon.check.smtp;

import java.util.List;
import java.util.Locale;

/**
 * A server's reply, RFC 5321 section 4.2. Immutable.
 *
 * @param code three digits
 * @param lines text of each line, without code and line end, fit for a person
 */
record Reply(int code, List<String> lines) {

    Reply {
        lines = List.copyOf(lines);
    }

    /** Whether an EHLO reply names a service. */
    boolean offers(String keyword) {
        // RFC 5321 section 4.1.1.1: the first line is a greeting; keywords may have parameters.
        return lines.stream().skip(1).anyMatch(line -> line.toUpperCase(Locale.ROOT)
                .matches(keyword + "( .*)?"));
    }

    boolean isPermanentRefusal() {
        return code >= 500;
    }

    /** The first line. */
    String text() {
        return lines.get(0);
    }
}
