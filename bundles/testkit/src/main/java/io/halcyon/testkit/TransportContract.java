package io.halcyon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.net.MacAddress;
import io.halcyon.spi.link.Link;
import io.halcyon.spi.transport.Channel;
import io.halcyon.spi.transport.ChannelListener;
import io.halcyon.spi.transport.Packet;
import io.halcyon.testkit.ChannelRecorder.Heard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@code Transport} must do. Extend it with two hosts, left and right, on one link.
 *
 * <p>Nothing here sleeps to show that something did not come: a later packet over the same way shows it.
 */
public abstract class TransportContract {

    private static final InetAddress VRRP_GROUP = address("224.0.0.18");
    private static final InetAddress VIP = address("192.0.2.50");
    private static final InetAddress VIP6 = address("2001:db8::50");
    private static final InetAddress OTHER_VIP = address("192.0.2.51");

    private static final int ANNOUNCED_TOGETHER = 400;

    private final ChannelRecorder leftHears = new ChannelRecorder();
    private final ChannelRecorder rightHears = new ChannelRecorder();
    private final List<Channel> opened = new ArrayList<>();

    /** Opens a channel on the left host. */
    protected abstract Channel openLeft(ChannelListener listener) throws IOException;

    /** Opens a channel on the right host. */
    protected abstract Channel openRight(ChannelListener listener) throws IOException;

    /** The left host's interface, with one IPv4 address. */
    protected abstract Link leftLink();

    /** The right host's interface, with one IPv4 address. */
    protected abstract Link rightLink();

    @AfterEach
    void closeChannels() {
        opened.forEach(Channel::close);
    }

    @Test
    void whatOneSendsTheOtherHears() throws Exception {
        Channel left = left();
        right();

        left.send(leftAddress(), message(1));

        Packet packet = rightHears.awaitPacket();
        assertThat(packet.source()).isEqualTo(leftAddress());
        assertThat(packet.destination()).isEqualTo(VRRP_GROUP);
        assertThat(packet.ttl()).isEqualTo(255);
        assertThat(packet.message()).isEqualTo(ByteBuffer.wrap(message(1)));
    }

    @Test
    void nobodyHearsItself() throws Exception {
        Channel left = left();
        Channel right = right();

        left.send(leftAddress(), message(1));
        left.announce(List.of(VIP));
        rightHears.awaitPacket();
        right.send(rightAddress(), message(2));

        assertThat(leftHears.awaitPacket().message()).isEqualTo(ByteBuffer.wrap(message(2)));
        assertThat(leftHears.heard()).hasSize(1);
    }

    @Test
    void aMessageIsItsReceiversOwn() throws Exception {
        Channel left = left();
        right();
        byte[] message = message(1);

        left.send(leftAddress(), message);
        message[0] = 99;

        assertThat(rightHears.awaitPacket().message()).isEqualTo(ByteBuffer.wrap(message(1)));
    }

    @Test
    void hundredsOfPacketsStayInOrderWhoeverHandsThemOver() throws Exception {
        Channel left = left();
        Channel right = right();

        for (int i = 0; i < 300; i++) {
            left.send(leftAddress(), message(i));
            if (i % 50 == 0) {
                right.drain();
            }
        }
        right.drain();
        rightHears.await(Heard.Vrrp.class, 300);

        List<Packet> packets = rightHears.packets();
        assertThat(packets).hasSize(300);
        for (int i = 0; i < 300; i++) {
            assertThat(packets.get(i).message()).isEqualTo(ByteBuffer.wrap(message(i)));
        }
    }

    @Test
    void drainOfAnEmptyQueueReturnsAtOnce() throws Exception {
        Channel left = left();

        long before = System.nanoTime();
        left.drain();

        assertThat(System.nanoTime() - before).isLessThan(TimeUnit.SECONDS.toNanos(1));
        assertThat(leftHears.heard()).isEmpty();
    }

    @Test
    void watchedAnnouncementsAreReportedAndRehearsedOnesAreNot() throws Exception {
        Channel left = left();
        right().watchAnnouncements(List.of(VIP, VIP6));

        left.rehearse(List.of(VIP));
        left.announce(List.of());
        left.announce(List.of(OTHER_VIP, VIP, VIP6));

        MacAddress mac = leftLink().mac();
        assertThat(rightHears.await(Heard.Announcement.class, 2))
                .containsExactlyInAnyOrder(new Heard.Announcement(VIP, mac), new Heard.Announcement(VIP6, mac));
    }

