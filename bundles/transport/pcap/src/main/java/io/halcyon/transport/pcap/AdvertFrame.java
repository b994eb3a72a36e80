package io.halcyon.transport.pcap;

import io.halcyon.api.net.MacAddress;
import io.halcyon.linux.frame.Ipv4Header;
import java.net.Inet4Address;
import java.nio.ByteBuffer;

/** Whole frames of adverts, from the Ethernet header on. Belongs to one sender at a time: one buffer is used for all. */
final class AdvertFrame {

    /** Where the group 224.0.0.18 is on Ethernet (RFC 1112 section 6.4). */
    private static final byte[] GROUP = {1, 0, 0x5e, 0, 0, 0x12};

    private static final int HEADERS = Frame.HEADER + Ipv4Header.LENGTH;
    private static final int USUAL = 1_514;

    private ByteBuffer frame = ByteBuffer.allocate(USUAL);
    private int identification;

    /** The octets of {@link #write}; valid until the next one. */
    byte[] octets() {
        return frame.array();
    }

    /** Writes the next frame and returns its length. */
    int write(MacAddress mac, Inet4Address source, byte[] message) {
        int length = HEADERS + message.length;
        if (length > frame.capacity()) {
            frame = ByteBuffer.allocate(length);
        }
        frame.clear();
        frame.put(GROUP).put(mac.octets()).putShort((short) Frame.IPV4);
        Ipv4Header.writeAll(frame, source, nextIdentification(), message.length);
        frame.put(message);
        return length;
    }

    /** Counts from 1, as the other transport does. */
    private int nextIdentification() {
        identification = identification == 0xffff ? 1 : identification + 1;
        return identification;
    }
}
