package io.halcyon.notify.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.halcyon.api.vrrp.RouterState;
import io.halcyon.spi.notify.DeliveryException;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a line between and during events, over real sockets. */
@Timeout(60)
class LineTest {

    @TempDir
    Path directory;

    @Test
    void aConnectionIsKeptBetweenMessages() throws Exception {
        try (var receiver = StreamReceiver.start(0)) {
            var line = tcp(receiver.port(), Line.IDLE_MILLIS);
            for (var text : List.of("one", "two", "three")) {
                line.send(bytes(text));
                assertThat(receiver.message()).isEqualTo(text);
            }

            assertThat(receiver.connection().isClosed()).isFalse();
            assertThat(receiver.hasConnection()).isFalse();
            line.close();
        }
    }

    @Test
    void aConnectionThatTheReceiverEndedInOrderIsReplacedAndNothingIsSaidTwice() throws Exception {
        try (var receiver = StreamReceiver.start(0)) {
            var line = tcp(receiver.port(), Line.IDLE_MILLIS);
            line.send(bytes("one"));
            assertThat(receiver.message()).isEqualTo("one");
            receiver.end(receiver.connection());

            line.send(bytes("two"));

            assertThat(receiver.message()).isEqualTo("two");
            line.close();
        }
    }

    @Test
    void whatMayHaveBeenLostInAResetIsSaidAgainAndInOrder() throws Exception {
        try (var receiver = StreamReceiver.start(0)) {
            var line = tcp(receiver.port(), Line.IDLE_MILLIS);
            line.send(bytes("one"));
            line.send(bytes("two"));
            assertThat(receiver.message()).isEqualTo("one");
            assertThat(receiver.message()).isEqualTo("two");
            receiver.reset(receiver.connection());

            line.send(bytes("three"));

            assertThat(List.of(receiver.message(), receiver.message(), receiver.message()))
                    .containsExactly("one", "two", "three");
            line.close();
        }
    }

    @Test
    void whatMayHaveBeenLostIsSaidAgainAlsoIfNoEventFollows() throws Exception {
        try (var receiver = StreamReceiver.start(0)) {
            var line = tcp(receiver.port(), 500);
            line.send(bytes("one"));
            assertThat(receiver.message()).isEqualTo("one");

            receiver.reset(receiver.connection());

            assertThat(receiver.message()).isEqualTo("one");
            line.close();
        }
    }

    /** The kernel takes connections for a receiver that never accepts; killed, it throws away what it did not read. */
    @Test
    void aMessageThatNobodyReadIsNotLost() throws Exception {
        Line line;
        int port;
        try (var deaf = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            port = deaf.getLocalPort();
            line = tcp(port, Line.IDLE_MILLIS);
            line.send(bytes("one"));
        }
        assertThatThrownBy(() -> line.send(bytes("two"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> line.send(bytes("two"))).isInstanceOf(IOException.class);

        try (var receiver = StreamReceiver.start(port)) {
            line.send(bytes("two"));

            assertThat(receiver.message()).isEqualTo("one");
            assertThat(receiver.message()).isEqualTo("two");
            line.close();
        }
    }

    @Test
    void anIdleConnectionIsEndedAndAnotherOneOpenedWhenItIsNeeded() throws Exception {
        try (var receiver = StreamReceiver.start(0)) {
            var line = tcp(receiver.port(), 100);
            for (var text : List.of("one", "two")) {
                line.send(bytes(text));
                assertThat(receiver.message()).isEqualTo(text);
                var connection = receiver.connection();
                while (!connection.isClosed()) {
                    Thread.onSpinWait();
                }
            }
            assertThat(receiver.messages()).isEmpty();
        }
    }

    @Test
    void aReceiverThatDoesNotReadIsInterrupted() throws Exception {
        try (var deaf = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var notifier = Syslogs.notifier("transport", "tcp", "port", deaf.getLocalPort());
            var begun = new CountDownLatch(1);
            var ended = new CompletableFuture<Throwable>();
            var delivering = new Thread(() -> ended.complete(catchThrowable(() -> {
                for (long id = 1; ; id++) {
                    notifier.deliver(Syslogs.verdict(id, "x".repeat(8_000)));
                    begun.countDown();
                }
            })));
            delivering.start();
            begun.await();

            delivering.interrupt();

            assertThat(ended.get()).isInstanceOf(InterruptedException.class);
            notifier.close();
        }
    }

    @Test
    void nobodyListensForDatagramsIsSaidAndTheLastOneGoesAgain() throws Exception {
        int port;
        Line line;
        try (var receiver = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            port = receiver.getLocalPort();
            line = new Line("log", new UdpRoute("127.0.0.1", port), Line.IDLE_MILLIS);
            line.send(bytes("one"));
            assertThat(datagram(receiver)).isEqualTo("one");
        }
        assertThatThrownBy(() -> line.send(bytes("two"))).hasMessage("nobody listens there");

        try (var receiver = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            line.send(bytes("two"));

            assertThat(datagram(receiver)).isEqualTo("one");
            assertThat(datagram(receiver)).isEqualTo("two");
        }
        line.close();
    }

    @Test
    void aSocketForStreamsGetsLines() throws Exception {
        var path = directory.resolve("log");
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            var notifier = Syslogs.notifier("socket", path.toString());
            notifier.deliver(Syslogs.verdict(1, "a\nb"));
            notifier.deliver(Syslogs.transition(2, RouterState.BACKUP, RouterState.MASTER));
            try (var connection = server.accept()) {
                notifier.close();
                var lines = text(Channels.newInputStream(connection)).lines().toList();

                assertThat(lines).hasSize(2);
                assertThat(lines.get(0)).startsWith("<26>Jun  3 ").endsWith("]: chk_web: UP -> DOWN, a b");
                assertThat(lines.get(1)).endsWith("]: VI_1: BACKUP -> MASTER, the master fell silent");
            }
        }
    }

    @Test
    void nobodyAtTheSocketIsWorthAnotherTry() {
        var notifier = Syslogs.notifier("socket", directory.resolve("none").toString());

        assertThatThrownBy(() -> notifier.deliver(Syslogs.verdict(1, "x")))
                .hasMessageStartingWith(directory.resolve("none") + ": ")
                .hasMessageContaining("ENOENT")
                .matches(e -> ((DeliveryException) e).worthRetrying());
        notifier.close();
    }

    private static Line tcp(int port, long idleMillis) {
        var route = new StreamRoute("127.0.0.1", port, Framing.OCTET_COUNTING, 5_000, null);
        return new Line("log", route, idleMillis);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String datagram(DatagramSocket receiver) throws IOException {
        receiver.setSoTimeout(20_000);
        var packet = new DatagramPacket(new byte[65_536], 65_536);
        receiver.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
}
