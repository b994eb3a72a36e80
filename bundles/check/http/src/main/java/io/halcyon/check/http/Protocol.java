package io.halcyon.check.http;

/** Version of the requests. */
enum Protocol {
    HTTP_1_0("1.0", "HTTP/1.0"),
    HTTP_1_0_CLOSE("1.0C", "HTTP/1.0"),
    HTTP_1_1("1.1", "HTTP/1.1"),
    HTTP_2("2", "HTTP/2");

    private final String key;
    private final String line;

    Protocol(String key, String line) {
        this.key = key;
        this.line = line;
    }

    static Protocol of(String key) {
        for (var protocol : values()) {
            if (protocol.key.equals(key)) {
                return protocol;
            }
        }
        throw new IllegalArgumentException("1.0, 1.0C, 1.1 or 2");
    }

    /** What ALPN offers. */
    String[] applicationProtocols() {
        return switch (this) {
            case HTTP_1_0, HTTP_1_0_CLOSE -> new String[0];
            case HTTP_1_1 -> new String[] {"http/1.1"};
            case HTTP_2 -> new String[] {"h2"};
        };
    }

    /** As in a request line. */
    String line() {
        return line;
    }
}
