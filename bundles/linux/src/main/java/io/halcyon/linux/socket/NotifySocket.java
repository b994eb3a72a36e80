package io.halcyon.linux.socket;

import com.sun.jna.Memory;
import io.halcyon.linux.LinuxException;
import java.nio.charset.StandardCharsets;

/**
 * The socket of a service manager, {@code sd_notify(3)}: a datagram of {@code NAME=VALUE} lines. Thread-safe.
 *
 * <p>A message that cannot be sent at once is lost: the loop must not wait for a service manager.
 */
public final class NotifySocket implements AutoCloseable {

    private static final int FAMILY_BYTES = 2;
    /** sun_path of {@code unix(7)}. */
    private static final int LONGEST_PATH_BYTES = 107;

    private final int socket;
    private final Memory address;
    private final int addressLength;
    private boolean closed;

    private NotifySocket(int socket, Memory address, int addressLength) {
        this.socket = socket;
        this.address = address;
        this.addressLength = addressLength;
    }

    /**
     * Opens the way to the socket of that name.
     *
     * @param name a path, or with {@code @} in front a name in the abstract name space
     * @throws IllegalArgumentException if it is neither
     * @throws LinuxException if there is no socket to be had
     */
    public static NotifySocket to(String name) throws LinuxException {
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        if (path.length < 2 || path.length > LONGEST_PATH_BYTES || (path[0] != '/' && path[0] != '@')) {
            throw new IllegalArgumentException("NOTIFY_SOCKET is " + name + ", which is no path and no @name");
        }
        if (path[0] == '@') {
            path[0] = 0;
        }
        int socket = Libc.socket(Libc.AF_UNIX, Libc.SOCK_DGRAM | Libc.SOCK_CLOEXEC, 0);
        if (socket < 0) {
            throw LinuxException.last("socket to the service manager");
        }
        Memory address = new Memory(FAMILY_BYTES + path.length + 1);
        address.clear();
        address.setShort(0, (short) Libc.AF_UNIX);
        address.write(FAMILY_BYTES, path, 0, path.length);
        return new NotifySocket(socket, address, FAMILY_BYTES + path.length);
    }

    /** Sends one or more lines; returns whether they were sent, which they are not after {@link #close}. */
    public synchronized boolean send(String lines) {
        byte[] data = lines.getBytes(StandardCharsets.UTF_8);
        return !closed
                && Libc.sendto(socket, data, data.length, Libc.MSG_DONTWAIT, address, addressLength) == data.length;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            Libc.close(socket);
            address.close();
        }
    }
}
