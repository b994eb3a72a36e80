package io.halcyon.transport.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.net.MacAddress;
import io.halcyon.linux.socket.PacketFilter;
import io.halcyon.linux.socket.PacketSocket;
import io.halcyon.linux.socket.Poller;
import io.halcyon.linux.socket.RawSocket;
import io.halcyon.spi.link.Link;
import io.halcyon.spi.transport.Channel;
import io.halcyon.testkit.ChannelRecorder;
import io.halcyon.testkit.ChannelRecorder.Heard;
import io.halcyon.testkit.Command;
import io.halcyon.testkit.InNetworkNamespace;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the kernel and the other host see of a raw channel. */
@InNetworkNamespace
class RawWireTest {

    private static final byte[] MESSAGE = {0x31, 51, 100, 1, 0, 100, 0, 0, 10, 0, 0, 50};

    private final ChannelRecorder leftHears = new ChannelRecorder();
    private final ChannelRecorder rightHears = new ChannelRecorder();
    private TwoHosts hosts;
    private InetAddress leftAddress;

    @BeforeEach
    void plugIn() throws Exception {
        hosts = new TwoHosts();
        leftAddress = hosts.left().addresses().get(0).address();
    }

    @AfterEach
    void unplug() {
        hosts.close();
    }

    @Test
    void anAdvertOnTheWireIsWhatTheRfcAndKeepalivedWant() throws Exception {
        PacketSocket wire =
                capture(PacketSocket.ETH_P_IP, PacketFilter.builder().byteAt(23, 112));
        try (Channel left = hosts.openLeft(leftHears)) {
            left.send(leftAddress, MESSAGE);
            left.send(leftAddress, MESSAGE);

            ByteBuffer first = next(wire);
            assertThat(first.getLong(0) >>> 16).isEqualTo(0x01005e000012L);
            assertThat(first.get(14)).as("no options").isEqualTo((byte) 0x45);
            assertThat(first.get(15)).as("TOS").isEqualTo((byte) 0xc0);
            assertThat(first.getShort(16)).as("length").isEqualTo((short) 32);
            assertThat(first.getShort(18)).as("id").isEqualTo((short) 1);
            assertThat(first.getShort(20)).as("DF and offset").isZero();
            assertThat(first.get(22)).as("TTL").isEqualTo((byte) 255);
            assertThat(sum(first, 14, 20)).as("header checksum").isEqualTo(0xffff);
            assertThat(first.slice(34, MESSAGE.length)).isEqualTo(ByteBuffer.wrap(MESSAGE));
            assertThat(next(wire).getShort(18)).as("next id").isEqualTo((short) 2);
        } finally {
            wire.close();
        }
    }

    @Test
    void theGroupIsJoinedWhileTheChannelIsOpen() throws Exception {
        Channel left = hosts.openLeft(leftHears);
        assertThat(TwoHosts.procNet("igmp")).contains("120000E0");

        left.close();

        assertThat(TwoHosts.procNet("igmp")).doesNotContain("120000E0");
    }

    @Test
    void threeHundredQueuedPacketsAreDrainedInOrderOnTheCallersThread() throws Exception {
        try (Channel left = hosts.openLeft(leftHears);
                Channel right = hosts.onRight(() -> RawChannel.openQuiet(hosts.right(), rightHears))) {
            for (int i = 0; i < 300; i++) {
                left.send(leftAddress, numbered(i));
            }
            right.drain();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
            while (rightHears.packets().size() < 300 && System.nanoTime() < deadline) {
                Thread.onSpinWait();
                right.drain();
            }

            List<Heard.Vrrp> heard = rightHears.heard(Heard.Vrrp.class);
            assertThat(heard).hasSize(300).allMatch(packet -> packet.thread() == Thread.currentThread());
            for (int i = 0; i < 300; i++) {
                assertThat(heard.get(i).packet().message().getShort(6)).isEqualTo((short) i);
            }
        }
    }

    @Test
    void aConflictFollowsTheAddressesOfTheInterface() throws Exception {
        InetAddress added = InetAddress.getByName("10.0.0.77");
        try (Channel left = hosts.openLeft(leftHears);
                Channel right = hosts.openRight(rightHears)) {
            left.send(added, MESSAGE);
            assertThat(rightHears.awaitPacket().source()).isEqualTo(added);

            right.update(with(hosts.right(), added));
            left.send(added, MESSAGE);

            assertThat(rightHears.await(Heard.Conflict.class, 1).get(0))
                    .isEqualTo(new Heard.Conflict(added, hosts.left().mac()));
        }
    }

