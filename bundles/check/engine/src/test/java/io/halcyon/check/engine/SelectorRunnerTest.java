package io.halcyon.check.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.halcyon.api.check.Health;
import io.halcyon.spi.check.AsynchronousCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.CheckRun;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SelectorRunnerTest {

    private final LoopThread loop = new LoopThread();
    private final Lateness lateness = new Lateness();
    private Names.Lookup lookup = host -> {
        throw new UnknownHostException(host);
    };
    private final SelectorRunner runner =
            new SelectorRunner(loop, new Names(host -> lookup.address(host), System::nanoTime), lateness, () -> null);
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        runner.close();
        loop.close();
    }

    @Test
    void thereIsNoThreadBeforeTheFirstLook() {
        assertThat(runner.hasThread()).isFalse();
    }

    @Test
    void whatIsWrittenComesBackThroughARealSocket() throws Exception {
        var echo = new Thread(this::echoOnce);
        echo.start();
        var text = "x".repeat(3_000_000);
        var watched = start(run -> run.connect(address(), new Recording(run) {
            @Override
            public void onConnected(CheckRun.Connection connection) {
                connection.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            }

            @Override
            public void onData(CheckRun.Connection connection, ByteBuffer data) {
                received += data.remaining();
                if (received == text.length()) {
                    run.complete(CheckResult.up("got " + received));
                }
            }
        }));

        assertThat(watched.await()).isEqualTo(CheckResult.up("got 3000000"));
        echo.join();
    }

    @Test
    void aRefusedConnectionIsTold() throws Exception {
        server.close();
        var watched = start(run -> run.connect(address(), new Recording(run)));

        assertThat(watched.await().reason()).containsIgnoringCase("connection refused");
    }

    @Test
    void aNameIsLookedUpElsewhere() throws Exception {
        var thread = new CompletableFuture<String>();
        lookup = host -> {
            thread.complete(Thread.currentThread().getName());
            return InetAddress.getLoopbackAddress();
        };
        var target = InetSocketAddress.createUnresolved("web.example", server.getLocalPort());
        var watched = start(run -> run.connect(target, new Recording(run) {
            @Override
            public void onConnected(CheckRun.Connection connection) {
                run.complete(CheckResult.up(Thread.currentThread().getName()));
            }
        }));

        assertThat(watched.await()).isEqualTo(CheckResult.up("check-io"));
        assertThat(thread.get()).matches("check-dns-\\d+");
    }

    @Test
    void aNameThatNobodyKnowsIsTold() throws Exception {
        var target = InetSocketAddress.createUnresolved("no.such.host", 80);

        assertThat(start(run -> run.connect(target, new Recording(run))).await())
                .isEqualTo(CheckResult.down("unknown host no.such.host"));
        assertThat(start(run -> run.connectDatagram(target, new Recording(run))).await())
                .isEqualTo(CheckResult.down("unknown host no.such.host"));
    }

    @Test
    void anAddressThatComesAfterTheEndIsDropped() throws Exception {
        var asked = new CountDownLatch(1);
        var answered = new CountDownLatch(1);
        lookup = host -> {
            asked.countDown();
            awaitQuietly(answered);
            return InetAddress.getLoopbackAddress();
        };
        var target = InetSocketAddress.createUnresolved("slow.example", server.getLocalPort());
        var watched = new Watched();
        AsynchronousCheck check = run -> run.connect(target, new Recording(run));
        var look = onLoop(() -> runner.start(order(check), watched));
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        loop.execute(look::giveUp);
        assertThat(watched.await().reason()).isEqualTo("given up");
        answered.countDown();

        assertThat(start(run -> run.connect(target, new Recording(run) {
                            @Override
                            public void onConnected(CheckRun.Connection connection) {
                                run.complete(CheckResult.up("the only connection"));
                            }
                        }))
                        .await()
                        .reason())
                .isEqualTo("the only connection");
        server.accept().close();
        server.setSoTimeout(50);
        assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void datagramsGoThereAndBackOneByOne() throws Exception {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            var echo = new Thread(() -> echo(socket, 2));
            echo.start();
            var target = new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
            var watched = start(run -> run.connectDatagram(target, new Recording(run) {
                @Override
                public void onConnected(CheckRun.Connection connection) {
                    connection.write(ByteBuffer.wrap(new byte[60_000]));
                    connection.write(ByteBuffer.wrap(new byte[2]));
                }

                @Override
                public void onData(CheckRun.Connection connection, ByteBuffer data) {
                    received += data.remaining();
                    if (data.remaining() == 2) {
                        run.complete(CheckResult.up("got " + received));
                    }
                }
            }));

            assertThat(watched.await()).isEqualTo(CheckResult.up("got 60002"));
            echo.join();
        }
    }

    @Test
    void nobodyListeningForDatagramsIsTold() throws Exception {
        int port;
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        var watched = start(run -> run.connectDatagram(target, new Recording(run) {
            @Override
            public void onConnected(CheckRun.Connection connection) {
                connection.write(ByteBuffer.wrap(new byte[1]));
            }

            @Override
            public void onClosed(@Nullable IOException cause) {
                run.complete(CheckResult.down(String.valueOf(cause)));
            }
        }));

        assertThat(watched.await().reason()).contains("PortUnreachableException");
    }

    @Test
    void anyThreadMayCompleteButOnlyItsOwnMayConnect() throws Exception {
        var refused = new CompletableFuture<Throwable>();
        var watched = start(run -> new Thread(() -> {
                    refused.complete(catchThrowable(() -> run.connect(address(), new Recording(run))));
                    run.complete(CheckResult.up("from elsewhere"));
                    run.complete(CheckResult.down("too late"));
                })
                .start());

        assertThat(watched.await()).isEqualTo(CheckResult.up("from elsewhere"));
        assertThat(refused.get()).isInstanceOf(IllegalStateException.class).hasMessageContaining("check-io");
    }

    @Test
    void aConnectionOverWhichNothingWentIsReset() throws Exception {
        var watched = start(run -> run.connect(address(), new Recording(run) {
            @Override
            public void onConnected(CheckRun.Connection connection) {
                run.complete(CheckResult.up("open"));
            }
        }));
        try (var peer = server.accept()) {
            assertThat(watched.await().reason()).isEqualTo("open");
            assertThatThrownBy(() -> peer.getInputStream().read()).hasMessageContaining("reset");
        }
    }

    @Test
    void thePeersCloseIsTold() throws Exception {
        var watched = start(run -> run.connect(address(), new Recording(run)));
        server.accept().close();

        assertThat(watched.await()).isEqualTo(CheckResult.down("closed by peer"));
    }

    @Test
    void timersFireInOrderAndNotAfterTheEnd() throws Exception {
        List<String> order = new CopyOnWriteArrayList<>();
        var watched = start(run -> {
            run.after(60, () -> order.add("late"));
            run.after(20, () -> {
                order.add("b");
                run.complete(CheckResult.up("done"));
            });
            run.after(1, () -> order.add("a"));
        });

        assertThat(watched.await().reason()).isEqualTo("done");
        assertThat(start(run -> run.after(100, () -> run.complete(CheckResult.up("later"))))
                        .await()
                        .reason())
                .isEqualTo("later");
        assertThat(order).containsExactly("a", "b");
    }

    @Test
    void whatThePluginThrowsIsItsResult() throws Exception {
        assertThat(start(run -> {
                            throw new IllegalStateException("at once");
                        })
                        .await())
                .isEqualTo(CheckResult.down("at once"));
        assertThat(start(run -> run.after(1, () -> {
                            throw new IllegalStateException("later");
                        }))
                        .await())
                .isEqualTo(CheckResult.down("later"));
    }

    @Test
    void givingUpClosesItsConnections() throws Exception {
        var watched = new Watched();
        AsynchronousCheck check = run -> run.connect(address(), new Recording(run));
        var look = onLoop(() -> runner.start(order(check), watched));
        try (var peer = server.accept()) {
            loop.execute(look::giveUp);

            assertThat(watched.await().health()).isEqualTo(Health.UNKNOWN);
            assertThatThrownBy(() -> peer.getInputStream().read()).hasMessageContaining("reset");
        }
    }

    @Test
    void howLateALookBeganIsCounted() throws Exception {
        var watched = new Watched();
        AsynchronousCheck check = run -> run.complete(CheckResult.up("fine"));
        long due = System.nanoTime() - TimeUnit.SECONDS.toNanos(2);
        onLoop(() -> runner.start(new Runner.Order("probe", check, 500_000_000, due), watched));
        watched.await();

        assertThat(lateness.summary().starts()).isEqualTo(1);
        assertThat(lateness.summary().maxMicros()).isBetween(2_000_000L, 10_000_000L);
    }

    @Test
    void aThousandLooksShareOneThread() throws Exception {
        var all = new ArrayList<Watched>();
        for (int i = 0; i < 1_000; i++) {
            all.add(start(run -> run.after(
                    5, () -> run.complete(CheckResult.up(Thread.currentThread().getName())))));
        }

        for (var watched : all) {
            assertThat(watched.await().reason()).isEqualTo("check-io");
        }
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort());
    }

    private void echoOnce() {
        try (var peer = server.accept()) {
            peer.getInputStream().transferTo(peer.getOutputStream());
        } catch (IOException endOfTest) {
            assertThat(endOfTest).isNotNull();
        }
    }

    private static void echo(DatagramSocket socket, int datagrams) {
        try {
            for (int i = 0; i < datagrams; i++) {
                var packet = new DatagramPacket(new byte[65_000], 65_000);
                socket.receive(packet);
                socket.send(packet);
            }
        } catch (IOException endOfTest) {
            assertThat(endOfTest).isNotNull();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Watched start(Consumer<CheckRun> plugin) throws Exception {
        var watched = new Watched();
        AsynchronousCheck check = plugin::accept;
        onLoop(() -> runner.start(order(check), watched));
        return watched;
    }

    private static Runner.Order order(AsynchronousCheck check) {
        return new Runner.Order("probe", check, TimeUnit.MILLISECONDS.toNanos(500), System.nanoTime());
    }

    private <T> T onLoop(Supplier<T> task) throws Exception {
        var done = new CompletableFuture<T>();
        loop.execute(() -> done.complete(task.get()));
        return done.get(10, TimeUnit.SECONDS);
    }

    /** Ends the run as down when the connection ends. */
    private static class Recording implements CheckRun.Handler {

        final CheckRun run;
        int received;

        Recording(CheckRun run) {
            this.run = run;
        }

        @Override
        public void onConnected(CheckRun.Connection connection) {}

        @Override
        public void onData(CheckRun.Connection connection, ByteBuffer data) {}

        @Override
        public void onClosed(@Nullable IOException cause) {
            run.complete(CheckResult.down(cause == null ? "closed by peer" : String.valueOf(cause.getMessage())));
        }
    }
}
