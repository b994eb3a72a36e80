package io.halcyon.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The last accepted text of each object, {@code <factory PID>-<name>.cfg} in one directory. It may hold secrets, so it is
 * the owner's alone. Not thread-safe: its {@link Family} guards it.
 */
final class AcceptedCopies {

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path directory;
    private final String factoryPid;
    private final BiConsumer<String, Exception> trouble;

    AcceptedCopies(Path directory, String factoryPid, BiConsumer<String, Exception> trouble) {
        this.directory = directory;
        this.factoryPid = factoryPid;
        this.trouble = trouble;
    }

    /** Keeps a text. A reader sees the old one or the new one, whole, also after a loss of power. */
    void keep(ConfigText text) {
        try {
            write(text);
        } catch (IOException e) {
            trouble.accept(text.object(), e);
        }
    }

    /** The text kept for an object, as if it stood in {@code file}. */
    Optional<ConfigText> find(String name, String file) {
        try {
            return read(name).map(values -> ConfigText.ofCopy(name, file, values));
        } catch (IOException e) {
            trouble.accept(name, e);
            return Optional.empty();
        }
    }

    void forget(String name) {
        try {
            Files.deleteIfExists(path(name));
        } catch (IOException e) {
            trouble.accept(name, e);
        }
    }

    private void write(ConfigText text) throws IOException {
        Files.createDirectories(directory, OWNER_DIRECTORY);
        Path copy = path(text.object());
        Path draft = copy.resolveSibling(copy.getFileName() + ".draft");
        Files.deleteIfExists(draft);
        StringBuilder lines = new StringBuilder("# Last accepted text of " + text.file() + "; not to be edited.\n");
        text.values().forEach((key, value) -> lines.append(escaped(key, true))
                .append(" = ")
                .append(escaped(value, false))
                .append('\n'));
        try (var channel = Files.newByteChannel(
                draft,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.DSYNC),
                OWNER_FILE)) {
            channel.write(StandardCharsets.UTF_8.encode(lines.toString()));
        }
        Files.move(draft, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Optional<Map<String, String>> read(String name) throws IOException {
        Path copy = path(name);
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(copy, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new IOException(copy + " is damaged: " + e.getMessage(), e);
        }
        Map<String, String> values = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        return Optional.of(values);
    }

    private Path path(String name) {
        return directory.resolve(factoryPid + "-" + name + ".cfg");
    }

    /** The escapes that {@link Properties#load(Reader)} undoes. */
    private static String escaped(String text, boolean key) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                case '\f' -> escaped.append("\\f");
                case '\\' -> escaped.append("\\\\");
                case ' ' -> escaped.append(key || i == 0 ? "\\ " : " ");
                case '=', ':', '#', '!' -> escaped.append(key ? "\\" : "").append(c);
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
