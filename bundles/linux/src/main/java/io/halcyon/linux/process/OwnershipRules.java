package io.halcyon.linux.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Who may be able to change a file that root runs: root alone. Every part of its path, symbolic links resolved, belongs to
 * root and nobody else may write to it; directories with the sticky bit may be writable, since there only the owner of a
 * file can replace it.
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
     * @param asRoot whether it will run as root; the rules for owners and modes are only for that
     * @return the path without symbolic links
     * @throws CommandRefusedException if it is missing, not executable, or somebody else could change it
     */
    public static Path check(Path file, boolean asRoot) throws IOException {
        Path real;
        try {
            real = file.toRealPath();
        } catch (NoSuchFileException e) {
            throw new CommandRefusedException("file missing: " + file);
        }
        if (!Files.isRegularFile(real)) {
            throw new CommandRefusedException("not a regular file: " + real);
        }
        if (asRoot) {
            requireRootAlone(real);
        }
        if ((mode(attributes(real)) & EXECUTE) == 0) {
            throw new CommandRefusedException(
                    "not executable: " + describe(real, attributes(real)) + "; cure: chmod 755 " + real);
        }
        return real;
    }

    private static void requireRootAlone(Path real) throws IOException {
        int ownerOfTop = uid(attributes(Path.of("/")));
        for (Path part = real; part != null; part = part.getParent()) {
            var attributes = attributes(part);
            int uid = uid(attributes);
            if (uid != 0 && uid != ownerOfTop) {
                throw refused(part, attributes, "is not owned by root", "chown root:root " + part);
            }
            boolean shared = Files.isDirectory(part) && (mode(attributes) & STICKY) != 0;
            if ((mode(attributes) & GROUP_OR_OTHERS_WRITE) != 0 && !shared) {
                throw refused(part, attributes, "can be changed by others than root", "chmod go-w " + part);
            }
        }
    }

    private static CommandRefusedException refused(Path part, Map<String, Object> attributes, String why, String cure) {
        return new CommandRefusedException(
                "refused to run as root: " + describe(part, attributes) + " " + why + "; cure: " + cure);
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
