package io.halcyon.check.ping;

import org.jspecify.annotations.Nullable;

/** Errors of ICMP (RFC 792, RFC 1812 section 5.2.7.1) and ICMPv6 (RFC 4443 section 3) in words; null for what is no error. */
final class IcmpWords {

    private IcmpWords() {}

    static @Nullable String ofV4(int type, int code) {
        return switch (type) {
            case 3 -> unreachableV4(code);
            case 11 -> "time to live exceeded";
            case 12 -> "parameter problem";
            default -> null;
        };
    }

    static @Nullable String ofV6(int type, int code) {
        return switch (type) {
            case 1 -> unreachableV6(code);
            case 2 -> "packet too big";
            case 3 -> "hop limit exceeded";
            case 4 -> "parameter problem";
            default -> null;
        };
    }

    private static String unreachableV4(int code) {
        return switch (code) {
            case 0, 6, 11 -> "network unreachable";
            case 1, 7, 8, 12 -> "host unreachable";
            case 2 -> "protocol unreachable";
            case 3 -> "port unreachable";
            case 4 -> "fragmentation needed";
            case 9, 10, 13 -> "prohibited";
            default -> "unreachable";
        };
    }

    private static String unreachableV6(int code) {
        return switch (code) {
            case 0 -> "no route";
            case 1, 5, 6 -> "prohibited";
            case 3 -> "address unreachable";
            case 4 -> "port unreachable";
            default -> "unreachable";
        };
    }
}
