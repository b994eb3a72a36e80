package io.halcyon.vrrp.engine.loop;

import io.halcyon.spi.link.Link;
import io.halcyon.spi.transport.Channel;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Collection;

/**
 * A transport's channel whose defects are troubles like any other: what it throws where a router asks for something is an
 * {@link IOException}. Otherwise the rest of what the router wants done would be lost with it, its addresses for example.
 *
 * <p>Says the same four times and not once with a lambda, whose class the JVM would make in the middle of the first takeover.
 */
final class GuardedChannel implements Channel {

    private final Channel channel;

    GuardedChannel(Channel channel) {
        this.channel = channel;
    }

    private static IOException trouble(Throwable defect) {
        return new IOException(defect.toString(), defect);
    }

    @Override
    public void send(InetAddress source, byte[] message) throws IOException {
        try {
            channel.send(source, message);
        } catch (RuntimeException | LinkageError e) {
            throw trouble(e);
        }
    }

    @Override
    public void drain() {
        channel.drain();
    }

    @Override
    public void announce(Collection<InetAddress> addresses) throws IOException {
        try {
            channel.announce(addresses);
        } catch (RuntimeException | LinkageError e) {
            throw trouble(e);
        }
    }

    @Override
    public void rehearse(Collection<InetAddress> addresses) {
        channel.rehearse(addresses);
    }

    @Override
    public void watchAnnouncements(Collection<InetAddress> addresses) throws IOException {
        try {
            channel.watchAnnouncements(addresses);
        } catch (RuntimeException | LinkageError e) {
            throw trouble(e);
        }
    }

    @Override
    public void update(Link link) throws IOException {
        try {
            channel.update(link);
        } catch (RuntimeException | LinkageError e) {
            throw trouble(e);
        }
    }

    @Override
    public void close() {
        channel.close();
    }
}
