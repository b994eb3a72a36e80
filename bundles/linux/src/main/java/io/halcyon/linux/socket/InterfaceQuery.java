package io.halcyon.linux.socket;

import com.sun.jna.Memory;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Asks the kernel about an interface by its index, in the namespace of the socket that asks. */
final class InterfaceQuery {

    private static final int IFREQ = 40;
    private static final int NAME = 16;

    private InterfaceQuery() {}

    /** The interface's present name, null if there is none of that index. */
    static @Nullable String name(Descriptor socket, int index) {
        try (Memory request = new Memory(IFREQ)) {
            request.clear();
            request.setInt(NAME, index);
            return Libc.ioctl(socket.number(), Libc.SIOCGIFNAME, request) == 0
                    ? request.getString(0, StandardCharsets.US_ASCII.name())
                    : null;
        }
    }

    static LinkState state(Descriptor socket, int index) {
        try (Memory request = new Memory(IFREQ)) {
            request.clear();
            request.setInt(NAME, index);
            // The first answer leaves the name where the second question wants it.
            if (Libc.ioctl(socket.number(), Libc.SIOCGIFNAME, request) != 0
                    || Libc.ioctl(socket.number(), Libc.SIOCGIFFLAGS, request) != 0) {
                return LinkState.GONE;
            }
            return (request.getShort(NAME) & Libc.IFF_UP) == 0 ? LinkState.DOWN : LinkState.UP;
        }
    }
}
