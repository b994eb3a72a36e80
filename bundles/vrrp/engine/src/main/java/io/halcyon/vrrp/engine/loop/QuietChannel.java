package io.halcyon.vrrp.engine.loop;

import io.halcyon.spi.transport.Channel;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;

/**
 * A channel that rehearses what it is to announce, and does nothing else.
 *
 * @param channel whose announcements are rehearsed
 */
record QuietChannel(Channel channel) implements Channel {

    @Override
    public void announce(Collection<InetAddress> addresses) throws IOException {
        channel.rehearse(addresses);
        // Nothing goes all the way that something would.
        channel.announce(List.of());
    }

    @Override
    public void send(InetAddress source, byte[] message) {
        throw new UnsupportedOperationException("a rehearsal sends nothing");
    }

    @Override
    public void watchAnnouncements(Collection<InetAddress> addresses) {
        throw new UnsupportedOperationException("a rehearsal watches nothing");
    }

    @Override
    public void drain() {}

    @Override
    public void close() {}
}
