package io.halcyon.linux.file;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import io.halcyon.linux.Errno;
import io.halcyon.linux.LinuxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * The writing end of a FIFO, never blocking. Owned by one thread.
 *
 * <p>While it is open, what was written and not yet read stays in the kernel even if the reader ends, and the next one
 * gets it.
 */
public final class FifoWriter implements AutoCloseable {

    /** {@code PIPE_BUF}: the kernel takes up to so many bytes whole or not at all. */
    private static final int ATOMIC_BYTES = 4096;

    private final Path path;
    private int file;

    FifoWriter(Path path, int file) {
        this.path = path;
        this.file = file;
    }

    /**
     * Writes a line whole or not at all, as long as nobody else writes to the same FIFO.
     *
     * @return false if there is no room for it until the reader has read more
     * @throws NoReaderException if nobody has it open for reading
     * @throws IOException if it is longer than any FIFO may hold
     */
    public boolean write(byte[] line) throws IOException {
        if (line.length > ATOMIC_BYTES && !hasRoomFor(line.length)) {
            return false;
        }
        long written = FileCalls.write(file, line, line.length);
        if (written == line.length) {
            return true;
        }
        if (written >= 0) {
            throw new IOException("only " + written + " of " + line.length + " bytes fit into " + path
                    + ", somebody else writes to it too");
        }
        return switch (Native.getLastError()) {
            case Errno.EAGAIN -> false;
            case Errno.EPIPE -> throw new NoReaderException("nobody reads " + path + " any more");
            default -> throw LinuxException.last("write to " + path);
        };
    }

    /** Whether somebody has it open for reading. */
    public boolean hasReader() {
        // struct pollfd { int fd; short events; short revents; }
        try (var entry = new Memory(8)) {
            entry.setInt(0, file);
            entry.setShort(4, FileCalls.POLLOUT);
            entry.setShort(6, (short) 0);
            FileCalls.poll(entry, 1, 0);
            return (entry.getShort(6) & FileCalls.POLLERR) == 0;
        }
    }

    /** How many bytes were written and not yet read. */
    public int unreadBytes() throws IOException {
        var bytes = new int[1];
        if (FileCalls.ioctl(file, FileCalls.FIONREAD, bytes) != 0) {
            throw LinuxException.last("FIONREAD of " + path);
        }
        return bytes[0];
    }

    /** Whether the path still leads to the FIFO that is open here: somebody may have put another one there. */
    public boolean isInPlace() {
        try {
            var here = Files.readAttributes(opened(file), BasicFileAttributes.class)
                    .fileKey();
            var there = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            return Objects.equals(here, there);
        } catch (IOException gone) {
            return false;
        }
    }

    @Override
    public void close() {
        int open = file;
        file = -1;
        if (open >= 0) {
            FileCalls.close(open);
        }
    }

    static Path opened(int file) {
        return Path.of("/proc/self/fd", Integer.toString(file));
    }

    /** The kernel keeps pages that may be filled badly: only an empty FIFO surely takes as much as it is large. */
    private boolean hasRoomFor(int bytes) throws IOException {
        int size = FileCalls.fcntl(file, FileCalls.F_GETPIPE_SZ, 0);
        if (size < bytes && FileCalls.fcntl(file, FileCalls.F_SETPIPE_SZ, bytes) < bytes) {
            throw LinuxException.last("make " + path + " large enough for " + bytes + " bytes at once");
        }
        return unreadBytes() == 0;
    }
}
