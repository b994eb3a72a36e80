package io.halcyon.itests.lab;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The system calls of the laboratory. */
final class Libc {

    static final int AF_UNIX = 1;
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int AF_NETLINK = 16;
    static final int AF_PACKET = 17;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_RAW = 3;
    static final int SOCK_CLOEXEC = 0x80000;
    static final int SOL_SOCKET = 1;
    static final int SO_RCVBUF = 8;
    static final int SO_RCVTIMEO = 20;
    static final int SO_ATTACH_FILTER = 26;
    static final int SO_SNDBUFFORCE = 32;
    static final int SO_RCVBUFFORCE = 33;
    static final int SO_TIMESTAMPNS = 35;
    static final int MSG_DONTWAIT = 0x40;
    static final int MSG_WAITFORONE = 0x10000;
    static final int SCHED_IDLE = 5;
    static final int CLONE_NEWNET = 0x40000000;

    static {
        Native.register(Libc.class, Platform.C_LIBRARY_NAME);
    }

    private Libc() {}

    static native int open(String path, int flags) throws LastErrorException;

    static native int close(int fd);

    /** @param pid 0 for the calling thread; {@code priority} is a struct sched_param */
    static native int sched_setscheduler(int pid, int policy, int[] priority) throws LastErrorException;

    static native int setns(int fd, int type) throws LastErrorException;

    static native int socket(int domain, int type, int protocol) throws LastErrorException;

    static native int bind(int fd, byte[] address, int length) throws LastErrorException;

    static native int setsockopt(int fd, int level, int option, Pointer value, int length) throws LastErrorException;

    static native int getsockopt(int fd, int level, int option, Pointer value, Pointer length)
            throws LastErrorException;

    static native int sendto(int fd, byte[] data, long length, int flags, byte[] address, int addressLength)
            throws LastErrorException;

    /** @param messages an array of struct mmsghdr */
    static native int sendmmsg(int fd, Pointer messages, int count, int flags) throws LastErrorException;

    static native long recv(int fd, ByteBuffer data, long length, int flags) throws LastErrorException;

    static native int recvmmsg(int fd, Pointer messages, int count, int flags, @Nullable Pointer timeout)
            throws LastErrorException;

    static native long recvmsg(int fd, Pointer message, int flags) throws LastErrorException;

    static native int ioctl(int fd, long request, Pointer argument) throws LastErrorException;

    static native int kill(int pid, int signal) throws LastErrorException;
}
