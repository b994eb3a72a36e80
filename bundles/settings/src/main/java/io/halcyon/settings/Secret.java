package io.halcyon.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Secrets: which keys are, what may stand inline, and files that hold one. Their values never get into a message. */
final class Secret {

    static final String MASK = "***";
    static final String FILE_SUFFIX = ".file";

    private static final int MAX_BYTES = 4096;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private Secret() {}

    /** Whether a key that no schema knows probably holds a secret: better a mask too many. */
    static boolean looksLikeOne(String key) {
        String name = key.toLowerCase(Locale.ROOT);
        return !name.endsWith(FILE_SUFFIX)
                && (name.contains("pass") || name.contains("secret") || name.contains("token"));
    }

    /** FileInstall replaces <code>${x}</code> and eats backslashes: such a secret would arrive as another one. */
    static void requireInline(String key, String written) throws NotAllowed {
        if (written.contains("${") || written.indexOf('\\') >= 0) {
            throw new NotAllowed(
                    "a text without ${ and backslash; put it into a file that only its owner can read and give " + key
                            + FILE_SUFFIX + " = PATH");
        }
    }

    /** The secret in a file, without the line end. */
    static String read(String path) throws NotAllowed {
        try {
            Path file = Path.of(path);
            requirePrivate(file);
            String secret = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (secret.isEmpty()) {
                throw new NotAllowed("a file that holds the secret; this one is empty");
            }
            return secret;
        } catch (InvalidPathException e) {
            throw new NotAllowed("the absolute path of a file");
        } catch (IOException e) {
            throw new NotAllowed(
                    "a file with text that can be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static void requirePrivate(Path file) throws IOException, NotAllowed {
        if (!file.isAbsolute()) {
            throw new NotAllowed("the absolute path of a file");
        }
        if (!Files.isRegularFile(file)) {
            throw new NotAllowed("the path of a file that exists");
        }
        if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            throw new NotAllowed("a file that only its owner can read; cure: chmod 600 " + file);
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new NotAllowed("a file of at most " + MAX_BYTES + " bytes");
        }
    }
}
