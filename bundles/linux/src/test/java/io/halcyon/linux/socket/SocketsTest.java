package io.halcyon.linux.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.linux.Errno;
import io.halcyon.linux.LinuxException;
import io.halcyon.linux.frame.Ipv4Header;
import io.halcyon.testkit.Command;
import io.halcyon.testkit.InNetworkNamespace;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@InNetworkNamespace
class SocketsTest {

    // IEEE 802 local experimental Ethertype 1: nothing but this test sends it.
    private static final int EXPERIMENTAL = 0x88b5;
    private static final int FRAME = 60;
    private static final int PATIENCE_MILLIS = 5_000;
    /** What waited longer, waited for a process that stood still. */
    private static final long RECENT_NANOS = 20_000_000;

    private PacketSocket left;
    private PacketSocket right;

    @BeforeEach
    void plugIn() throws Exception {
        Command.line("ip link add hc0 type veth peer name hc1");
        Command.line("ip link set hc0 up");
        Command.line("ip link set hc1 up");
        awaitUp("hc0");
        awaitUp("hc1");
        left = PacketSocket.open(index("hc0"));
        right = PacketSocket.open(index("hc1"));
    }

    @AfterEach
    void close() {
        left.close();
        right.close();
    }

    @Test
    void onlyWhatTheFilterWantsIsReceived() throws Exception {
        left.sendOnly();
        right.listen(EXPERIMENTAL, PacketFilter.builder().byteAt(14, 7).oneOfWordsAt(16, List.of(1, 3, -5)));

        send(7, 2);
        send(8, 3);
        send(7, 3);
        send(7, -5);

        assertThat(next().getInt(16)).isEqualTo(3);
        assertThat(next().getInt(16)).isEqualTo(-5);
        assertThat(right.receive()).isEqualTo(PacketSocket.NOTHING);
    }

    @Test
    void aFilterIsReplacedAtOnce() throws Exception {
        left.sendOnly();
        right.listen(EXPERIMENTAL, PacketFilter.NOTHING);
        send(7, 1);

        right.filter(PacketFilter.builder().halfAt(14, 0x0900).build());
        send(9, 2);

        assertThat(next().getInt(16)).isEqualTo(2);
    }

    @Test
    void aFilterThatWouldBeTooLongLetsAllPass() throws Exception {
        left.sendOnly();
        List<Integer> many = IntStream.range(0, 3_000).boxed().toList();
        right.listen(EXPERIMENTAL, PacketFilter.builder().byteAt(14, 7).oneOfWordsAt(16, many));

        send(8, 1);
        send(7, 4_000);

        assertThat(next().getInt(16)).isEqualTo(4_000);
    }

    @Test
    void theLongestFilterIsAcceptedByTheKernel() throws Exception {
        left.sendOnly();
        List<Integer> many = IntStream.range(0, 2_046).boxed().toList();
        right.listen(EXPERIMENTAL, PacketFilter.builder().oneOfWordsAt(16, many));

        send(7, 4_000);
        send(7, 2_045);

        assertThat(next().getInt(16)).isEqualTo(2_045);
    }

    @Test
    void theStateOfTheInterfaceIsKnown() throws Exception {
        assertThat(left.linkState()).isEqualTo(LinkState.UP);

        Command.line("ip link set hc0 down");
        assertThat(left.linkState()).isEqualTo(LinkState.DOWN);

        Command.line("ip link del hc0");
        assertThat(left.linkState()).isEqualTo(LinkState.GONE);
    }

    @Test
    void anInterfaceThatGoesDownIsSaidOnce() throws Exception {
        right.listen(EXPERIMENTAL, PacketFilter.NOTHING);

        Command.line("ip link set hc1 down");

        assertThat(new Poller(right).await(PATIENCE_MILLIS)).isTrue();
        assertThatThrownBy(right::receive)
                .isInstanceOfSatisfying(LinuxException.class, failure -> assertThat(failure.errno())
                        .isEqualTo(Errno.ENETDOWN));
        assertThat(right.receive()).isEqualTo(PacketSocket.NOTHING);
    }

    @Test
    void framesOfAnOutboxLeaveInTheirOrderAlsoBehindOneThatIsRefused() throws Exception {
        left.sendOnly();
        right.listen(EXPERIMENTAL, PacketFilter.builder().byteAt(14, 7).build());
        int mtu = 1_500;
        Outbox outbox = new Outbox(4, 2 * mtu);

        for (int round = 0; round < 2; round++) {
            outbox.add(frame(7, 1), FRAME);
            outbox.add(Arrays.copyOf(frame(7, 2), 2 * mtu), 2 * mtu);
            outbox.add(frame(7, 3), FRAME);
            assertThat(outbox.isFull()).isFalse();
            outbox.add(frame(7, 4), FRAME);
            assertThat(outbox.isFull()).isTrue();

            assertThat(left.send(outbox)).extracting(LinuxException::errno).containsExactly(Errno.EMSGSIZE);

            assertThat(outbox.size()).isZero();
            assertThat(next().getInt(16)).isEqualTo(1);
            assertThat(next().getInt(16)).isEqualTo(3);
            assertThat(next().getInt(16)).isEqualTo(4);
        }
        assertThat(left.send(outbox)).isEmpty();
        assertThat(right.receive()).isEqualTo(PacketSocket.NOTHING);
    }

