package io.halcyon.linux.process;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import io.halcyon.linux.LinuxException;

/**
 * Who runs a command. Immutable.
 *
 * @param name login name
 * @param uid its number
 * @param gid number of the group, the user's own unless another was named
 * @param home home directory
 */
public record ScriptUser(String name, int uid, int gid, String home) {

    private static final int BUFFER_BYTES = 16 * 1024;

    /** The user of this process. */
    public static ScriptUser current() {
        int uid = ProcessCalls.geteuid();
        try {
            return user("", uid, "uid " + uid);
        } catch (IllegalArgumentException e) {
            // A user without an entry in the user database, as in many containers.
            return new ScriptUser(Integer.toString(uid), uid, -1, "/");
        }
    }

    /**
     * Looks a user up; may take a while where the user database is remote.
     *
     * @param text {@code user}, {@code user group} or {@code user:group}; empty is {@link #current}
     * @throws IllegalArgumentException if there is no such user or group
     */
    public static ScriptUser of(String text) {
        if (text.isBlank()) {
            return current();
        }
        var parts = text.strip().split("[\\s:]+", 2);
        var user = user(parts[0], 0, "user " + parts[0]);
        return parts.length == 1 ? user : new ScriptUser(user.name, user.uid, group(parts[1]), user.home);
    }

    /** Whether this is the user that the process has anyway. */
    boolean isCurrent() {
        return uid == ProcessCalls.geteuid() && gid == current().gid;
    }

    private static ScriptUser user(String name, int uid, String what) {
        try (var entry = new Memory(128);
                var buffer = new Memory(BUFFER_BYTES);
                var found = new Memory(Native.POINTER_SIZE)) {
            int error = name.isEmpty()
                    ? ProcessCalls.getpwuid_r(uid, entry, buffer, BUFFER_BYTES, found)
                    : ProcessCalls.getpwnam_r(name, entry, buffer, BUFFER_BYTES, found);
            requireFound(error, found, what);
            // struct passwd: name, password, uid, gid, gecos, home, shell
            int p = Native.POINTER_SIZE;
            return new ScriptUser(
                    entry.getPointer(0).getString(0),
                    entry.getInt(2L * p),
                    entry.getInt(2L * p + 4),
                    entry.getPointer(3L * p + 8).getString(0));
        }
    }

    private static int group(String name) {
        try (var entry = new Memory(64);
                var buffer = new Memory(BUFFER_BYTES);
                var found = new Memory(Native.POINTER_SIZE)) {
            int error = ProcessCalls.getgrnam_r(name, entry, buffer, BUFFER_BYTES, found);
            requireFound(error, found, "group " + name);
            // struct group: name, password, gid, members
            return entry.getInt(2L * Native.POINTER_SIZE);
        }
    }

    /** The C function leaves a null pointer for "no such entry". */
    private static void requireFound(int error, Memory found, String what) {
        if (found.getPointer(0) == null) {
            throw new IllegalArgumentException(
                    error == 0 ? what + " is not known on this machine" : new LinuxException(what, error).getMessage());
        }
    }
}
