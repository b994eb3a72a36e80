package io.halcyon.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.CheckRun;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a check finds in the run that the contract gives to it is what it finds in the engine's. */
@Timeout(30)
class SelectorRunTest {

    private static final long AMPLE_MILLIS = 10_000;

    @Test
    void aNameIsLookedUp() throws Exception {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var target = InetSocketAddress.createUnresolved("localhost", server.getLocalPort());

            var result = new SelectorRun(AMPLE_MILLIS).run(run -> run.connect(target, new Said(run)));

            assertThat(result).isEqualTo(CheckResult.up("connected"));
        }
    }

    @Test
    void aNameThatNobodyKnowsIsTold() throws Exception {
        var target = InetSocketAddress.createUnresolved("no-such-host.invalid", 80);

        var result = new SelectorRun(AMPLE_MILLIS).run(run -> run.connect(target, new Said(run)));

        assertThat(result).isEqualTo(CheckResult.down("unknown host no-such-host.invalid"));
    }

    @Test
    void datagramsGoThereAndBack() throws Exception {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            var echo = new Thread(() -> echoOnce(socket), "echo");
            echo.start();
            var target = new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());

            var result = new SelectorRun(AMPLE_MILLIS).run(run -> run.connectDatagram(target, new Asking(run)));

            assertThat(result).isEqualTo(CheckResult.up("hello"));
            echo.join();
        }
    }

    @Test
    void nobodyThereIsTold() throws Exception {
        int port;
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);

        var result = new SelectorRun(AMPLE_MILLIS).run(run -> run.connectDatagram(target, new Asking(run)));

        assertThat(result.reason()).startsWith("closed: ");
    }

    @Test
    void anotherThreadMayEndIt() throws Exception {
        var result = new SelectorRun(AMPLE_MILLIS)
                .run(run -> new Thread(() -> run.complete(CheckResult.up("from elsewhere"))).start());

        assertThat(result).isEqualTo(CheckResult.up("from elsewhere"));
    }

    private static void echoOnce(DatagramSocket socket) {
        try {
            var packet = new DatagramPacket(new byte[100], 100);
            socket.receive(packet);
            socket.send(packet);
        } catch (IOException endOfTest) {
            throw new IllegalStateException(endOfTest);
        }
    }

    private record Said(CheckRun run) implements CheckRun.Handler {

        @Override
        public void onConnected(CheckRun.Connection connection) {
            run.complete(CheckResult.up("connected"));
        }

        @Override
        public void onData(CheckRun.Connection connection, ByteBuffer data) {}

        @Override
        public void onClosed(@Nullable IOException cause) {
            run.complete(CheckResult.down(cause == null ? "closed" : String.valueOf(cause.getMessage())));
        }
    }

    private record Asking(CheckRun run) implements CheckRun.Handler {

        @Override
        public void onConnected(CheckRun.Connection connection) {
            connection.write(StandardCharsets.US_ASCII.encode("hello"));
        }

        @Override
        public void onData(CheckRun.Connection connection, ByteBuffer data) {
            run.complete(CheckResult.up(StandardCharsets.US_ASCII.decode(data).toString()));
        }

        @Override
        public void onClosed(@Nullable IOException cause) {
            run.complete(CheckResult.down("closed: " + cause));
        }
    }
}
