package io.halcyon.itests.karaf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** What a person wrote into an instance, so that two looks can be compared. */
final class UserFiles {

    private UserFiles() {}

    /** Time and hash by name. */
    static Map<String, String> of(Path etc) throws IOException {
        var files = new TreeMap<String, String>();
        try (var all = Files.newDirectoryStream(etc, "io.halcyon*")) {
            for (var file : all) {
                files.put(
                        file.getFileName().toString(),
                        Files.getLastModifiedTime(file) + " " + hash(Files.readAllBytes(file)));
            }
        }
        return files;
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