    @Test
    void twoThreadsMayAnnounceAtTheSameTime() throws Exception {
        Channel left = left();
        List<InetAddress> all = new ArrayList<>();
        for (int i = 1; i <= ANNOUNCED_TOGETHER; i++) {
            all.add(InetAddress.getByAddress(new byte[] {10, 99, (byte) (i >> 8), (byte) i}));
        }
        right().watchAnnouncements(all);

        FutureTask<Void> half = new FutureTask<>(() -> {
            left.announce(all.subList(0, ANNOUNCED_TOGETHER / 2));
            return null;
        });
        new Thread(half, "announces").start();
        left.announce(all.subList(ANNOUNCED_TOGETHER / 2, ANNOUNCED_TOGETHER));
        half.get();

        assertThat(rightHears.await(Heard.Announcement.class, ANNOUNCED_TOGETHER))
                .extracting(Heard.Announcement::address)
                .containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void aNewWatchReplacesTheOldOne() throws Exception {
        Channel left = left();
        Channel right = right();
        right.watchAnnouncements(List.of(VIP));

        right.watchAnnouncements(List.of(OTHER_VIP));
        left.announce(List.of(VIP, OTHER_VIP));

        assertThat(rightHears.await(Heard.Announcement.class, 1))
                .containsExactly(new Heard.Announcement(OTHER_VIP, leftLink().mac()));
    }

    @Test
    void aStoppedWatchReportsNothing() throws Exception {
        Channel left = left();
        Channel right = right();
        right.watchAnnouncements(List.of(VIP, VIP6));

        right.watchAnnouncements(List.of());
        left.announce(List.of(VIP, VIP6));
        left.send(leftAddress(), message(1));
        rightHears.awaitPacket();
        right.drain();

        assertThat(rightHears.heard(Heard.Announcement.class)).isEmpty();
    }

    @Test
    void oneOfOurAddressesFromTheWireIsAConflict() throws Exception {
        Channel left = left();
        right();

        left.send(rightAddress(), message(1));

        assertThat(rightHears.await(Heard.Conflict.class, 1))
                .containsExactly(new Heard.Conflict(rightAddress(), leftLink().mac()));
        assertThat(rightHears.packets()).isEmpty();
    }

    @Test
    void aClosedChannelIsSilentForGood() throws Exception {
        Channel left = left();
        Channel right = right();
        ChannelRecorder second = new ChannelRecorder();
        right.close();
        remember(openRight(second));

        left.send(leftAddress(), message(1));
        second.awaitPacket();
        right.drain();

        assertThat(rightHears.heard()).isEmpty();
        assertThatThrownBy(() -> right.send(rightAddress(), message(2))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> right.announce(List.of(VIP))).isInstanceOf(IOException.class);
    }

    @Test
    void closingTwiceIsClosingOnce() throws Exception {
        Channel left = left();

        left.close();

        assertThatCode(left::close).doesNotThrowAnyException();
    }

    @Test
    void aListenerMayCloseItsChannel() throws Exception {
        Channel left = left();
        right();
        CompletableFuture<Channel> closing = new CompletableFuture<>();
        ChannelRecorder closer = new ChannelRecorder(() -> closing.join().close());
        closing.complete(remember(openRight(closer)));

        left.send(leftAddress(), message(1));
        left.send(leftAddress(), message(2));
        rightHears.await(Heard.Vrrp.class, 2);
        closer.awaitPacket();
        closing.join().drain();

        assertThat(closer.packets()).hasSize(1);
    }

    @Test
    void channelsCanBeOpenedAgainAndAgain() throws Exception {
        Channel left = left();
        for (int i = 0; i < 20; i++) {
            ChannelRecorder hears = new ChannelRecorder();
            try (Channel right = openRight(hears)) {
                left.send(leftAddress(), message(i));
                assertThat(hears.awaitPacket().message()).isEqualTo(ByteBuffer.wrap(message(i)));
                right.drain();
            }
        }
    }

    /** A VRRP-like message that carries a number. */
    protected static byte[] message(int number) {
        return new byte[] {0x31, 51, 100, 1, 0, 100, (byte) (number >>> 8), (byte) number, (byte) 192, 0, 2, 50};
    }

    /** An address from its text, without a name lookup. */
    protected static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException wrong) {
            throw new IllegalArgumentException(text, wrong);
        }
    }

    private Channel left() throws IOException {
        return remember(openLeft(leftHears));
    }

    private Channel right() throws IOException {
        return remember(openRight(rightHears));
    }

    private Channel remember(Channel channel) {
        opened.add(channel);
        return channel;
    }

    private InetAddress leftAddress() {
        return leftLink().addresses().get(0).address();
    }

    private InetAddress rightAddress() {
        return rightLink().addresses().get(0).address();
    }
}
