package io.halcyon.itests.lab;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A socket of the laboratory. */
final class Fd implements AutoCloseable {

    private static final int RECEIVE_BUFFER = 64 << 20;

    private final int number;

    private Fd(int number) {
        this.number = number;
    }

    static Fd socket(int domain, int type, int protocol) {
        return new Fd(Libc.socket(domain, type | Libc.SOCK_CLOEXEC, protocol));
    }

    /** A netlink socket that hears of what such groups are told. */
    static Fd netlink(int groups, int readTimeoutMillis) {
        var socket = socket(Libc.AF_NETLINK, Libc.SOCK_RAW, 0);
        socket.largeReceiveBuffer();
        socket.readTimeoutMillis(readTimeoutMillis);
        var address = ByteBuffer.allocate(12).order(ByteOrder.nativeOrder());
        address.putShort(0, (short) Libc.AF_NETLINK).putInt(8, groups);
        Libc.bind(socket.number(), address.array(), 12);
        return socket;
    }

    int number() {
        return number;
    }

    void option(int option, int value) {
        option(Libc.SOL_SOCKET, option, value);
    }

    void option(int level, int option, int value) {
        try (var memory = new Memory(4)) {
            memory.setInt(0, value);
            Libc.setsockopt(number, level, option, memory, 4);
        }
    }

    /** A read returns after this time at the latest, so that its thread can be ended. */
    void readTimeoutMillis(int millis) {
        try (var memory = new Memory(16)) {
            memory.setLong(0, millis / 1000);
            memory.setLong(8, (millis % 1000) * 1000L);
            Libc.setsockopt(number, Libc.SOL_SOCKET, Libc.SO_RCVTIMEO, memory, 16);
        }
    }

    void largeReceiveBuffer() {
        try {
            option(Libc.SO_RCVBUFFORCE, RECEIVE_BUFFER);
        } catch (LastErrorException notPrivileged) {
            option(Libc.SO_RCVBUF, RECEIVE_BUFFER); // the kernel gives what its limit allows
        }
    }

    @Override
    public void close() {
        Libc.close(number);
    }
}
