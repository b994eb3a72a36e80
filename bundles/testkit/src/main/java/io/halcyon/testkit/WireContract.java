package io.halcyon.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.spi.link.Link;
import io.halcyon.spi.transport.Channel;
import io.halcyon.spi.transport.ChannelListener;
import io.halcyon.testkit.ChannelRecorder.Heard;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the kernel and the other host see of a {@code Transport} on a real interface, besides {@link TransportContract}. */
public abstract class WireContract extends OnTheWire {

    private static final String VRRP_GROUP = "120000E0";
    private static final int VRRP = 112;

    /** A channel without its thread: it hears only what is drained. */
    protected abstract Channel openQuiet(Link link, ChannelListener listener) throws IOException;

    @Test
    void anAdvertOnTheWireIsWhatTheRfcAndKeepalivedWant() throws Exception {
        try (Channel left = openLeft();
                FrameTap wire =
                        hosts().onRight(() -> new FrameTap(hosts().right().index(), FrameTap.IPV4))) {
            left.send(leftAddress(), MESSAGE);
            left.send(leftAddress(), MESSAGE);

            ByteBuffer first = wire.next(VRRP);
            assertThat(first.getLong(0) >>> 16).isEqualTo(0x01005e000012L);
            assertThat(first.get(14)).as("no options").isEqualTo((byte) 0x45);
            assertThat(first.get(15)).as("TOS").isEqualTo((byte) 0xc0);
            assertThat(first.getShort(16)).as("length").isEqualTo((short) 32);
            assertThat(first.getShort(18)).as("id").isEqualTo((short) 1);
            assertThat(first.getShort(20)).as("DF and offset").isZero();
            assertThat(first.get(22)).as("TTL").isEqualTo((byte) 255);
            assertThat(sum(first, 14, 20)).as("header checksum").isEqualTo(0xffff);
            assertThat(first.slice(34, MESSAGE.length)).isEqualTo(ByteBuffer.wrap(MESSAGE));
            assertThat(wire.next(VRRP).getShort(18)).as("next id").isEqualTo((short) 2);
        }
    }

    @Test
    void theGroupIsJoinedWhileTheChannelIsOpen() throws Exception {
        Channel left = openLeft();
        assertThat(groups(TwoHosts.LEFT)).contains(VRRP_GROUP);

        left.close();

        assertThat(groups(TwoHosts.LEFT)).isNotEmpty().doesNotContain(VRRP_GROUP);
    }

    @Test
    void twoThousandQueuedPacketsAreDrainedInOrderOnTheCallersThread() throws Exception {
        try (Channel left = openLeft();
                Channel right = hosts().onRight(() -> openQuiet(hosts().right(), rightHears))) {
            for (int i = 0; i < 2_000; i++) {
                left.send(leftAddress(), numbered(i));
            }
            right.drain();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
            while (rightHears.packets().size() < 2_000 && System.nanoTime() < deadline) {
                Thread.onSpinWait();
                right.drain();
            }

            List<Heard.Vrrp> heard = rightHears.heard(Heard.Vrrp.class);
            assertThat(heard).hasSize(2_000).allMatch(packet -> packet.thread() == Thread.currentThread());
            for (int i = 0; i < 2_000; i++) {
                assertThat(heard.get(i).packet().message().getShort(6)).isEqualTo((short) i);
            }
        }
    }

    @Test
    void aConflictFollowsTheAddressesOfTheInterface() throws Exception {
        InetAddress added = InetAddress.getByName("10.0.0.77");
        try (Channel left = openLeft();
                Channel right = openRight()) {
            left.send(added, MESSAGE);
            assertThat(rightHears.awaitPacket().source()).isEqualTo(added);

            right.update(with(hosts().right(), added));
            left.send(added, MESSAGE);

            assertThat(rightHears.await(Heard.Conflict.class, 1).get(0))
                    .isEqualTo(new Heard.Conflict(added, hosts().left().mac()));
        }
    }

    @Test
    void anotherHostThatAsksAsAWatchedAddressIsHeard() throws Exception {
        try (Channel right = openRight()) {
            right.watchAnnouncements(List.of(leftAddress()));

            // The first datagram needs an ordinary ARP request: sender 10.0.0.1, target 10.0.0.2.
            sendDatagram("10.0.0.2");

            assertThat(rightHears.await(Heard.Announcement.class, 1).get(0))
                    .isEqualTo(
                            new Heard.Announcement(leftAddress(), hosts().left().mac()));
        }
    }

