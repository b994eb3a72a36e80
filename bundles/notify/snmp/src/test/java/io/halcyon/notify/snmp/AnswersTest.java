package io.halcyon.notify.snmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.halcyon.api.vrrp.RouterState;
import io.halcyon.spi.notify.DeliveryException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What counts as an answer, and that nobody waits longer than he is asked to. */
@Timeout(60)
class AnswersTest {

    private static final byte INFORM = (byte) 0xA6;
    private static final byte RESPONSE = (byte) 0xA2;
    private static final String COMMUNITY = "community";

    @TempDir
    Path directory;

    private DatagramSocket receiver;
    private DatagramSocket stranger;

    @BeforeEach
    void open() throws IOException {
        receiver = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        stranger = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        receiver.setSoTimeout(20_000);
    }

    @AfterEach
    void close() {
        receiver.close();
        stranger.close();
    }

    @Test
    void theReceiversAnswerEndsTheDelivery() throws Exception {
        var delivery = deliver(9);

        answer(receiver, receive());

        assertThat(outcome(delivery)).isNull();
    }

    @Test
    void theAnswerOfSomebodyElseIsNone() throws Exception {
        var delivery = deliver(0.5);

        answer(stranger, receive());

        assertThat(outcome(delivery)).isInstanceOf(DeliveryException.class).hasMessageContaining("no answer");
    }

    @Test
    void anInterruptEndsTheWaitAtOnce() throws Exception {
        var delivery = new FutureTask<>(delivery(9));
        var thread = new Thread(delivery, "delivers");
        thread.start();
        receive();
        long begin = System.nanoTime();

        thread.interrupt();

        assertThat(outcome(delivery)).isInstanceOf(InterruptedException.class);
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin)).isLessThan(5);
    }

    private FutureTask<@Nullable Throwable> deliver(double timeout) {
        var delivery = new FutureTask<>(delivery(timeout));
        new Thread(delivery, "delivers").start();
        return delivery;
    }

    private Callable<@Nullable Throwable> delivery(double timeout) {
        var keys = Traps.v2c("community", COMMUNITY, "timeout", timeout, "retries", 0);
        var notifier = Traps.notifier(directory, receiver.getLocalPort(), keys);
        return () -> catchThrowable(() -> notifier.deliver(Traps.router(1, "VI_1", RouterState.MASTER)));
    }

    private DatagramPacket receive() throws IOException {
        var packet = new DatagramPacket(new byte[2_000], 2_000);
        receiver.receive(packet);
        return packet;
    }

    /** The same message with another tag is its answer. */
    private static void answer(DatagramSocket from, DatagramPacket inform) throws IOException {
        var bytes = Arrays.copyOf(inform.getData(), inform.getLength());
        // A sequence with a length of two bytes, the version, and the community with its tag and length.
        int tag = 2 + (bytes[1] < 0 ? bytes[1] & 0x7F : 0) + 3 + 2 + COMMUNITY.length();
        assertThat(bytes[tag]).isEqualTo(INFORM);
        bytes[tag] = RESPONSE;
        from.send(new DatagramPacket(bytes, bytes.length, inform.getSocketAddress()));
    }

    private static @Nullable Throwable outcome(FutureTask<@Nullable Throwable> delivery) throws Exception {
        return delivery.get(30, TimeUnit.SECONDS);
    }
}
