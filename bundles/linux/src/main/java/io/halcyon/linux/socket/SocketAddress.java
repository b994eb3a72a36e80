package io.halcyon.linux.socket;

import com.sun.jna.Memory;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** {@code struct sockaddr_in} and {@code sockaddr_in6} of addresses without a port. */
final class SocketAddress {

    /** Of a sockaddr_in6. */
    static final int LONGEST = 28;

    private static final int SHORT = 16;
    private static final int ADDRESS_V4 = 4;
    private static final int ADDRESS_V6 = 8;
    private static final int SCOPE = 24;

    private SocketAddress() {}

    /** Writes an address; returns the length of the structure. */
    static int write(Memory memory, int offset, InetAddress address, int scope) {
        memory.setMemory(offset, LONGEST, (byte) 0);
        byte[] octets = address.getAddress();
        if (address instanceof Inet6Address) {
            memory.setShort(offset, (short) Libc.AF_INET6);
            memory.write(offset + ADDRESS_V6, octets, 0, octets.length);
            memory.setInt(offset + SCOPE, scope);
            return LONGEST;
        }
        memory.setShort(offset, (short) Libc.AF_INET);
        memory.write(offset + ADDRESS_V4, octets, 0, octets.length);
        return SHORT;
    }

    static InetAddress read(Memory memory, EchoSocket.Family family) {
        boolean six = family == EchoSocket.Family.IPV6;
        byte[] octets = memory.getByteArray(six ? ADDRESS_V6 : ADDRESS_V4, six ? 16 : 4);
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException impossible) {
            throw new AssertionError("so many octets are an address", impossible);
        }
    }
}
