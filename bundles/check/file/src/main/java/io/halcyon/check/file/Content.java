package io.halcyon.check.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a file has to say. Immutable.
 *
 * @param file the file
 * @param limitBytes more are never read
 * @param part text that must be in it, empty for none
 * @param pattern expression that must be found, or must not
 * @param inverted whether it must not
 */
record Content(Path file, int limitBytes, String part, @Nullable Pattern pattern, boolean inverted) {

    boolean asksNothing() {
        return part.isEmpty() && pattern == null;
    }

    /** The whole file, null if it has more bytes than allowed. What is not UTF-8 becomes a replacement character. */
    @Nullable
    String read() throws IOException {
        try (var in = Files.newInputStream(file)) {
            // The size that the file system tells may be wrong, as for everything in /proc.
            var bytes = in.readNBytes(limitBytes + 1);
            return bytes.length > limitBytes ? null : new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** What is wrong with the text, null if nothing is. */
    @Nullable
    String faultOf(String text, long deadlineNanos) throws InterruptedException {
        if (!text.contains(part)) {
            return file + " does not contain \"" + part + "\"";
        }
        if (pattern == null) {
            return null;
        }
        try {
            boolean found =
                    pattern.matcher(new GuardedText(text, deadlineNanos)).find();
            return found != inverted ? null : file + (found ? " matches " : " does not match ") + pattern;
        } catch (GuardedText.OutOfTimeException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return "regex " + pattern + " takes too long on " + file;
        } catch (StackOverflowError e) {
            return "regex " + pattern + " is too deep for " + file;
        }
    }

    /** Java's own words repeat the path and leave out what happened. */
    static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e instanceof FileSystemException named && named.getReason() != null
                ? named.getReason()
                : String.valueOf(e.getMessage());
    }
}
