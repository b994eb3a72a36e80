package io.halcyon.linux.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process may do beyond an ordinary user, {@code capabilities(7)}. What it starts may do the same under a service manager. */
final class Capabilities {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String EFFECTIVE = "CapEff:";

    private Capabilities() {}

    /** Whether this process has any. */
    static boolean held() throws IOException {
        return heldIn(Files.readString(STATUS));
    }

    /** Whether there is any in the text of such a file. */
    static boolean heldIn(String status) {
        return status.lines()
                .filter(line -> line.startsWith(EFFECTIVE))
                .anyMatch(line -> Long.parseUnsignedLong(
                                line.substring(EFFECTIVE.length()).strip(), 16)
                        != 0);
    }
}
