package io.halcyon.check.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Digest that a body must have.
 *
 * @param algorithm name of it for the JDK
 * @param hex in lower-case hexadecimal digits
 */
record BodyDigest(String algorithm, String hex) {

    /**
     * Reads 32 or 64 hexadecimal digits.
     *
     * @throws IllegalArgumentException saying what is allowed
     */
    static BodyDigest of(String text) {
        if (text.matches("[0-9a-fA-F]{32}")) {
            return new BodyDigest("MD5", text.toLowerCase(Locale.ROOT));
        }
        if (text.matches("[0-9a-fA-F]{64}")) {
            return new BodyDigest("SHA-256", text.toLowerCase(Locale.ROOT));
        }
        throw new IllegalArgumentException("32 hexadecimal digits (MD5) or 64 (SHA-256)");
    }

    MessageDigest begin() {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    /** What is wrong with a body, null if nothing is. */
    @Nullable
    String faultOf(Body body) {
        var found = HexFormat.of().formatHex(body.digest());
        return found.equals(hex) ? null : algorithm + " of the body is " + found + ", expected is " + hex;
    }
}
