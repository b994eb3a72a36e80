package io.halcyon.testkit;

import com.sun.jna.LastErrorException;

/** Files that nobody may write, not even root, as in many a container. Needs root. */
public final class ReadOnly {

    private ReadOnly() {}

    /** From here on the calling thread, and threads and processes that it starts, cannot write below a directory. */
    public static void directory(String path) {
        try {
            Namespaces.unshare(Namespaces.CLONE_NEWNS);
        } catch (LastErrorException refused) {
            throw new IllegalStateException(
                    "cannot make a mount namespace (tests tagged lab need root): " + refused.getMessage(), refused);
        }
        Command.line("mount --make-rprivate /");
        Command.line("mount --bind %1$s %1$s".formatted(path));
        Command.line("mount -o remount,bind,ro " + path);
    }
}
