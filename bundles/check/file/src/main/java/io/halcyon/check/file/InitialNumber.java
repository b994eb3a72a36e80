package io.halcyon.check.file;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes the first number into a file, once. */
final class InitialNumber {

    private final Path file;
    private final String text;
    private final boolean overwrite;
    private boolean written;

    InitialNumber(Path file, String text, boolean overwrite) {
        this.file = file;
        this.text = text;
        this.overwrite = overwrite;
    }

    void write() throws IOException {
        if (written) {
            return;
        }
        // A link could lead anywhere.
        OpenOption[] how = overwrite
                ? new OpenOption[] {
                    StandardOpenOption.WRITE,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    LinkOption.NOFOLLOW_LINKS
                }
                : new OpenOption[] {StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW};
        try {
            Files.writeString(file, text + "\n", how);
        } catch (FileAlreadyExistsException e) {
            if (overwrite) {
                throw e;
            }
        }
        written = true;
    }
}
