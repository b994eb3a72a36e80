package io.halcyon.linux.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The group of a command that leads its own session. Its number cannot be given to anybody else while the leader has not
 * been waited for, so signals must be sent before that.
 */
record ProcessGroup(int leader) {

    /** Also wakes stopped members, which would keep TERM pending for ever. */
    void terminate() {
        ProcessCalls.kill(-leader, Signals.TERM);
        ProcessCalls.kill(-leader, Signals.CONT);
    }

    void kill() {
        ProcessCalls.kill(-leader, Signals.KILL);
    }

    /** Whether anybody but the leader lives in it. Reads /proc, so it is for the rare case of a command timed out. */
    boolean hasOtherMembers() throws IOException {
        try (var entries = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var entry : entries) {
                if (isOtherMember(entry)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isOtherMember(Path entry) {
        if (entry.endsWith(Integer.toString(leader))) {
            return false;
        }
        try {
            var stat = Files.readString(entry.resolve("stat"), StandardCharsets.ISO_8859_1);
            // pid (name) state parent group ...; the name may contain anything, also parentheses
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 4);
            return Integer.parseInt(fields[2]) == leader && !fields[0].equals("Z");
        } catch (IOException gone) {
            return false;
        }
    }
}
