package io.halcyon.linux.file;

import com.sun.jna.Native;
import io.halcyon.linux.Errno;
import io.halcyon.linux.LinuxException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/**
 * A FIFO by its path: who owns it and who may do what. Immutable and thread-safe; it may come and go meanwhile.
 *
 * @param path full path
 * @param uid its owner; one that belongs to root or to the user of this process is taken too
 * @param gid its group if it is made here, -1 for that of this process
 * @param mode permissions if it is made here
 */
public record Fifo(Path path, int uid, int gid, int mode) {

    private static final int FILE_TYPE = 0170000;
    private static final int TYPE_FIFO = 0010000;
    private static final int GROUP_OR_OTHERS_WRITE = 022;

    /**
     * Makes it.
     *
     * @return false if something of that name is there already
     */
    public boolean make() throws IOException {
        if (FileCalls.mkfifo(path.toString(), 0600) != 0) {
            if (Native.getLastError() == Errno.EEXIST) {
                return false;
            }
            throw LinuxException.last("make the FIFO " + path);
        }
        if (FileCalls.lchown(path.toString(), uid, gid) != 0 || FileCalls.chmod(path.toString(), mode) != 0) {
            var failure = LinuxException.last("give the FIFO " + path + " its owner and mode");
            Files.deleteIfExists(path);
            throw failure;
        }
        return true;
    }

    /**
     * Opens it for writing without waiting for anybody.
     *
     * @throws NoReaderException if nobody has it open for reading
     * @throws FileSystemException if it is not a FIFO, or others could write to it
     */
    public FifoWriter open() throws IOException {
        // Looked at before, since opening a device may have effects, and after, since it may have been exchanged.
        judge(path);
        int flags = FileCalls.O_WRONLY | FileCalls.O_NONBLOCK | FileCalls.O_NOFOLLOW | FileCalls.O_CLOEXEC;
        int file = FileCalls.open(path.toString(), flags);
        if (file < 0) {
            if (Native.getLastError() == Errno.ENXIO) {
                throw new NoReaderException("nobody reads " + path);
            }
            throw LinuxException.last("open " + path);
        }
        try {
            judge(FifoWriter.opened(file));
        } catch (IOException | RuntimeException e) {
            FileCalls.close(file);
            throw e;
        }
        return new FifoWriter(path, file);
    }

    /**
     * Looks whether it is what it should be.
     *
     * @throws java.nio.file.NoSuchFileException if there is nothing
     * @throws FileSystemException if it is not a FIFO, or others could write to it
     */
    public void verify() throws IOException {
        judge(path);
    }

    private void judge(Path place) throws IOException {
        // What the kernel shows for a descriptor is a link to the file itself.
        var attributes = place.equals(path)
                ? Files.readAttributes(place, "unix:uid,owner,mode", LinkOption.NOFOLLOW_LINKS)
                : Files.readAttributes(place, "unix:uid,owner,mode");
        int found = number(attributes, "mode");
        if ((found & FILE_TYPE) != TYPE_FIFO) {
            throw new FileSystemException(path.toString(), null, "it is there and not a FIFO");
        }
        var whose = "it belongs to " + attributes.get("owner") + " with mode " + Integer.toOctalString(found & 07777);
        int owner = number(attributes, "uid");
        if (owner != 0 && owner != uid && owner != FileCalls.geteuid()) {
            throw new FileSystemException(path.toString(), null, whose + ", who could write to it");
        }
        if ((found & GROUP_OR_OTHERS_WRITE) != 0) {
            var cure = "; cure: chmod go-w " + path;
            throw new FileSystemException(path.toString(), null, whose + ", so others could write to it" + cure);
        }
    }

    private static int number(Map<String, Object> attributes, String name) {
        return (Integer) attributes.getOrDefault(name, -1);
    }
}
