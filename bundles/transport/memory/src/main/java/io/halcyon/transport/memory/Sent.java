package io.halcyon.transport.memory;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/** Something that a node put on the LAN, whether or not it arrived anywhere. */
public sealed interface Sent {

    /** When, on the LAN's clock. */
    long atNanos();

    /** Who. */
    String node();

    /** Through which interface. */
    String link();

    /**
     * A VRRP message.
     *
     * @param source IP source address
     * @param message read-only, from the version octet on
     */
    record Advert(long atNanos, String node, String link, InetAddress source, ByteBuffer message) implements Sent {

        /** A view with a position of its own. */
        @Override
        public ByteBuffer message() {
            return message.asReadOnlyBuffer();
        }
    }

    /** A gratuitous ARP or an unsolicited neighbor advertisement. */
    record Announcement(long atNanos, String node, String link, InetAddress address) implements Sent {}
}
