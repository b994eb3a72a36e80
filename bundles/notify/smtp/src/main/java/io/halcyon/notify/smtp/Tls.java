package io.halcyon.notify.smtp;

import java.util.Locale;

/** How the connection to the server is protected. */
enum Tls {
    NONE(25),
    STARTTLS(25),
    SMTPS(465);

    private final int usualPort;

    Tls(int usualPort) {
        this.usualPort = usualPort;
    }

    static Tls ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    int usualPort() {
        return usualPort;
    }
}
