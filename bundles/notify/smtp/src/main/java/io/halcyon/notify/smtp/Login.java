package io.halcyon.notify.smtp;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Name and password for the server. Its text never shows the password. */
record Login(String user, String password) {

    /** A text of somebody else's, without the password in it, plain or as it goes over the wire (RFC 4616 and LOGIN). */
    String censor(String text) {
        var censored = text.replace(password, "***");
        for (var form : List.of(user + "\0" + user + "\0" + password, "\0" + user + "\0" + password, password)) {
            censored =
                    censored.replace(Base64.getEncoder().encodeToString(form.getBytes(StandardCharsets.UTF_8)), "***");
        }
        return censored;
    }

    @Override
    public String toString() {
        return "Login[" + user + "]";
    }
}
