package io.halcyon.vrrp.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.net.MacAddress;
import io.halcyon.spi.link.Link;
import io.halcyon.spi.transport.Channel;
import io.halcyon.spi.transport.ChannelListener;
import io.halcyon.spi.transport.Packet;
import io.halcyon.spi.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** A channel that is closed, in each order in which that can happen. */
class LinkChannelTest {

    private static final Link ETH0 = new Link("eth0", 2, new MacAddress(1), true, true, 1500, true, List.of());

    private final Worker worker = new Worker("transport");
    private final Queue<Runnable> mailbox = new ArrayDeque<>();
    private int opened;
    private int closed;
    private Runnable whileOpening = () -> {};

    /** Fails in whatever it is asked, but for closing. */
    private final class Failing implements Channel {

        @Override
        public void send(InetAddress source, byte[] message) {
            throw new IllegalStateException("a defect");
        }

        @Override
        public void drain() {}

        @Override
        public void announce(Collection<InetAddress> addresses) {
            throw new NoClassDefFoundError("gone");
        }

        @Override
        public void watchAnnouncements(Collection<InetAddress> addresses) {}

        @Override
        public void close() {
            closed++;
        }
    }

    private final class Slow implements Transport {

        @Override
        public String name() {
            return "slow";
        }

        @Override
        public Channel open(Link link, ChannelListener listener) {
            opened++;
            whileOpening.run();
            return new Failing();
        }
    }

    private static final class Nobody implements LinkChannel.Upcall {

        @Override
        public void opened(LinkChannel channel) {}

        @Override
        public void failed(LinkChannel channel, String cause) {}

        @Override
        public void packet(LinkChannel channel, Packet packet, long arrivedNanos) {}

        @Override
        public void announcement(LinkChannel channel, InetAddress address) {}

        @Override
        public void conflict(LinkChannel channel, InetAddress source, MacAddress mac) {}

        @Override
        public void broken(LinkChannel channel, String cause) {}
    }

    private final LinkChannel channel =
            new LinkChannel(new Slow(), worker, ETH0, System::nanoTime, mailbox::add, new Nobody());

    private void loop() {
        for (Runnable order = mailbox.poll(); order != null; order = mailbox.poll()) {
            order.run();
        }
    }

    private void work() {
        while (worker.turn()) {
            // until nothing waits
        }
    }

    @Test
    void closedWhileItIsBeingOpened() {
        whileOpening = channel::close;

        work();

        assertThat(opened).isEqualTo(1);
        assertThat(closed)
                .as("the worker ends, and the loop may hear nothing any more")
                .isEqualTo(1);
        loop();
        work();
        assertThat(closed).isEqualTo(1);
    }

    @Test
    void closedBeforeTheLoopHasHeardThatItIsOpen() {
        work();

        channel.close();
        work();

        assertThat(closed).isEqualTo(1);
        loop();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void closedWhenItIsOpen() {
        work();
        loop();
        assertThat(channel.isOpen()).isTrue();

        channel.close();
        channel.close();
        work();

        assertThat(closed).isEqualTo(1);
    }

    @Test
    void aDefectOfTheTransportIsATroubleLikeAnyOther() throws IOException {
        work();
        loop();
        Channel open = channel.channel();

        assertThatThrownBy(() -> open.send(InetAddress.getLoopbackAddress(), new byte[8]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a defect");
        assertThatThrownBy(() -> open.announce(List.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("gone");
    }
}
