package io.halcyon.host.doctor;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One object's keys as they were last accepted. Immutable.
 *
 * @param pid of its family, such as {@code io.halcyon.check}
 * @param name of the object
 * @param keys the text; may hold secrets, so only keys that are known to be none are asked for
 */
record ConfiguredObject(String pid, String name, Properties keys) {

    private static final Pattern FILE = Pattern.compile("(io\\.halcyon\\.\\w+)-(.+)\\.cfg");

    /** All that lie in the directory of accepted texts; none where there is no such directory yet. */
    static List<ConfiguredObject> all(Path accepted) throws IOException {
        List<ConfiguredObject> objects = new ArrayList<>();
        if (!Files.isDirectory(accepted)) {
            return objects;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(accepted, "*.cfg")) {
            for (Path file : files) {
                Matcher name = FILE.matcher(file.getFileName().toString());
                if (name.matches()) {
                    objects.add(new ConfiguredObject(name.group(1), name.group(2), read(file)));
                }
            }
        }
        return objects;
    }

    private static Properties read(Path file) throws IOException {
        Properties keys = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            keys.load(reader);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
        return keys;
    }

    /** The value of a key, empty if it is not given. */
    Optional<String> value(String key) {
        return Optional.ofNullable(keys.getProperty(key)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** The file that a person edits. */
    String file() {
        return "etc/" + pid + "-" + name + ".cfg";
    }

    /** {@code check chk_http_port}. */
    String title() {
        return pid.substring(pid.lastIndexOf('.') + 1) + " " + name;
    }
}
