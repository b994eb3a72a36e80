package io.halcyon.notify.smtp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine's own name. */
final class HostName {

    private HostName() {}

    /** Asks the kernel, not the resolver: a node without DNS has a name too, and nobody waits for it. */
    static String read() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "localhost";
        }
    }
}
