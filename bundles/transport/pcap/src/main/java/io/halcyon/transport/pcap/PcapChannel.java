package io.halcyon.transport.pcap;

import io.halcyon.linux.frame.Announcer;
import io.halcyon.linux.socket.SocketReader;
import io.halcyon.spi.link.Link;
import io.halcyon.spi.transport.Channel;
import io.halcyon.spi.transport.ChannelListener;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;

/**
 * VRRP on one interface. Its {@link SocketReader} has the thread; sending happens on the callers' threads. Announcements need
 * no lock that adverts need: a thousand of them never hold up an advert.
 */
final class PcapChannel implements Channel {

    private final Object sending = new Object();
    private final AdvertFrame frame = new AdvertFrame();
    private final Sockets sockets;
    private final Announcer announcer;
    private final Advertisements advertisements;
    private final Announcements announcements;
    private final SocketReader reader;
    private volatile Link link;
    private volatile boolean closed;

    private PcapChannel(Sockets sockets, Link link, ChannelListener listener) {
        this.sockets = sockets;
        this.link = link;
        announcer = new Announcer(sockets.announcing());
        advertisements = new Advertisements(sockets.adverts(), link, listener);
        announcements = new Announcements(sockets.announcements(), link, listener);
        reader = new SocketReader(
                link.name(),
                sockets.announcing()::linkState,
                sockets.wakeup(),
                List.of(advertisements, announcements),
                listener::onBroken);
    }

    static PcapChannel open(Libpcap library, Link link, ChannelListener listener) throws IOException {
        PcapChannel channel = openQuiet(library, link, listener);
        channel.reader.start();
        return channel;
    }

    /** A channel without its thread: it hears only what is drained. */
    static PcapChannel openQuiet(Libpcap library, Link link, ChannelListener listener) throws IOException {
        if (link.mac().value() == 0) {
            throw new IOException("it has no link-layer address, use transport = raw there");
        }
        return new PcapChannel(new Sockets(library, link), link, listener);
    }

    @Override
    public void send(InetAddress source, byte[] message) throws IOException {
        if (!(source instanceof Inet4Address ipv4)) {
            throw new IllegalArgumentException("VRRP over IPv4 does not come from " + source.getHostAddress());
        }
        synchronized (sending) {
            requireOpen();
            int length = frame.write(link.mac(), ipv4, message);
            sockets.adverts().send(frame.octets(), length);
        }
    }

    @Override
    public void drain() {
        reader.drain();
    }

    @Override
    public void announce(Collection<InetAddress> addresses) throws IOException {
        requireOpen();
        Link present = link;
        announcer.announce(present.name(), present.mac().octets(), addresses);
    }

    @Override
    public void rehearse(Collection<InetAddress> addresses) {
        Link present = link;
        announcer.rehearse(present.name(), present.mac().octets(), addresses);
    }

    @Override
    public void watchAnnouncements(Collection<InetAddress> addresses) throws IOException {
        reader.change(() -> announcements.watch(addresses));
    }

    @Override
    public void update(Link present) throws IOException {
        link = present;
        reader.change(() -> {
            advertisements.update(present);
            announcements.update(present);
        });
    }

    @Override
    public void close() {
        if (!beginClosing()) {
            return;
        }
        announcer.close();
        reader.close();
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
}