    @Test
    void anotherHostThatAsksAsAWatchedAddressIsHeard() throws Exception {
        try (Channel right = hosts.openRight(rightHears)) {
            right.watchAnnouncements(List.of(leftAddress));

            // The first datagram needs an ordinary ARP request: sender 10.0.0.1, target 10.0.0.2.
            sendDatagram("10.0.0.2");

            assertThat(rightHears.await(Heard.Announcement.class, 1).get(0))
                    .isEqualTo(new Heard.Announcement(leftAddress, hosts.left().mac()));
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
        try (Channel left = hosts.openLeft(leftHears);
                Channel right = hosts.openRight(rightHears)) {
            right.watchAnnouncements(many);

            left.announce(List.of(InetAddress.getByName("172.16.0.1"), many.get(2_999)));

            assertThat(rightHears.await(Heard.Announcement.class, 1))
                    .containsExactly(
                            new Heard.Announcement(many.get(2_999), hosts.left().mac()));
        }
    }

    @Test
    void fiveThousandAnnouncementsTakeMilliseconds() throws Exception {
        List<InetAddress> addresses = addresses(1_000);
        try (Channel left = hosts.openLeft(leftHears)) {
            long best = Long.MAX_VALUE;
            for (int attempt = 0; attempt < 5; attempt++) {
                long before = System.nanoTime();
                for (int round = 0; round < 5; round++) {
                    left.announce(addresses);
                }
                best = Math.min(best, System.nanoTime() - before);
            }

            assertThat(best).isLessThan(TimeUnit.MILLISECONDS.toNanos(60));
        }
    }

    @Test
    void otherTrafficWakesNobody() throws Exception {
        PacketFilter ours = PacketFilter.builder().incoming().byteAt(23, 112).oneOfWordsAt(26, List.of(0x0a000002));
        PacketSocket filtered =
                hosts.onRight(() -> PacketSocket.open(hosts.right().index()).listen(PacketSocket.ETH_P_IP, ours));
        try (Channel left = hosts.openLeft(leftHears)) {
            for (int i = 0; i < 100; i++) {
                sendDatagram("10.0.0.2");
            }
            left.send(leftAddress, MESSAGE);
            // The last frame shows that the others are through.
            left.send(InetAddress.getByName("10.0.0.2"), MESSAGE);
            assertThat(next(filtered).getInt(26)).isEqualTo(0x0a000002);
            assertThat(filtered.receive()).isEqualTo(PacketSocket.NOTHING);
        } finally {
            filtered.close();
        }
    }

    @Test
    void aDeletedInterfaceBreaksTheChannelOnce() throws Exception {
        try (Channel left = hosts.openLeft(leftHears)) {
            Command.run("ip", "link", "del", TwoHosts.LEFT);

            assertThat(leftHears.await(Heard.Broken.class, 1).get(0).cause()).isEqualTo("interface hcl is gone");
            left.drain();
            assertThat(leftHears.heard()).hasSize(1);
            assertThatThrownBy(() -> left.send(leftAddress, MESSAGE)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void anInterfaceThatIsMadeAgainIsJoinedAndHeardAgain() throws Exception {
        int before = hosts.left().index();
        Channel stale = hosts.openLeft(new ChannelRecorder());
        hosts.makeAgain();
        assertThat(hosts.left().index()).isNotEqualTo(before);
        assertThat(TwoHosts.procNet("igmp")).doesNotContain("120000E0");
        assertThatThrownBy(() -> stale.send(leftAddress, MESSAGE)).isInstanceOf(IOException.class);

        try (Channel left = hosts.openLeft(leftHears);
                Channel right = hosts.openRight(rightHears)) {
            stale.close();
            assertThat(TwoHosts.procNet("igmp")).contains("120000E0");
            left.send(leftAddress, MESSAGE);
            right.send(hosts.right().addresses().get(0).address(), MESSAGE);

            assertThat(rightHears.awaitPacket().source()).isEqualTo(leftAddress);
            assertThat(leftHears.awaitPacket().message()).isEqualTo(ByteBuffer.wrap(MESSAGE));
        }
        assertThat(TwoHosts.procNet("igmp")).doesNotContain("120000E0");
    }

    @Test
    void aChannelSurvivesAnInterfaceThatGoesDownAndUp() throws Exception {
        try (Channel left = hosts.openLeft(leftHears);
                Channel right = hosts.openRight(rightHears)) {
            right.watchAnnouncements(List.of(leftAddress));
            hosts.onRight(() -> Command.run("ip", "link", "set", TwoHosts.RIGHT, "down"));
            hosts.onRight(() -> Command.run("ip", "link", "set", TwoHosts.RIGHT, "up"));

            sendUntilHeard(left);
            left.announce(List.of(leftAddress));
            left.send(hosts.right().addresses().get(0).address(), MESSAGE);

            rightHears.await(Heard.Announcement.class, 1);
            rightHears.await(Heard.Conflict.class, 1);
            assertThat(rightHears.heard(Heard.Broken.class)).isEmpty();
        }
    }

    @Test
    void aRenamedInterfaceIsStillTheSame() throws Exception {
        try (Channel left = hosts.openLeft(leftHears);
                Channel right = hosts.openRight(rightHears)) {
            Command.run("ip", "link", "set", TwoHosts.LEFT, "name", "other");

            left.send(leftAddress, MESSAGE);
            right.send(hosts.right().addresses().get(0).address(), MESSAGE);

            rightHears.awaitPacket();
            leftHears.awaitPacket();
        }
    }

    @Test
    void aPacketOfAnotherInterfaceIsAStray() throws Exception {
        // The kernel queues what comes in before the socket is bound; here the reader expects another interface.
        RawSocket socket = hosts.onRight(() -> RawSocket.open(112, hosts.right().index()));
        try (Channel left = hosts.openLeft(leftHears)) {
            socket.join((Inet4Address) InetAddress.getByName("224.0.0.18"));
            left.send(leftAddress, MESSAGE);
            assertThat(new Poller(socket).await(5_000)).isTrue();

            assertThat(new Advertisements(socket, 4_711, rightHears).readOne()).isTrue();

            assertThat(rightHears.heard()).containsExactly(new Heard.Stray("wrong interface"));
        } finally {
            socket.close();
        }
    }

    @Test
    void loopbackIsNotAnnouncedOn() throws Exception {
        Link loopback = new Link("lo", 1, new MacAddress(0), true, true, 65_536, true, List.of());
        try (Channel channel = new RawTransport().open(loopback, leftHears)) {
            channel.announce(List.of(leftAddress));
            channel.drain();

            assertThat(leftHears.heard()).isEmpty();
        }
    }

    @Test
    void aMissingInterfaceIsSaidByName() {
        Link missing = new Link("eth9", 999, new MacAddress(1), true, true, 1_500, true, List.of());

        assertThatThrownBy(() -> new RawTransport().open(missing, leftHears))
                .isInstanceOf(IOException.class)
                .hasMessage("transport raw cannot use eth9: interface 999: ENODEV, no such interface;"
                        + " check its name with 'ip link'");
    }

    @Test
    void nothingStaysBehindWhenAChannelIsClosed() throws Exception {
        hosts.openLeft(leftHears).close();
        long descriptors = descriptors();

        for (int i = 0; i < 10; i++) {
            hosts.openLeft(leftHears).close();
        }

        assertThat(descriptors()).isEqualTo(descriptors);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("vrrp-rx-hcl"));
    }

    /** The other kernel takes the new MAC for its own only if header, checksum and flags are right. */
    private void assertNeighborLearns(String text) throws Exception {
        InetAddress vip = InetAddress.getByName(text);
        hosts.onRight(() -> Command.line(
                "ip neigh add " + text + " lladdr 02:00:00:00:00:99 dev " + TwoHosts.RIGHT + " nud stale"));
        try (Channel left = hosts.openLeft(leftHears);
                Channel right = hosts.openRight(rightHears)) {
            right.watchAnnouncements(List.of(vip));
            left.announce(List.of(vip));
            rightHears.await(Heard.Announcement.class, 1);
            // Packet sockets come first; the advert behind it went through the whole stack.
            left.send(leftAddress, MESSAGE);
            rightHears.awaitPacket();

            String learned = hosts.onRight(() -> Command.line("ip neigh show " + text));
            assertThat(learned).contains(hosts.left().mac().toString());
        }
    }

    private void sendUntilHeard(Channel left) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (rightHears.packets().isEmpty() && System.nanoTime() < deadline) {
            left.send(leftAddress, MESSAGE);
            rightHears.silentFor(20);
        }
        rightHears.awaitPacket();
    }

    private PacketSocket capture(int etherType, PacketFilter.Builder filter) throws IOException {
        return hosts.onRight(() -> PacketSocket.open(hosts.right().index()).listen(etherType, filter.build()));
    }

    private static ByteBuffer next(PacketSocket wire) throws IOException {
        if (wire.receive() == PacketSocket.NOTHING) {
            assertThat(new Poller(wire).await(5_000)).isTrue();
            wire.receive();
        }
        ByteBuffer data = wire.data();
        byte[] copy = new byte[data.remaining()];
        data.get(copy);
        return ByteBuffer.wrap(copy);
    }

    private static Link with(Link link, InetAddress added) {
        List<Link.Address> addresses = new ArrayList<>(link.addresses());
        addresses.add(new Link.Address(added, 24, true, false));
        return new Link(link.name(), link.index(), link.mac(), true, true, link.mtu(), true, addresses);
    }

    private static void sendDatagram(String to) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(new byte[64], 64, InetAddress.getByName(to), 9));
        }
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
        return (sum & 0xffff) + (sum >>> 16);
    }

    private static long descriptors() {
        return java.util.Objects.requireNonNull(new java.io.File("/proc/self/fd").list()).length;
    }
}
