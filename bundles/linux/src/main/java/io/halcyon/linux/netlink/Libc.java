package io.halcyon.linux.netlink;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import java.nio.Buffer;

/** The C library's part of netlink, mapped directly. Buffers are direct and count from their position. */
final class Libc {

    static final int AF_NETLINK = 16;
    static final int SOCK_RAW = 3;
    static final int SOCK_CLOEXEC = 0x80000;
    static final int SOL_SOCKET = 1;
    static final int SO_RCVBUF = 8;
    static final int SO_RCVTIMEO = 20;
    static final int SO_RCVBUFFORCE = 33;
    static final int SO_ATTACH_FILTER = 26;
    static final int SOL_NETLINK = 270;
    static final int MSG_DONTWAIT = 0x40;
    static final int MSG_TRUNC = 0x20;
    static final int POLLIN = 1;
    static final int EFD_CLOEXEC = 0x80000;
    static final int EFD_NONBLOCK = 0x800;

    static {
        Native.register(Libc.class, "c");
    }

    private Libc() {}

    static native int socket(int domain, int type, int protocol) throws LastErrorException;

    static native int bind(int fd, Buffer address, int addressLength) throws LastErrorException;

    static native int setsockopt(int fd, int level, int name, Buffer value, int valueLength) throws LastErrorException;

    static native int getsockname(int fd, Buffer address, Buffer addressLength) throws LastErrorException;

    static native int send(int fd, Buffer data, long length, int flags) throws LastErrorException;

    /** Returns -1 on failure: "nothing there" is the usual answer, and an exception for it costs as much as an address. */
    static native int recvfrom(int fd, Buffer data, long length, int flags, Buffer address, Buffer addressLength);

    static native int poll(Buffer descriptors, long count, int timeoutMillis) throws LastErrorException;

    static native int eventfd(int value, int flags) throws LastErrorException;

    static native int read(int fd, Buffer data, long length) throws LastErrorException;

    static native int write(int fd, Buffer data, long length) throws LastErrorException;

    static native int close(int fd) throws LastErrorException;

    static native int if_nametoindex(String name);
}
