package io.halcyon.lvs.nftables;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A rule that we write.
 *
 * @param text what it does, as nft reads it
 * @param mark its comment: by this we know it again, without reading what the kernel made of it
 */
record Rule(String text, String mark) {

    private static final int MARK_BYTES = 8;

    static Rule of(String text) {
        return of(text, text);
    }

    /**
     * A rule that may be written in several ways.
     *
     * @param meaning the same for all of them
     */
    static Rule of(String text, String meaning) {
        return new Rule(text, mark(meaning));
    }

    private static String mark(String meaning) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(meaning.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, MARK_BYTES);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
