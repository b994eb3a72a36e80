package io.halcyon.check.redis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who we are. Immutable.
 *
 * @param user name of the ACL user, empty for the default one
 * @param password its password, empty if we do not log in
 */
record Login(String user, String password) {

    private static final String MASK = "***";

    boolean isNone() {
        return password.isEmpty();
    }

    /** The command as an array of texts, since a password may have any bytes. */
    ByteBuffer command() {
        var words = user.isEmpty() ? List.of("AUTH", password) : List.of("AUTH", user, password);
        var text = new StringBuilder("*" + words.size() + "\r\n");
        for (var word : words) {
            int bytes = word.getBytes(StandardCharsets.UTF_8).length;
            text.append('$').append(bytes).append("\r\n").append(word).append("\r\n");
        }
        return ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** A text without the password, should a talkative server have repeated it. */
    String masked(String text) {
        return isNone() ? text : text.replace(password, MASK);
    }

    Map<String, String> masked(Map<String, String> details) {
        var masked = new TreeMap<>(details);
        masked.replaceAll((name, value) -> masked(value));
        return masked;
    }

    @Override
    public String toString() {
        return "Login[" + user + "]";
    }
}
