package io.halcyon.linux.socket;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.halcyon.linux.LinuxException;

/** An open socket and its options. Not thread-safe as to closing: its owner sees to it that nobody uses a closed one. */
final class Descriptor {

    private static final int INT = 4;

    private volatile int number;

    private Descriptor(int number) {
        this.number = number;
    }

    static Descriptor socket(String what, int family, int protocol) throws LinuxException {
        int number = Libc.socket(family, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, protocol);
        if (number < 0) {
            throw LinuxException.last(what);
        }
        return new Descriptor(number);
    }

    static Descriptor localDatagrams() throws LinuxException {
        int number = Libc.socket(Libc.AF_UNIX, Libc.SOCK_DGRAM | Libc.SOCK_CLOEXEC, 0);
        if (number < 0) {
            throw LinuxException.last("socket(AF_UNIX)");
        }
        return new Descriptor(number);
    }

    static Descriptor event() throws LinuxException {
        int number = Libc.eventfd(0, Libc.EFD_CLOEXEC_NONBLOCK);
        if (number < 0) {
            throw LinuxException.last("eventfd");
        }
        return new Descriptor(number);
    }

    int number() {
        return number;
    }

    void option(String what, int level, int option, int value) throws LinuxException {
        if (!tryOption(level, option, value)) {
            throw LinuxException.last(what);
        }
    }

    void option(String what, int level, int option, Pointer value, int length) throws LinuxException {
        if (Libc.setsockopt(number, level, option, value, length) != 0) {
            throw LinuxException.last(what);
        }
    }

    /** Sizes beyond {@code net.core.rmem_max} and {@code wmem_max} need CAP_NET_ADMIN; without it the kernel caps them. */
    void buffers(int receiveBytes, int sendBytes) throws LinuxException {
        if (!tryOption(Libc.SOL_SOCKET, Libc.SO_RCVBUFFORCE, receiveBytes)) {
            option("SO_RCVBUF", Libc.SOL_SOCKET, Libc.SO_RCVBUF, receiveBytes);
        }
        if (!tryOption(Libc.SOL_SOCKET, Libc.SO_SNDBUFFORCE, sendBytes)) {
            option("SO_SNDBUF", Libc.SOL_SOCKET, Libc.SO_SNDBUF, sendBytes);
        }
    }

    void close() {
        int open = number;
        number = -1;
        if (open >= 0) {
            Libc.close(open);
        }
    }

    private boolean tryOption(int level, int option, int value) {
        try (Memory memory = new Memory(INT)) {
            memory.setInt(0, value);
            return Libc.setsockopt(number, level, option, memory, INT) == 0;
        }
    }
}
