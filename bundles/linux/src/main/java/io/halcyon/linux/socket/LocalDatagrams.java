package io.halcyon.linux.socket;

import com.sun.jna.Memory;
import io.halcyon.linux.LinuxException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Datagrams to a socket in the file system ({@code unix(7)}), which the JDK has for streams only. Belongs to one thread.
 *
 * <p>The path is looked up for every datagram: a receiver that was restarted gets the next one.
 */
public final class LocalDatagrams implements AutoCloseable {

    private static final int FAMILY_BYTES = 2;
    /** sun_path, without its zero at the end. */
    private static final int LONGEST_PATH_BYTES = 107;

    private static final int TIMEVAL = 16;

    private final String path;
    private final Descriptor socket;
    private final Memory address;
    private final int addressLength;

    private LocalDatagrams(String path, Descriptor socket, Memory address, int addressLength) {
        this.path = path;
        this.socket = socket;
        this.address = address;
        this.addressLength = addressLength;
    }

    /**
     * Opens the way to a path; nobody needs to listen there yet.
     *
     * @param timeoutMillis how long {@link #send} waits for a receiver whose queue is full, more than 0
     * @throws IllegalArgumentException if it is no path of a socket
     */
    public static LocalDatagrams to(String path, int timeoutMillis) throws LinuxException {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        if (!path.startsWith("/") || name.length > LONGEST_PATH_BYTES) {
            throw new IllegalArgumentException(
                    path + " is no absolute path of at most " + LONGEST_PATH_BYTES + " bytes");
        }
        var socket = Descriptor.localDatagrams();
        try (var limit = new Memory(TIMEVAL)) {
            limit.setLong(0, timeoutMillis / 1_000);
            limit.setLong(Long.BYTES, TimeUnit.MILLISECONDS.toMicros(timeoutMillis % 1_000));
            socket.option("SO_SNDTIMEO", Libc.SOL_SOCKET, Libc.SO_SNDTIMEO, limit, TIMEVAL);
        } catch (LinuxException e) {
            socket.close();
            throw e;
        }
        var address = new Memory(FAMILY_BYTES + name.length + 1);
        address.clear();
        address.setShort(0, (short) Libc.AF_UNIX);
        address.write(FAMILY_BYTES, name, 0, name.length);
        return new LocalDatagrams(path, socket, address, FAMILY_BYTES + name.length + 1);
    }

    /**
     * Sends one datagram.
     *
     * @throws LinuxException {@code ENOENT} and {@code ECONNREFUSED} if nobody listens, {@code EPROTOTYPE} if somebody
     *     listens for streams, {@code EAGAIN} if the queue stayed full, {@code EMSGSIZE}
     */
    public void send(byte[] datagram) throws LinuxException {
        long sent = Libc.sendto(socket.number(), datagram, datagram.length, 0, address, addressLength);
        if (sent != datagram.length) {
            throw LinuxException.last("send to " + path);
        }
    }

    @Override
    public void close() {
        socket.close();
        address.close();
    }
}
