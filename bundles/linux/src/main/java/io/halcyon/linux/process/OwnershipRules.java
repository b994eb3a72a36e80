package io.halcyon.linux.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Who may be able to change a file that runs with more rights than an ordinary user's: root, and the user that it runs as.
 * Every part of its path, symbolic links resolved, belongs to one of them and nobody else may write to it; directories with
 * the sticky bit may be writable, since there only the owner of a file can replace it.
 *
 * <p>Inside a user namespace the files of the real root appear as those of the overflow user; there the owner of {@code /}
 * counts as root too.
 */
public final class OwnershipRules {

    private static final int GROUP_OR_OTHERS_WRITE = 022;
    private static final int STICKY = 01000;
    private static final int EXECUTE = 0111;

    private OwnershipRules() {}

    /**
     * Finds the file that will really run and applies the rules.
     *
     * @param user whom it will run as
     * @param privileged whether it will be root or have capabilities; the rules for owners and modes are only for that
     * @return the path without symbolic links
     * @throws CommandRefusedException if it is missing, not executable, or somebody else could change it
     */
    public static Path check(Path file, ScriptUser user, boolean privileged) throws IOException {
        Path real;
        try {
            real = file.toRealPath();
        } catch (NoSuchFileException e) {
            throw new CommandRefusedException("file missing: " + file);
        }
        if (!Files.isRegularFile(real)) {
            throw new CommandRefusedException("not a regular file: " + real);
        }
        if (privileged) {
            requireTheseAlone(real, user);
        }
        if ((mode(attributes(real)) & EXECUTE) == 0) {
            throw new CommandRefusedException(
                    "not executable: " + describe(real, attributes(real)) + "; cure: chmod 755 " + real);
        }
        return real;
    }

    private static void requireTheseAlone(Path real, ScriptUser user) throws IOException {
        int ownerOfTop = uid(attributes(Path.of("/")));
        boolean root = user.uid() == 0;
        for (Path part = real; part != null; part = part.getParent()) {
            var attributes = attributes(part);
            int uid = uid(attributes);
            if (uid != 0 && uid != ownerOfTop && uid != user.uid()) {
                var why = root ? "is not owned by root" : "is owned by neither root nor " + user.name();
                throw refused(user, part, attributes, why, "chown root:root " + part);
            }
            boolean shared = Files.isDirectory(part) && (mode(attributes) & STICKY) != 0;
            if ((mode(attributes) & GROUP_OR_OTHERS_WRITE) != 0 && !shared) {
                var why = "can be changed by others than root" + (root ? "" : " and " + user.name());
                throw refused(user, part, attributes, why, "chmod go-w " + part);
            }
        }
    }

    private static CommandRefusedException refused(
            ScriptUser user, Path part, Map<String, Object> attributes, String why, String cure) {
        return new CommandRefusedException("refused to run " + (user.uid() == 0 ? "as root: " : "with capabilities: ")
                + describe(part, attributes) + " " + why + "; cure: " + cure);
    }

    private static String describe(Path part, Map<String, Object> attributes) {
        return part + " (owner " + attributes.get("owner") + ", mode " + Integer.toOctalString(mode(attributes)) + ")";
    }

    private static Map<String, Object> attributes(Path path) throws IOException {
        return Files.readAttributes(path, "unix:uid,owner,mode", LinkOption.NOFOLLOW_LINKS);
    }

    private static int uid(Map<String, Object> attributes) {
        return (Integer) attributes.getOrDefault("uid", -1);
    }

    private static int mode(Map<String, Object> attributes) {
        return (Integer) attributes.getOrDefault("mode", 0) & 07777;
    }
}
