package io.halcyon.transport.pcap;

import io.halcyon.api.net.MacAddress;
import java.nio.ByteBuffer;

/**
 * A received frame without a VLAN tag.
 *
 * @param destination link-layer address it was sent to
 * @param source link-layer address of its sender
 * @param etherType what it carries
 * @param data the octets from the Ethernet header on
 */
record Frame(MacAddress destination, MacAddress source, int etherType, ByteBuffer data) {

    static final int HEADER = 14;
    static final int IPV4 = 0x0800;
    static final int ARP = 0x0806;
    static final int IPV6 = 0x86dd;

    private static final int VLAN = 0x8100;
    private static final int VLAN_ID = 0x0fff;
    private static final int TAG = 4;
    private static final long GROUP_BIT = 0x0100_0000_0000L;

    /**
     * The frame in these octets. A capture also sees the frames of VLANs, which belong to interfaces of their own: they are
     * given as VLAN frames, and nobody wants these. A tag with nothing but a priority (IEEE 802.1p) is taken off.
     */
    static Frame of(ByteBuffer data) {
        boolean priorityOnly =
                data.remaining() >= HEADER + TAG && type(data, 12) == VLAN && (data.getShort(HEADER) & VLAN_ID) == 0;
        ByteBuffer plain = priorityOnly ? withoutTag(data) : data;
        int etherType = plain.remaining() < HEADER ? 0 : type(plain, 12);
        return new Frame(mac(plain, 0), mac(plain, 6), etherType, plain);
    }

    /** Whether it was meant for this interface; a capture of somebody else may have made it promiscuous. */
    boolean isFor(MacAddress own) {
        return (destination.value() & GROUP_BIT) != 0 || destination.equals(own);
    }

    private static ByteBuffer withoutTag(ByteBuffer data) {
        byte[] plain = new byte[data.remaining() - TAG];
        data.get(0, plain, 0, 12);
        data.get(12 + TAG, plain, 12, plain.length - 12);
        return ByteBuffer.wrap(plain);
    }

    private static int type(ByteBuffer data, int offset) {
        return data.getShort(offset) & 0xffff;
    }

    private static MacAddress mac(ByteBuffer data, int offset) {
        byte[] octets = new byte[6];
        if (data.remaining() >= HEADER) {
            data.get(offset, octets);
        }
        return MacAddress.of(octets);
    }
}
