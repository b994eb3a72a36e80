package io.halcyon.transport.pcap;

import io.halcyon.api.net.MacAddress;
import io.halcyon.linux.frame.Ipv4Header;
import io.halcyon.testkit.TwoHosts;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A frame from the left host as no channel sends it. */
final class Crafted {

    private static final byte[] MESSAGE = {0x31, 51, 100, 1, 0, 100, 0, 0, 10, 0, 0, 50};

    private final MacAddress right;
    private byte[] frame;

    private Crafted(MacAddress right, byte[] frame) {
        this.right = right;
        this.frame = frame;
    }

    /** An ordinary one. */
    static Crafted advert(TwoHosts hosts) {
        AdvertFrame ordinary = new AdvertFrame();
        Inet4Address source = (Inet4Address) hosts.left().addresses().get(0).address();
        int length = ordinary.write(hosts.left().mac(), source, MESSAGE);
        return new Crafted(hosts.right().mac(), Arrays.copyOf(ordinary.octets(), length));
    }

    /** Unicast to the right host's interface, whatever the address. */
    Crafted to(InetAddress destination) {
        System.arraycopy(destination.getAddress(), 0, frame, 30, 4);
        System.arraycopy(right.octets(), 0, frame, 0, 6);
        return withChecksum();
    }

    Crafted toMac(long mac) {
        System.arraycopy(new MacAddress(mac).octets(), 0, frame, 0, 6);
        return this;
    }

    Crafted fragment() {
        frame[20] |= 0x20; // more follow
        return withChecksum();
    }

    Crafted damaged() {
        frame[22] = 64; // the time to live is not what was summed up
        return this;
    }

    /** IEEE 802.1Q: priority and VLAN. */
    Crafted tagged(int tag) {
        byte[] longer = new byte[frame.length + 4];
        System.arraycopy(frame, 0, longer, 0, 12);
        ByteBuffer.wrap(longer).putShort(12, (short) 0x8100).putShort(14, (short) tag);
        System.arraycopy(frame, 12, longer, 16, frame.length - 12);
        frame = longer;
        return this;
    }

    byte[] octets() {
        return frame;
    }

    private Crafted withChecksum() {
        ByteBuffer header = ByteBuffer.wrap(frame);
        header.putShort(24, (short) 0);
        int sum = 0;
        for (int offset = 14; offset < 14 + Ipv4Header.LENGTH; offset += 2) {
            sum += header.getShort(offset) & 0xffff;
        }
        header.putShort(24, (short) ~((sum & 0xffff) + (sum >>> 16)));
        return this;
    }
}
