package io.halcyon.linux.frame;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;

/** Addresses as packet filters compare them. */
public final class Words {

    private Words() {}

    /** The last 32 bits of each address, which is all of an IPv4 address. */
    public static List<Integer> last(Collection<? extends InetAddress> addresses) {
        return addresses.stream()
                .map(address -> {
                    byte[] octets = address.getAddress();
                    return ByteBuffer.wrap(octets).getInt(octets.length - Integer.BYTES);
                })
                .distinct()
                .toList();
    }
}
