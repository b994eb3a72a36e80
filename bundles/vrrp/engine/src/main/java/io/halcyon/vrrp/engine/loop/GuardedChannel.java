package io.halcyon.vrrp.engine.loop;

import io.halcyon.spi.link.Link;
import io.halcyon.spi.transport.Channel;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Collection;

/**
 * A transport's channel whose defects are troubles like any other: what it throws where a router asks for something is an
 * {@link IOException}. Otherwise the rest of what the router wants done would be lost with it, its addresses for example.
 */
final class GuardedChannel implements Channel {

    private interface Call {
        void run() throws IOException;
    }

    private final Channel channel;

    GuardedChannel(Channel channel) {
        this.channel = channel;
    }

    private static void guard(Call call) throws IOException {
        try {
            call.run();
        } catch (RuntimeException | LinkageError e) {
            throw new IOException(e.toString(), e);
        }
    }

    @Override
    public void send(InetAddress source, byte[] message) throws IOException {
        guard(() -> channel.send(source, message));
    }

    @Override
    public void drain() {
        channel.drain();
    }

    @Override
    public void announce(Collection<InetAddress> addresses) throws IOException {
        guard(() -> channel.announce(addresses));
    }

    @Override
    public void rehearse(Collection<InetAddress> addresses) {
        channel.rehearse(addresses);
    }

    @Override
    public void watchAnnouncements(Collection<InetAddress> addresses) throws IOException {
        guard(() -> channel.watchAnnouncements(addresses));
    }

    @Override
    public void update(Link link) throws IOException {
        guard(() -> channel.update(link));
    }

    @Override
    public void close() {
        channel.close();
    }
}
