package io.halcyon.check.heartbeat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sockets that are open, by path. Thread-safe. */
final class Mailboxes {

    private static final String MAKING = ".new";

    private final Map<Path, Mailbox> open = new HashMap<>();
    private @Nullable Listener listener;

    /**
     * Opens a socket. It appears under its name with its owner and permissions in one step, in the place of one that was left
     * over or that this check had under its former settings.
     *
     * @param group that may use it, empty for nobody but us
     * @throws IOException if it cannot be, saying why
     */
    synchronized Mailbox open(String check, Path path, String group) throws IOException {
        var present = open.get(path);
        if (present != null && !present.check().equals(check)) {
            throw new IOException("check " + present.check() + " listens there");
        }
        requireSafe(path);
        var making = path.resolveSibling(path.getFileName() + MAKING);
        Files.deleteIfExists(making);
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(making));
            permit(making, group);
            var mailbox = new Mailbox(check, server);
            listener().add(server, mailbox);
            Files.move(making, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            open.put(path, mailbox);
            return mailbox;
        } catch (IOException e) {
            server.close();
            Files.deleteIfExists(making);
            throw e;
        }
    }

    /** The name goes too, unless a successor has it. */
    synchronized void close(Path path, Mailbox mailbox) {
        if (open.remove(path, mailbox)) {
            delete(path);
        }
        if (listener != null) {
            listener.remove(mailbox);
        }
    }

    synchronized void closeAll() {
        open.keySet().forEach(Mailboxes::delete);
        open.clear();
        if (listener != null) {
            listener.close();
            listener = null;
        }
    }

    private Listener listener() throws IOException {
        var current = listener;
        if (current == null) {
            current = Listener.start();
            listener = current;
        }
        return current;
    }

    private static void requireSafe(Path path) throws IOException {
        var directory = path.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new IOException("there is no directory " + directory);
        }
        if (Files.getPosixFilePermissions(directory).contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException("everybody can write to " + directory + "; cure: another directory");
        }
        boolean other = Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                && !Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                        .isOther();
        if (other) {
            throw new IOException("something that is no socket is there already");
        }
    }

    private static void permit(Path socket, String group) throws IOException {
        if (group.isEmpty()) {
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            return;
        }
        try {
            var principal =
                    socket.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(group);
            Files.getFileAttributeView(socket, PosixFileAttributeView.class).setGroup(principal);
        } catch (UserPrincipalNotFoundException e) {
            throw new IOException("group " + group + " is not known on this machine", e);
        }
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException leftOver) {
            // The next one replaces it.
            return;
        }
    }
}
