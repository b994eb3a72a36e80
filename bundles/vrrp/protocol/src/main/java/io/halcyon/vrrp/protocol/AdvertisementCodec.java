package io.halcyon.vrrp.protocol;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Octets to advertisements and back. Stateless.
 *
 * <pre>
 *  version 2, RFC 3768 section 5.1                    version 3, RFC 9568 section 5.1
 *  0       1       2       3                          0       1       2       3
 * +-------+-------+-------+-------+                  +-------+-------+-------+-------+
 * | 2 | 1 | VRID  | prio  | count |                  | 3 | 1 | VRID  | prio  | count |
 * +-------+-------+-------+-------+                  +-------+-------+-------+-------+
 * | auth  | secs  |   checksum    |                  |0| centisecs   |   checksum    |
 * +-------+-------+-------+-------+                  +-------+-------+-------+-------+
 * | addresses ...                 |                  | addresses ...                 |
 * | 8 octets authentication data  |                  +-------------------------------+
 * +-------------------------------+
 * </pre>
 */
public final class AdvertisementCodec {

    /** Where advertisements go, RFC 9568 section 5.1.1.2. */
    public static final InetAddress GROUP_IPV4 = address(new byte[] {(byte) 224, 0, 0, 18});

    private static final int HEADER_LENGTH = 8;
    private static final int AUTH_LENGTH = 8;
    private static final int CHECKSUM_OFFSET = 6;
    private static final int ADVERTISEMENT = 1;
    private static final int TTL = 255;
    private static final int CENTIS_PER_SECOND = 100;

    private AdvertisementCodec() {}

    /** An advertisement to the multicast group. */
    public static byte[] encode(RouterConfig config, int priority, InetAddress source) {
        return encode(config, priority, source, GROUP_IPV4);
    }

    /**
     * An advertisement.
     *
     * @param priority the effective one, or 0 to give up
     * @param source IP source address, of the family of the addresses
     * @param destination IP destination address
     */
    public static byte[] encode(RouterConfig config, int priority, InetAddress source, InetAddress destination) {
        int addressLength = source.getAddress().length;
        ByteBuffer message =
                ByteBuffer.allocate(length(config.version(), config.addresses().size(), addressLength));
        message.put((byte) ((config.version() << 4) | ADVERTISEMENT));
        message.put((byte) config.vrid());
        message.put((byte) priority);
        message.put((byte) config.addresses().size());
        putInterval(message, config);
        message.putShort((short) 0);
        for (InetAddress address : config.addresses()) {
            message.put(address.getAddress());
        }
        if (config.version() == 2 && config.authPass() != null) {
            message.put(config.authPass().getBytes(StandardCharsets.ISO_8859_1));
        }
        message.rewind();
        message.putShort(CHECKSUM_OFFSET, (short) checksum(message, config, source, destination));
        byte[] octets = new byte[message.remaining()];
        message.get(octets);
        return octets;
    }

    private static void putInterval(ByteBuffer message, RouterConfig config) {
        if (config.version() == 3) {
            message.putShort((short) config.advertIntervalCentis());
        } else {
            message.put((byte) (config.authPass() == null ? Advertisement.AUTH_NONE : Advertisement.AUTH_PASS));
            message.put((byte) (config.advertIntervalCentis() / CENTIS_PER_SECOND));
        }
    }

    private static int checksum(ByteBuffer message, RouterConfig config, InetAddress source, InetAddress destination) {
        boolean pseudoHeader = config.version() == 3 && config.checksumForm() == ChecksumForm.PSEUDO_HEADER;
        return pseudoHeader ? InternetChecksum.of(message, source, destination) : InternetChecksum.of(message);
    }

    private static int length(int version, int addresses, int addressLength) {
        return HEADER_LENGTH + addresses * addressLength + (version == 2 ? AUTH_LENGTH : 0);
    }

    /**
     * Reads a message; never throws, whatever it is made of. The checks are those of RFC 9568 section 7.1 that need no
     * configuration.
     *
     * @param message from the version octet on, as long as the IP header says; its position is not moved
     * @param ttl IP time to live
     */
    public static Decoded decode(ByteBuffer message, int ttl, InetAddress source, InetAddress destination) {
        ByteBuffer in = message.slice();
        int vrid = in.remaining() > 1 ? octet(in, 1) : 0;
        Fault fault = fault(in, ttl, source, destination);
        return fault == null
                ? new Decoded.Accepted(read(in, source.getAddress().length))
                : new Decoded.Refused(fault, vrid);
    }

    private static @Nullable Fault fault(ByteBuffer in, int ttl, InetAddress source, InetAddress destination) {
        if (in.remaining() < HEADER_LENGTH) {
            return Fault.TOO_SHORT;
        }
        if (ttl != TTL) {
            return Fault.BAD_TTL;
        }
        int version = octet(in, 0) >>> 4;
        if (version != 2 && version != 3) {
            return Fault.BAD_VERSION;
        }
        if ((octet(in, 0) & 0x0f) != ADVERTISEMENT) {
            return Fault.BAD_TYPE;
        }
        if (in.remaining() != length(version, octet(in, 3), source.getAddress().length)) {
            return Fault.BAD_LENGTH;
        }
        if (!isChecksumRight(in, version, source, destination)) {
            return Fault.BAD_CHECKSUM;
        }
        // An adopted interval of 0 would make master-down 0 too; who gives up may say anything.
        boolean needsInterval = octet(in, 2) != Advertisement.PRIORITY_RELEASE;
        return needsInterval && intervalCentis(in, version) == 0 ? Fault.ZERO_INTERVAL : null;
    }

    private static boolean isChecksumRight(ByteBuffer in, int version, InetAddress source, InetAddress destination) {
        if (InternetChecksum.of(in) == 0) {
            return true;
        }
        return version == 3 && InternetChecksum.of(in, source, destination) == 0;
    }

    private static Advertisement read(ByteBuffer in, int addressLength) {
        int version = octet(in, 0) >>> 4;
        in.position(HEADER_LENGTH);
        List<InetAddress> addresses = new ArrayList<>();
        for (int i = octet(in, 3); i > 0; i--) {
            byte[] octets = new byte[addressLength];
            in.get(octets);
            addresses.add(address(octets));
        }
        return new Advertisement(
                version,
                octet(in, 1),
                octet(in, 2),
                intervalCentis(in, version),
                version == 2 ? octet(in, 4) : Advertisement.AUTH_NONE,
                version == 2 ? authData(in) : "",
                addresses);
    }

    private static String authData(ByteBuffer in) {
        byte[] octets = new byte[AUTH_LENGTH];
        in.get(octets);
        int end = AUTH_LENGTH;
        while (end > 0 && octets[end - 1] == 0) {
            end--;
        }
        return new String(octets, 0, end, StandardCharsets.ISO_8859_1);
    }

    private static int intervalCentis(ByteBuffer in, int version) {
        return version == 3 ? in.getShort(4) & 0x0fff : octet(in, 5) * CENTIS_PER_SECOND;
    }

    private static int octet(ByteBuffer in, int index) {
        return in.get(index) & 0xff;
    }

    private static InetAddress address(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new AssertionError("4 or 16 octets are an address", e);
        }
    }
}