    @Test
    void anOutboxTakesNoMoreAndNoLongerFramesThanItHasRoomFor() {
        Outbox outbox = new Outbox(1, FRAME);

        assertThatThrownBy(() -> outbox.add(new byte[FRAME + 1], FRAME + 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a frame of %d bytes, the longest has %d", FRAME + 1, FRAME);
        outbox.add(new byte[FRAME], FRAME);
        assertThatThrownBy(() -> outbox.add(new byte[FRAME], FRAME)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void sendingOnAClosedSocketFails() throws Exception {
        left.sendOnly();
        left.close();

        assertThatThrownBy(() -> send(7, 1))
                .isInstanceOfSatisfying(LinuxException.class, failure -> assertThat(failure.errno())
                        .isEqualTo(Errno.EBADF));
    }

    @Test
    void aWakeUpEndsAWaitUntilItIsReset() throws Exception {
        try (Wakeup wakeup = new Wakeup()) {
            Poller poller = new Poller(wakeup);
            Thread waker = new Thread(wakeup::wake);
            waker.start();

            assertThat(poller.await(PATIENCE_MILLIS)).isTrue();
            waker.join();
            wakeup.wake();
            wakeup.reset();

            assertThat(poller.await(0)).isFalse();
        }
    }

    @Test
    void aPacketSaysForHowLongItHasWaited() throws Exception {
        try (RawSocket sender = RawSocket.open(Ipv4Header.PROTOCOL_VRRP, index("hc0"));
                RawSocket receiver = RawSocket.open(Ipv4Header.PROTOCOL_VRRP, index("hc1"))) {
            receiver.join(Ipv4Header.VRRP_GROUP);
            sender.destination(Ipv4Header.VRRP_GROUP);

            long shortly = 5_000_000;
            long within = Long.MAX_VALUE;
            while (within > RECENT_NANOS) { // for the case that somebody else has the processors
                long sent = System.nanoTime();
                waitFor(sender, receiver, shortly);
                long age = receiver.ageNanos();
                within = System.nanoTime() - sent;
                if (within <= RECENT_NANOS) {
                    assertThat(age).isBetween(shortly, RECENT_NANOS);
                }
            }

            waitFor(sender, receiver, 2 * RECENT_NANOS);
            assertThat(receiver.ageNanos()).isZero();
        }
    }

    private static void waitFor(RawSocket sender, RawSocket receiver, long nanos) throws Exception {
        byte[] packet = new byte[Ipv4Header.LENGTH + 8];
        Ipv4Header.write(ByteBuffer.wrap(packet), (Inet4Address) InetAddress.getByName("192.0.2.1"), 1);
        sender.send(packet, packet.length);
        assertThat(new Poller(receiver).await(PATIENCE_MILLIS)).isTrue();
        long arrived = System.nanoTime();
        while (System.nanoTime() - arrived < nanos) {
            Thread.onSpinWait();
        }
        assertThat(receiver.receive()).isEqualTo(packet.length);
    }

    private void send(int tag, int number) throws Exception {
        left.send(frame(tag, number), FRAME);
    }

    private static byte[] frame(int tag, int number) {
        byte[] frame = new byte[FRAME];
        ByteBuffer.wrap(frame)
                .put(new byte[] {-1, -1, -1, -1, -1, -1})
                .put(new byte[] {2, 0, 0, 0, 0, 1})
                .putShort((short) EXPERIMENTAL)
                .put((byte) tag)
                .put((byte) 0)
                .putInt(number);
        return frame;
    }

    private ByteBuffer next() throws Exception {
        assertThat(new Poller(right).await(PATIENCE_MILLIS)).isTrue();
        assertThat(right.receive()).isPositive();
        return right.data();
    }

    private static int index(String device) {
        String line = Command.run("ip", "-o", "link", "show", "dev", device);
        return Integer.parseInt(line.substring(0, line.indexOf(':')));
    }

    private static void awaitUp(String device) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (!Command.run("ip", "-o", "link", "show", "dev", device).contains("state UP")) {
            assertThat(System.nanoTime()).isLessThan(deadline);
        }
    }
}
