package io.halcyon.itests.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Our own tar.gz, unpacked once and with the archive of classes that its first start would make; every node runs over the
 * same read-only installation.
 */
public final class Distribution {

    private final Path home;

    private Distribution(Path home) {
        this.home = home;
    }

    /** Unpacks what the build of this source tree made. */
    public static synchronized Distribution unpacked() {
        var archive = archive();
        var target = root().resolve("itests/lab/target/distribution");
        var mark = target.resolve("unpacked-" + lastModified(archive));
        if (!Files.exists(mark)) {
            unpackAlone(archive, target, mark);
        }
        return new Distribution(target);
    }

    /** Another process may want the same. */
    private static void unpackAlone(Path archive, Path target, Path mark) {
        var lock = target.resolveSibling("distribution.lock");
        try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            if (!Files.exists(mark)) {
                Directories.recreate(target);
                unpack(archive, target);
                archiveClasses(target);
                Directories.write(mark, "");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The source tree. */
    public static Path root() {
        return Path.of(System.getProperty("halcyon.root", ".")).toAbsolutePath().normalize();
    }

    /** What the build of this source tree made. */
    public static Path archive() {
        return archive(root().resolve("karaf-assembly/target"));
    }

    /** A copy of its own for who wants to change it. */
    public Distribution copiedTo(Path directory) {
        Directories.recreate(directory);
        unpack(archive(), directory);
        return new Distribution(directory);
    }

    public Path home() {
        return home;
    }

    public Path launcher() {
        return home.resolve("bin/halcyon");
    }

    private static Path archive(Path directory) {
        try (var files = Files.newDirectoryStream(directory, "halcyon-*.tar.gz")) {
            for (var file : files) {
                return file;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new LabException("no halcyon-*.tar.gz in " + directory + ": build it first");
    }

    private static long lastModified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void unpack(Path archive, Path target) {
        run(new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", target.toString(), "--strip-components=1"));
    }

    /** In a network of its own, where there is nothing that it could touch. */
    private static void archiveClasses(Path home) {
        var base = Directories.temporary("halcyon-archive");
        try {
            var launcher = new ProcessBuilder(
                    "unshare", "--net", home.resolve("bin/halcyon").toString(), "archive");
            launcher.environment().put("HALCYON_BASE", base.toString());
            run(launcher);
        } finally {
            Directories.delete(base);
        }
    }

    private static void run(ProcessBuilder command) {
        try {
            if (command.inheritIO().start().waitFor() != 0) {
                throw new LabException("failed: " + command.command());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        }
    }
}
