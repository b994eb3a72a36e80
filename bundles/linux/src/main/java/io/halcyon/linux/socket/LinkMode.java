package io.halcyon.linux.socket;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.halcyon.linux.LinuxException;
import java.nio.charset.StandardCharsets;

/**
 * How fast an interface's cable is, as {@code ethtool} prints it. Unlike {@code /sys}, which belongs to a mount, it is asked
 * for in the network namespace of the calling thread.
 *
 * @param megabits speed in Mbit/s, -1 if nobody knows: no cable, or not that kind of interface
 * @param fullDuplex whether both sides may send at once
 */
public record LinkMode(int megabits, boolean fullDuplex) {

    private static final LinkMode UNKNOWN = new LinkMode(-1, false);

    private static final int IFREQ = 40;
    private static final int NAME = 16;
    // struct ethtool_cmd of linux/ethtool.h
    private static final int COMMAND_BYTES = 44;
    private static final int SPEED_LOW = 12;
    private static final int DUPLEX = 14;
    private static final int SPEED_HIGH = 28;
    private static final int GET_SETTINGS = 1;
    private static final int FULL = 1;

    /**
     * Asks the kernel.
     *
     * @param name of the interface, at most 15 bytes
     */
    public static LinkMode of(String name) throws LinuxException {
        int socket = Libc.socket(Libc.AF_INET, Libc.SOCK_DGRAM | Libc.SOCK_CLOEXEC, 0);
        if (socket < 0) {
            throw LinuxException.last("socket(AF_INET)");
        }
        try (var request = new Memory(IFREQ);
                var settings = new Memory(COMMAND_BYTES)) {
            return ask(socket, name.getBytes(StandardCharsets.UTF_8), request, settings);
        } finally {
            Libc.close(socket);
        }
    }

    private static LinkMode ask(int socket, byte[] name, Memory request, Memory settings) {
        if (name.length >= NAME) {
            return UNKNOWN;
        }
        request.clear();
        settings.clear();
        settings.setInt(0, GET_SETTINGS);
        request.write(0, name, 0, name.length);
        request.setPointer(NAME, new Pointer(Pointer.nativeValue(settings)));
        if (Libc.ioctl(socket, Libc.SIOCETHTOOL, request) != 0) {
            return UNKNOWN;
        }
        int high = Short.toUnsignedInt(settings.getShort(SPEED_HIGH));
        int megabits = high << 16 | Short.toUnsignedInt(settings.getShort(SPEED_LOW));
        // SPEED_UNKNOWN is -1; drivers without a cable also say 0, or 65535 from the time of 16 bits.
        boolean known = megabits > 0 && megabits != 0xffff;
        return new LinkMode(known ? megabits : -1, settings.getByte(DUPLEX) == FULL);
    }
}