    @Test
    void neighborsLearnAnAnnouncedAddress() throws Exception {
        assertNeighborLearns("10.0.0.50");
    }

    @Test
    void neighborsLearnAnAnnouncedIpv6Address() throws Exception {
        assertNeighborLearns("2001:db8::50");
    }

    @Test
    void moreAddressesThanAFilterHoldsAreWatchedToo() throws Exception {
        List<InetAddress> many = addresses(3_000);
        try (Channel left = openLeft();
                Channel right = openRight()) {
            right.watchAnnouncements(many);

            left.announce(List.of(InetAddress.getByName("172.16.0.1"), many.get(2_999)));

            assertThat(rightHears.await(Heard.Announcement.class, 1))
                    .containsExactly(new Heard.Announcement(
                            many.get(2_999), hosts().left().mac()));
        }
    }

    @Test
    void fiveThousandAnnouncementsTakeMilliseconds() throws Exception {
        List<InetAddress> addresses = addresses(1_000);
        try (Channel left = openLeft()) {
            long best = Long.MAX_VALUE;
            for (int attempt = 0; attempt < 5; attempt++) {
                long before = System.nanoTime();
                for (int round = 0; round < 5; round++) {
                    left.announce(addresses);
                }
                best = Math.min(best, System.nanoTime() - before);
            }

            assertThat(best).isLessThan(TimeUnit.MILLISECONDS.toNanos(250));
        }
    }

    /** The other kernel takes the new MAC for its own only if header, checksum and flags are right. */
    private void assertNeighborLearns(String text) throws Exception {
        InetAddress vip = InetAddress.getByName(text);
        hosts().onRight(() -> Command.line(
                "ip neigh add " + text + " lladdr 02:00:00:00:00:99 dev " + TwoHosts.RIGHT + " nud stale"));
        try (Channel left = openLeft();
                Channel right = openRight()) {
            right.watchAnnouncements(List.of(vip));
            left.announce(List.of(vip));
            rightHears.await(Heard.Announcement.class, 1);
            // Packet sockets come first; the advert behind it went through the whole stack.
            left.send(leftAddress(), MESSAGE);
            rightHears.awaitPacket();

            String learned = hosts().onRight(() -> Command.line("ip neigh show " + text));
            assertThat(learned).contains(hosts().left().mac().toString());
        }
    }

    protected static Link with(Link link, InetAddress added) {
        List<Link.Address> addresses = new ArrayList<>(link.addresses());
        addresses.add(new Link.Address(added, 24, true, false));
        return new Link(link.name(), link.index(), link.mac(), true, true, link.mtu(), true, addresses);
    }

    protected static void sendDatagram(String to) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(new byte[64], 64, InetAddress.getByName(to), 9));
        }
    }

    /** The kernel's membership table: a line for each interface, below it one for each group of it. */
    private static List<String> groups(String device) throws IOException {
        return TwoHosts.procNet("igmp")
                .lines()
                .dropWhile(line -> !line.matches("\\d+\\s+" + device + "\\s.*"))
                .skip(1)
                .takeWhile(line -> line.startsWith("\t"))
                .map(line -> line.strip().split("\\s", 2)[0])
                .toList();
    }

    private static byte[] numbered(int number) {
        byte[] message = MESSAGE.clone();
        ByteBuffer.wrap(message).putShort(6, (short) number);
        return message;
    }

    private static List<InetAddress> addresses(int count) throws IOException {
        List<InetAddress> addresses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            addresses.add(InetAddress.getByAddress(new byte[] {10, 1, (byte) (i >>> 8), (byte) i}));
        }
        return addresses;
    }

    private static int sum(ByteBuffer data, int offset, int length) {
        int sum = 0;
        for (int i = 0; i < length; i += 2) {
            sum += data.getShort(offset + i) & 0xffff;
        }
        int folded = (sum & 0xffff) + (sum >>> 16);
        return (folded & 0xffff) + (folded >>> 16);
    }
}
