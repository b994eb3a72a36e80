package io.halcyon.settings;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a Configuration comes from.
 *
 * @param name name of the object
 * @param path its file, null if it was not made from one
 */
record Origin(String name, @Nullable Path path) {

    private static final String FILE_NAME = "felix.fileinstall.filename";
    private static final Set<String> SUFFIXES = Set.of(".cfg", ".config", ".cfg.json");

    /** {@code etc/io.halcyon.vrrp-VI_1.cfg} is object {@code VI_1}; without a file the name is the rest of the PID. */
    static Origin of(String factoryPid, String pid, Map<String, ?> properties) {
        Object fileName = properties.get(FILE_NAME);
        if (fileName == null) {
            return new Origin(rest(pid, factoryPid), null);
        }
        Path path = path(fileName.toString());
        String base = String.valueOf(path.getFileName());
        for (String suffix : SUFFIXES) {
            if (base.endsWith(suffix)) {
                base = base.substring(0, base.length() - suffix.length());
                break;
            }
        }
        return new Origin(rest(base, factoryPid), path);
    }

    /** Path of the file for messages, or the PID where there is none. */
    String fileOr(String pid) {
        return path == null ? pid : path.toString();
    }

    /** Whether there was a file and it is gone. */
    boolean isGhost() {
        return path != null && !Files.exists(path);
    }

    private static String rest(String pid, String factoryPid) {
        // Behind the factory PID stands "-" in a file's name, "~" or "." in a PID.
        boolean prefixed = pid.startsWith(factoryPid) && pid.length() > factoryPid.length() + 1;
        return (prefixed ? pid.substring(factoryPid.length() + 1) : pid).replace('/', '_');
    }

    private static Path path(String fileName) {
        return fileName.startsWith("file:") ? Path.of(URI.create(fileName)) : Path.of(fileName);
    }
}
