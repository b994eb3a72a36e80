package io.halcyon.spi.transport;

import io.halcyon.spi.link.Link;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Collection;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An open way to send and receive VRRP messages on one interface. Thread-safe.
 *
 * <p>No call but {@link #close()} may block. {@link #announce} comes from the thread that sends advertisements, from the VIP
 * manager's and from two announcing threads, also at once; {@link #rehearse} from the announcing threads; the others from the
 * thread that sends advertisements.
 */
@ConsumerType
public interface Channel extends AutoCloseable {

    /**
     * Sends a VRRP message to the multicast group 224.0.0.18 (RFC 9568 section 5.1.1) with TTL 255 and TOS 0xC0.
     *
     * @param source address it comes from; must be one of the interface's
     * @param message the VRRP message from its version octet on
     * @throws IOException if the kernel refuses it
     */
    void send(InetAddress source, byte[] message) throws IOException;

    /**
     * Hands everything that has already arrived to the listener, in order, before it returns. Never blocks.
     *
     * <p>A loop that slept too long calls this before it decides anything.
     */
    void drain();

    /**
     * Announces addresses as ours: one gratuitous ARP (broadcast request, sender and target address equal, RFC 5227
     * section 3) or one unsolicited neighbor advertisement (RFC 4861 section 7.2.6) for each. Two threads share the work where
     * there are many: neither should wait for the other.
     *
     * @throws IOException if the kernel refuses one; the others were sent
     */
    void announce(Collection<InetAddress> addresses) throws IOException;

    /** Goes through what {@link #announce} would do, without sending: the first takeover is to find its code loaded. */
    default void rehearse(Collection<InetAddress> addresses) {}

    /**
     * Reports gratuitous ARP and unsolicited neighbor advertisements of others for these addresses to
     * {@link ChannelListener#onAnnouncement}; replaces the addresses of the last call, none to stop.
     *
     * @throws IOException if the kernel refuses
     */
    void watchAnnouncements(Collection<InetAddress> addresses) throws IOException;

    /**
     * Tells of the interface's present addresses and MAC; those of {@link Transport#open} count until then. Conflicts are
     * reported for these addresses, announcements carry this MAC.
     *
     * @param link the same index as at {@link Transport#open}
     * @throws IOException if the kernel refuses
     */
    default void update(Link link) throws IOException {}

    /** Leaves the group and closes the sockets. The listener hears nothing after it returned. */
    @Override
    void close();
}
