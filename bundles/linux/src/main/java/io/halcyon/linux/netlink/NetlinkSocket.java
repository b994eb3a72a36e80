package io.halcyon.linux.netlink;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.halcyon.linux.Errno;
import io.halcyon.linux.LinuxException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** A netlink socket with a wake-up. One thread owns it and closes it; only {@link #wake} is for the others. */
final class NetlinkSocket implements AutoCloseable {

    // The kernel cuts dumps into datagrams of at most 32 KiB.
    private static final int DATAGRAM_BYTES = 64 * 1024;
    private static final int SOCKADDR_BYTES = 12;
    private static final int POLLFD_BYTES = 8;

    private final int fd;
    private final int wakeFd;
    private final int port;
    private final ByteBuffer datagram = direct(DATAGRAM_BYTES);
    private final ByteBuffer sender = direct(SOCKADDR_BYTES);
    private final ByteBuffer senderLength = direct(4);
    private final ByteBuffer pollfds = direct(2 * POLLFD_BYTES);
    private final ByteBuffer wakeCount = direct(8);
    private final ByteBuffer wakeOnce = direct(8).putLong(0, 1);
    private boolean closed;

    private NetlinkSocket(int fd, int wakeFd, int port) {
        this.fd = fd;
        this.wakeFd = wakeFd;
        this.port = port;
    }

    /** Opens a routing socket. */
    static NetlinkSocket open(int groups, int receiveBufferBytes) throws IOException {
        return open(Netlink.NETLINK_ROUTE, groups, receiveBufferBytes);
    }

    /**
     * Opens a socket.
     *
     * @param protocol {@code NETLINK_*}: whom it speaks to
     * @param groups multicast groups to hear of, a bit each
     * @param receiveBufferBytes what the kernel may queue for us
     */
    static NetlinkSocket open(int protocol, int groups, int receiveBufferBytes) throws IOException {
        int fd = -1;
        try {
            fd = Libc.socket(Libc.AF_NETLINK, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, protocol);
            setReceiveBuffer(fd, receiveBufferBytes);
            enableIfThere(fd, Netlink.NETLINK_CAP_ACK);
            enableIfThere(fd, Netlink.NETLINK_EXT_ACK);
            ByteBuffer address = direct(SOCKADDR_BYTES).putShort(0, (short) Libc.AF_NETLINK);
            Libc.bind(fd, address.putInt(8, groups), SOCKADDR_BYTES);
            Libc.getsockname(fd, address, direct(4).putInt(0, SOCKADDR_BYTES));
            return new NetlinkSocket(fd, Libc.eventfd(0, Libc.EFD_CLOEXEC | Libc.EFD_NONBLOCK), address.getInt(4));
        } catch (LastErrorException e) {
            if (fd >= 0) {
                Libc.close(fd);
            }
            throw new LinuxException("netlink socket", e.getErrorCode());
        }
    }

    /** Our netlink port: notifications of what we did ourselves carry it. */
    int port() {
        return port;
    }

    /** From now on the kernel keeps to itself what the filter drops; what is queued stays. */
    void filter(MessageFilter filter) throws IOException {
        ByteBuffer program = filter.program();
        // struct sock_fprog: number of steps, their address.
        ByteBuffer head = direct(16)
                .putShort(0, (short) filter.steps())
                .putLong(8, Pointer.nativeValue(Native.getDirectBufferPointer(program)));
        try {
            Libc.setsockopt(fd, Libc.SOL_SOCKET, Libc.SO_ATTACH_FILTER, head, 16);
        } catch (LastErrorException e) {
            throw new LinuxException("netlink filter", e.getErrorCode());
        }
    }

    void send(ByteBuffer messages) throws IOException {
        while (true) {
            try {
                Libc.send(fd, messages, messages.remaining(), 0);
                return;
            } catch (LastErrorException e) {
                if (e.getErrorCode() != Errno.EINTR) {
                    throw new LinuxException("netlink send", e.getErrorCode());
                }
            }
        }
    }

    /**
     * Takes one datagram that is there already.
     *
     * @return valid until the next call; null if there is none
     * @throws OverrunException if the kernel had to drop some
     */
    @Nullable
    ByteBuffer receive() throws IOException {
        while (true) {
            senderLength.putInt(0, SOCKADDR_BYTES);
            int length = Libc.recvfrom(
                    fd, datagram, DATAGRAM_BYTES, Libc.MSG_DONTWAIT | Libc.MSG_TRUNC, sender, senderLength);
            if (length > DATAGRAM_BYTES) {
                throw new OverrunException();
            }
            if (length < 0) {
                int errno = Native.getLastError();
                switch (errno) {
                    case Errno.EINTR -> {}
                    case Errno.EAGAIN -> {
                        return null;
                    }
                    case Errno.ENOBUFS -> throw new OverrunException();
                    default -> throw new LinuxException("netlink receive", errno);
                }
            } else if (sender.getInt(4) == 0) {
                // Only the kernel's word counts; its port is 0.
                return datagram.position(0).limit(length);
            }
        }
    }

    /**
     * Waits for a datagram, for {@link #wake} or for the time to be over.
     *
     * @param timeoutMillis -1 for no end
     * @return whether there is a datagram (or an error to be received)
     */
    boolean await(int timeoutMillis) throws IOException {
        pollfds.putInt(0, fd).putShort(4, (short) Libc.POLLIN).putShort(6, (short) 0);
        pollfds.putInt(8, wakeFd).putShort(12, (short) Libc.POLLIN).putShort(14, (short) 0);
        try {
            if (Libc.poll(pollfds, 2, timeoutMillis) == 0) {
                return false;
            }
        } catch (LastErrorException e) {
            if (e.getErrorCode() == Errno.EINTR) {
                return false;
            }
            throw new LinuxException("netlink poll", e.getErrorCode());
        }
        if (pollfds.getShort(14) != 0) {
            Libc.read(wakeFd, wakeCount, 8);
        }
        return pollfds.getShort(6) != 0;
    }

    /** Makes {@link #await} return. Thread-safe. */
    synchronized void wake() {
        // After close() the number may be somebody else's descriptor.
        if (!closed) {
            Libc.write(wakeFd, wakeOnce, 8);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        Libc.close(fd);
        Libc.close(wakeFd);
    }

    private static void setReceiveBuffer(int fd, int bytes) {
        ByteBuffer value = direct(4).putInt(0, bytes);
        try {
            // Beyond net.core.rmem_max; needs CAP_NET_ADMIN, which whoever changes addresses has.
            Libc.setsockopt(fd, Libc.SOL_SOCKET, Libc.SO_RCVBUFFORCE, value, 4);
        } catch (LastErrorException e) {
            Libc.setsockopt(fd, Libc.SOL_SOCKET, Libc.SO_RCVBUF, value, 4);
        }
    }

    private static void enableIfThere(int fd, int option) {
        try {
            Libc.setsockopt(fd, Libc.SOL_NETLINK, option, direct(4).putInt(0, 1), 4);
        } catch (LastErrorException e) {
            // Older kernel: errors come without their text, or with the whole request.
        }
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }
}
