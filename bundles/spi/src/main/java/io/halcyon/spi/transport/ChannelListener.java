package io.halcyon.spi.transport;

import io.halcyon.api.net.MacAddress;
import java.net.InetAddress;
import org.osgi.annotation.versioning.ConsumerType;

/** Hears what arrives on a channel. Calls must return at once. */
@ConsumerType
public interface ChannelListener {

    /** A VRRP packet of another node, which came just now. */
    void onPacket(Packet packet);

    /**
     * The same, where it is known for how long the packet has waited: a master is given up so long after it was heard, and
     * not after somebody found the time to listen.
     *
     * @param ageNanos since the kernel got it
     */
    default void onPacket(Packet packet, long ageNanos) {
        onPacket(packet);
    }

    /** Another node announced an address that is watched. */
    void onAnnouncement(InetAddress address, MacAddress mac);

    /**
     * A VRRP frame came in from the wire whose source address is one of ours.
     *
     * @param source the address
     * @param mac who sent it
     */
    void onConflict(InetAddress source, MacAddress mac);

    /** A packet that arrived was not for this channel (another interface, a truncated header); {@code kind} counts it. */
    void onStray(String kind);

    /** The channel broke and will deliver nothing more. */
    void onBroken(String cause);
}
