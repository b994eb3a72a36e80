package io.halcyon.linux.socket;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.halcyon.linux.Errno;
import io.halcyon.linux.LinuxException;
import java.net.Inet6Address;
import java.nio.ByteBuffer;

/**
 * Native memory for {@code sendmsg(2)}: one {@code msghdr}, the address, control data that say by which way, one
 * {@code iovec} and the message. Made once per socket.
 */
final class EchoLetter {

    private static final int ADDRESS = 56;
    private static final int VECTOR = 88;
    private static final int CONTROL = 104;
    private static final int CONTROL_LENGTH = 64;
    private static final int DATA = CONTROL + CONTROL_LENGTH;
    private static final int CONTROL_HEADER = 16;
    private static final int ALIGNMENT = 8;

    private final Memory memory;
    private final int capacity;

    EchoLetter(int capacity) {
        this.capacity = capacity;
        memory = new Memory(DATA + (long) capacity);
        memory.clear();
        memory.setPointer(0, memory.share(ADDRESS));
        memory.setPointer(16, memory.share(VECTOR));
        memory.setLong(24, 1);
        memory.setPointer(VECTOR, memory.share(DATA));
    }

    /** Writes all of it; returns the {@code msghdr}. */
    Pointer write(ByteBuffer message, EchoSocket.Way way) throws LinuxException {
        int length = message.remaining();
        if (length > capacity) {
            throw new LinuxException("send " + length + " bytes", Errno.EMSGSIZE);
        }
        int index = index(way.device());
        int scope = way.target() instanceof Inet6Address six && six.getScopeId() != 0 ? six.getScopeId() : index;
        memory.setInt(8, SocketAddress.write(memory, ADDRESS, way.target(), scope));
        memory.getByteBuffer(DATA, length).put(message.duplicate());
        memory.setLong(VECTOR + 8, length);
        int controls = controls(way, index);
        memory.setPointer(32, controls == 0 ? null : memory.share(CONTROL));
        memory.setLong(40, controls);
        return memory;
    }

    private int controls(EchoSocket.Way way, int index) {
        memory.setMemory(CONTROL, CONTROL_LENGTH, (byte) 0);
        int end = 0;
        if (index != 0 || !way.source().isAnyLocalAddress()) {
            end = packetInfo(way, index);
        }
        if (way.mark() != 0) {
            memory.setInt(CONTROL + end + CONTROL_HEADER, way.mark());
            end = control(end, Libc.SOL_SOCKET, Libc.SO_MARK, Integer.BYTES);
        }
        return end;
    }

    /** {@code struct in_pktinfo}: index, source, unused; {@code struct in6_pktinfo}: source, index. */
    private int packetInfo(EchoSocket.Way way, int index) {
        int info = CONTROL + CONTROL_HEADER;
        byte[] source = way.source().getAddress();
        if (way.target() instanceof Inet6Address) {
            memory.write(info, source, 0, source.length);
            memory.setInt(info + source.length, index);
            return control(0, Libc.SOL_IPV6, Libc.IPV6_PKTINFO, source.length + Integer.BYTES);
        }
        memory.setInt(info, index);
        memory.write(info + Integer.BYTES, source, 0, source.length);
        return control(0, Libc.SOL_IP, Libc.IP_PKTINFO, 3 * Integer.BYTES);
    }

    /** Writes the header of a control message; returns where the next one begins. */
    private int control(int offset, int level, int type, int length) {
        memory.setLong(CONTROL + offset, CONTROL_HEADER + (long) length);
        memory.setInt(CONTROL + offset + 8, level);
        memory.setInt(CONTROL + offset + 12, type);
        int end = offset + CONTROL_HEADER + length;
        return (end + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private static int index(String device) throws LinuxException {
        if (device.isEmpty()) {
            return 0;
        }
        int index = Libc.if_nametoindex(device);
        if (index == 0) {
            throw new LinuxException("interface " + device, Errno.ENODEV);
        }
        return index;
    }
}
