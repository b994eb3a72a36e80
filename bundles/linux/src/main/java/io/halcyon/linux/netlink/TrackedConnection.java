package io.halcyon.linux.netlink;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * A connection that the kernel tracks, as its first packet had it, and who answers.
 *
 * @param protocol number as in the IP header
 * @param client source of its first packet
 * @param destination where its first packet was sent
 * @param server who answers: another one than the destination if that was translated
 * @param established whether it is an established TCP connection, or of another protocol and answered
 * @param identity the kernel's number of it
 */
public record TrackedConnection(
        int protocol,
        InetAddress client,
        int clientPort,
        InetAddress destination,
        int destinationPort,
        InetAddress server,
        int serverPort,
        boolean established,
        long identity) {

    // linux/netfilter/nfnetlink_conntrack.h
    static final int ORIGINAL = 1;
    static final int STATUS = 3;
    static final int IDENTITY = 12;
    static final int STATUS_MASK = 26;
    static final int STATUS_DESTINATION_TRANSLATED = 1 << 5;
    private static final int REPLY = 2;
    private static final int PROTOCOL_STATE = 4;
    private static final int TCP = 1;
    private static final int TCP_STATE = 1;
    private static final int TCP_ESTABLISHED = 3;
    private static final int TCP_NUMBER = 6;
    private static final int STATUS_ANSWERED = 1 << 1;
    private static final int ADDRESSES = 1;
    private static final int SOURCE_4 = 1;
    private static final int DESTINATION_4 = 2;
    private static final int SOURCE_6 = 3;
    private static final int DESTINATION_6 = 4;
    private static final int PROTOCOL = 2;
    private static final int PROTOCOL_NUMBER = 1;
    private static final int SOURCE_PORT = 2;
    private static final int DESTINATION_PORT = 3;

    /** Whether another one than its destination answers. */
    public boolean translated() {
        return !destination.equals(server) || destinationPort != serverPort;
    }

    /** Null for what is not between ports. */
    static @Nullable TrackedConnection read(Attributes attributes) {
        Attributes original = attributes.nested(ORIGINAL);
        Attributes reply = attributes.nested(REPLY);
        Attributes ports = original.nested(PROTOCOL);
        InetAddress client = address(original.nested(ADDRESSES), SOURCE_4, SOURCE_6);
        InetAddress destination = address(original.nested(ADDRESSES), DESTINATION_4, DESTINATION_6);
        InetAddress server = address(reply.nested(ADDRESSES), SOURCE_4, SOURCE_6);
        if (client == null || destination == null || server == null || !ports.has(SOURCE_PORT)) {
            return null;
        }
        return new TrackedConnection(
                ports.u8(PROTOCOL_NUMBER),
                client,
                ports.u16BigEndian(SOURCE_PORT),
                destination,
                ports.u16BigEndian(DESTINATION_PORT),
                server,
                reply.nested(PROTOCOL).u16BigEndian(SOURCE_PORT),
                established(attributes, ports.u8(PROTOCOL_NUMBER)),
                attributes.u32BigEndian(IDENTITY));
    }

    void write(AttributeWriter writer) {
        boolean ipv6 = client.getAddress().length > 4;
        writer.nested(ORIGINAL, tuple -> tuple.nested(ADDRESSES, addresses -> addresses
                        .bytes(ipv6 ? SOURCE_6 : SOURCE_4, client.getAddress())
                        .bytes(ipv6 ? DESTINATION_6 : DESTINATION_4, destination.getAddress()))
                .nested(PROTOCOL, ports -> ports.u8(PROTOCOL_NUMBER, protocol)
                        .u16BigEndian(SOURCE_PORT, clientPort)
                        .u16BigEndian(DESTINATION_PORT, destinationPort)));
        writer.bytes(IDENTITY, Conntrack.bigEndian(identity));
    }

    private static boolean established(Attributes attributes, int protocol) {
        return protocol == TCP_NUMBER
                ? attributes.nested(PROTOCOL_STATE).nested(TCP).u8(TCP_STATE) == TCP_ESTABLISHED
                : (attributes.u32BigEndian(STATUS) & STATUS_ANSWERED) != 0;
    }

    private static @Nullable InetAddress address(Attributes addresses, int ipv4, int ipv6) {
        byte[] octets = addresses.bytes(addresses.has(ipv4) ? ipv4 : ipv6);
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException noAddress) {
            return null;
        }
    }
}
