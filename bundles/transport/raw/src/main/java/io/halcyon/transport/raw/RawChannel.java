package io.halcyon.transport.raw;

import io.halcyon.linux.frame.Announcer;
import io.halcyon.linux.frame.Ipv4Header;
import io.halcyon.spi.link.Link;
import io.halcyon.spi.transport.Channel;
import io.halcyon.spi.transport.ChannelListener;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Collection;

/**
 * VRRP on one interface. Its {@link Reception} has the thread; sending happens on the callers' threads. Announcements need
 * no lock that adverts need: a thousand of them never hold up an advert.
 */
final class RawChannel implements Channel {

    private static final int USUAL_PACKET = 1_500;

    private final Object sending = new Object();
    private final Sockets sockets;
    private final Announcer announcer;
    private final Reception reception;
    private volatile Link link;
    private volatile boolean closed;
    private ByteBuffer packet = ByteBuffer.allocate(USUAL_PACKET);
    private int identification;

    private RawChannel(Link link, Sockets sockets, Reception reception) {
        this.link = link;
        this.sockets = sockets;
        this.reception = reception;
        announcer = new Announcer(sockets.sending());
    }

    static RawChannel open(Link link, ChannelListener listener) throws IOException {
        RawChannel channel = openQuiet(link, listener);
        channel.reception.start();
        return channel;
    }

    /** A channel without its thread: it hears only what is drained. */
    static RawChannel openQuiet(Link link, ChannelListener listener) throws IOException {
        Sockets sockets = new Sockets(link.index());
        try {
            return new RawChannel(link, sockets, new Reception(link, listener, sockets));
        } catch (IOException failure) {
            sockets.close();
            throw failure;
        }
    }

    @Override
    public void send(InetAddress source, byte[] message) throws IOException {
        if (!(source instanceof Inet4Address ipv4)) {
            throw new IllegalArgumentException("VRRP over IPv4 does not come from " + source.getHostAddress());
        }
        synchronized (sending) {
            requireOpen();
            int length = Ipv4Header.LENGTH + message.length;
            if (length > packet.capacity()) {
                packet = ByteBuffer.allocate(length);
            }
            Ipv4Header.write(packet.clear(), ipv4, nextIdentification());
            packet.put(message);
            sockets.vrrp().send(packet.array(), length);
        }
    }

    @Override
    public void drain() {
        reception.drain();
    }

    @Override
    public void announce(Collection<InetAddress> addresses) throws IOException {
        requireOpen();
        Link present = link;
        // Loopback and tunnels have no link-layer address that anybody could learn.
        if (present.mac().value() != 0) {
            announcer.announce(present.name(), present.mac().octets(), addresses);
        }
    }

    @Override
    public void rehearse(Collection<InetAddress> addresses) {
        Link present = link;
        announcer.rehearse(present.name(), present.mac().octets(), addresses);
    }

    @Override
    public void watchAnnouncements(Collection<InetAddress> addresses) throws IOException {
        reception.watch(addresses);
    }

    @Override
    public void update(Link present) throws IOException {
        link = present;
        reception.update(present);
    }

    @Override
    public void close() {
        if (!beginClosing()) {
            return;
        }
        announcer.close();
        reception.close();
        sockets.close();
    }

    /** After it, nobody sends an advert; false if somebody was here before. */
    private boolean beginClosing() {
        synchronized (sending) {
            boolean first = !closed;
            closed = true;
            return first;
        }
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("the channel on " + link.name() + " is closed");
        }
    }

    /** Counts from 1 and skips 0, for which the kernel would choose one itself. */
    private int nextIdentification() {
        identification = identification == 0xffff ? 1 : identification + 1;
        return identification;
    }
}
