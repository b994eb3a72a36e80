package io.halcyon.lvs.ipvs;

import java.io.IOException;
import java.util.function.Consumer;

/**
 * Ends connections of destinations that go. The kernel does it a moment after a destination is removed, if a sysctl says so
 * while it is removed; then it ends those of all destinations that are gone, whose packets it drops anyway.
 */
final class Ending {

    private final Sysctls sysctls;
    private final Consumer<String> trouble;

    /** Something that may fail. */
    interface Action<T> {
        T run() throws IOException;
    }

    Ending(Sysctls sysctls, Consumer<String> trouble) {
        this.sysctls = sysctls;
        this.trouble = trouble;
    }

    <T> T whileConnectionsEnd(Action<T> removal) throws IOException {
        boolean changed = set(1);
        try {
            return removal.run();
        } finally {
            if (changed) {
                set(0);
            }
        }
    }

    /** Whether it had another value. */
    private boolean set(int value) {
        try {
            if (sysctls.read(Sysctls.EXPIRE_NODEST_CONN) == value) {
                return false;
            }
            sysctls.write(Sysctls.EXPIRE_NODEST_CONN, value);
            return true;
        } catch (IOException e) {
            trouble.accept("connections of servers that left do not end: " + e.getMessage());
            return false;
        }
    }
}
