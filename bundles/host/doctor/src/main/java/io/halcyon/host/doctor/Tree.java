package io.halcyon.host.doctor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The host's files, below a root that a test chooses. */
record Tree(Path root) {

    static final Tree OF_THE_HOST = new Tree(Path.of("/"));

    Path path(String absolute) {
        return root.resolve(absolute.substring(1));
    }

    /**
     * The text of a small file without its line end, empty if it is not there (any more).
     *
     * @throws IOException if it cannot be read; {@link AccessDeniedException} if it must not
     */
    Optional<String> text(String file) throws IOException {
        try {
            return Optional.of(new String(Files.readAllBytes(path(file)), StandardCharsets.UTF_8).strip());
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        }
    }

    /** The number in a file, 0 if it is not there. */
    int number(String file) throws IOException {
        try {
            return Integer.parseInt(text(file).orElse("0"));
        } catch (NumberFormatException e) {
            throw new IOException(file + " is no number", e);
        }
    }

    /** The last lines of a file that may be large, empty if it is not there. */
    Optional<List<String>> lastLines(String file, int mostBytes) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(path(file))) {
            channel.position(Math.max(0, channel.size() - mostBytes));
            ByteBuffer bytes = ByteBuffer.allocate((int) (channel.size() - channel.position()));
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // until all is there
            }
            String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
            return Optional.of(text.lines().toList());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Names of what is in a directory and matches a glob; none if there is no such directory. */
    List<Path> list(String directory, String glob) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path(directory), glob)) {
            entries.forEach(found::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    /** Whether a process with that name (as the kernel cuts it, 15 characters) is among those we can see. */
    boolean runs(String name) throws IOException {
        String cut = name.substring(0, Math.min(15, name.length()));
        for (Path process : list("/proc", "[0-9]*")) {
            if (nameOf(process).equals(cut)) {
                return true;
            }
        }
        return false;
    }

    private String nameOf(Path process) {
        try {
            return text("/proc/" + process.getFileName() + "/comm").orElse("");
        } catch (IOException e) {
            // It ended while we looked.
            return "";
        }
    }
}
