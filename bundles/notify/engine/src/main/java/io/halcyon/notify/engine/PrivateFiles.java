package io.halcyon.notify.engine;

import io.halcyon.settings.FileNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Files that are the owner's alone: events tell much of a network. */
final class PrivateFiles {

    private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private PrivateFiles() {}

    static void makeDirectory(Path directory) throws IOException {
        Files.createDirectories(directory, DIRECTORY);
    }

    /** A file for writing, empty, whose name survives a loss of power. */
    static FileChannel create(Path path) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        var file = FileChannel.open(path, options, FILE);
        var directory = path.getParent();
        if (directory != null) {
            try (var open = FileChannel.open(directory, StandardOpenOption.READ)) {
                open.force(true);
            }
        }
        return file;
    }

    /** Puts new content in place of a file's old one; a reader sees one or the other. */
    static void replace(Path path, byte[] content) throws IOException {
        var draft = path.resolveSibling(path.getFileName() + ".draft");
        try (var file = create(draft)) {
            var bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(false);
        }
        Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Adds to a file, which is made if it is not there. */
    static void append(Path path, byte[] content) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        try (var file = FileChannel.open(path, options, FILE)) {
            var bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        }
    }

    /** Objects that have a file here whose name begins and ends like this, by name; none if nobody can say. */
    static List<String> names(Path directory, String prefix, String suffix) {
        try {
            return list(directory, file -> file.startsWith(prefix) && file.endsWith(suffix)).stream()
                    .map(path -> String.valueOf(path.getFileName()))
                    .map(file -> FileNames.nameIn(file.substring(prefix.length(), file.length() - suffix.length())))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Files of a directory whose names fit, by name. */
    static List<Path> list(Path directory, Predicate<String> name) throws IOException {
        try (var paths = Files.list(directory)) {
            return paths.filter(path -> name.test(String.valueOf(path.getFileName())))
                    .sorted()
                    .toList();
        }
    }
}
