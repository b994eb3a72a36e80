package io.halcyon.notify.smtp;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Name and password for the server. Its text never shows the password. */
record Login(String user, String password) {

    /** A text of somebody else's, without the password in it, plain or as it goes over the wire. */
    String censor(String text) {
        var encoded = Base64.getEncoder().encodeToString(password.getBytes(StandardCharsets.UTF_8));
        return text.replace(password, "***").replace(encoded, "***");
    }

    @Override
    public String toString() {
        return "Login[" + user + "]";
    }
}
