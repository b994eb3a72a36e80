package io.halcyon.linux.socket;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The calls of this package. Each returns -1 on failure and leaves the reason to {@link Native#getLastError()}; none
 * throws, because "nothing there yet" is the usual answer on the receive path. Sizes are those of 64-bit machines.
 */
final class Libc {

    static final int AF_UNIX = 1;
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int AF_PACKET = 17;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_RAW = 3;
    static final int SOCK_CLOEXEC = 0x80000;

    static final int SOL_IP = 0;
    static final int SOL_SOCKET = 1;
    static final int SOL_IPV6 = 41;
    static final int SOL_ICMPV6 = 58;
    static final int SOL_RAW = 255;
    static final int SOL_PACKET = 263;

    static final int SO_BINDTODEVICE = 25;
    static final int SO_ATTACH_FILTER = 26;
    static final int SO_SNDBUF = 7;
    static final int SO_RCVBUF = 8;
    static final int SO_SNDTIMEO = 21;
    static final int SO_SNDBUFFORCE = 32;
    static final int SO_TIMESTAMPNS = 35;
    static final int SO_MARK = 36;
    static final int SO_RCVBUFFORCE = 33;
    static final int IP_HDRINCL = 3;
    static final int IP_PKTINFO = 8;
    static final int IP_MULTICAST_IF = 32;
    static final int IP_MULTICAST_LOOP = 34;
    static final int IP_ADD_MEMBERSHIP = 35;
    static final int IPV6_PKTINFO = 50;
    static final int ICMP_FILTER = 1;
    static final int PACKET_ADD_MEMBERSHIP = 1;
    static final int PACKET_MR_MULTICAST = 0;

    static final int MSG_DONTROUTE = 0x4;
    static final int MSG_DONTWAIT = 0x40;

    static final long SIOCGIFNAME = 0x8910;
    static final long SIOCGIFFLAGS = 0x8913;
    static final long SIOCETHTOOL = 0x8946;
    static final int IFF_UP = 1;
    static final int EFD_CLOEXEC_NONBLOCK = 0x80800;
    static final short POLLIN = 1;

    static {
        // The C library is in every process already: nothing to look for, nothing to load.
        Native.register(Libc.class, NativeLibrary.getProcess());
    }

    private Libc() {}

    static native int socket(int family, int type, int protocol);

    static native int bind(int descriptor, Pointer address, int length);

    static native int setsockopt(int descriptor, int level, int option, Pointer value, int length);

    static native long sendto(
            int descriptor, byte[] data, long length, int flags, @Nullable Pointer address, int addressLength);

    static native long sendmsg(int descriptor, Pointer header, int flags);

    static native int sendmmsg(int descriptor, Pointer headers, int count, int flags);

    static native long recvmsg(int descriptor, Pointer header, int flags);

    static native long recvfrom(
            int descriptor, Pointer data, long length, int flags, Pointer address, Pointer addressLength);

    static native int if_nametoindex(String name);

    static native int poll(Pointer descriptors, long count, int timeoutMillis);

    static native int ioctl(int descriptor, long request, Pointer argument);

    static native int eventfd(int value, int flags);

    static native long read(int descriptor, byte[] data, long length);

    static native long write(int descriptor, byte[] data, long length);

    static native int close(int descriptor);
}
