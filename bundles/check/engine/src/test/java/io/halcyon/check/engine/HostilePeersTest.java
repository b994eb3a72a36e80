package io.halcyon.check.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.spi.check.AsynchronousCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.CheckRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Peers that misbehave below any protocol: each costs its own run and nothing else. */
@Timeout(120)
class HostilePeersTest {

    private static final long TIMEOUT_MILLIS = 300;
    private static final long PATIENCE_MILLIS = 8_000;
    private static final int AT_ONCE = 400;
    /** Descriptors that a JVM opens on its own while a test runs: jars, random numbers. */
    private static final int SLACK = 20;

    /** What a peer does with a connection. */
    private interface Behaviour {
        void meet(Socket peer) throws IOException, InterruptedException;
    }

    private final LoopThread loop = new LoopThread();
    private final SelectorRunner runner = new SelectorRunner(loop, new Names(), new Lateness(), () -> null);
    private final Tally tally = new Tally();
    private final CountDownLatch end = new CountDownLatch(1);
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 4_096, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        end.countDown();
        server.close();
        runner.close();
        loop.close();
    }

    @Test
    void neverAnswering() throws Exception {
        serve(peer -> end.await());

        assertThat(lookShortly().reason()).isEqualTo("timed out after 300 ms");
    }

    @Test
    void notEvenAccepting() throws Exception {
        assertThat(lookShortly().reason()).isEqualTo("timed out after 300 ms");
    }

    @Test
    void oneByteASecond() throws Exception {
        serve(peer -> {
            do {
                peer.getOutputStream().write('x');
            } while (!end.await(1, TimeUnit.SECONDS));
        });

        assertThat(lookShortly().reason()).isEqualTo("timed out after 300 ms");
    }

    @Test
    void resetAtOnce() throws Exception {
        serve(peer -> peer.setSoLinger(true, 0));

        assertThat(look().reason()).containsAnyOf("reset", "Broken pipe");
    }

    @Test
    void resetAfterTheRequest() throws Exception {
        serve(peer -> {
            assertThat(peer.getInputStream().read()).isEqualTo('?');
            peer.setSoLinger(true, 0);
        });

        assertThat(look().reason()).contains("reset");
    }

    @Test
    void resetWithinTheAnswer() throws Exception {
        serve(peer -> {
            peer.getOutputStream().write("hel".getBytes(StandardCharsets.US_ASCII));
            assertThat(peer.getInputStream().read()).isEqualTo('?');
            peer.setSoLinger(true, 0);
        });

        assertThat(look().reason()).contains("reset");
    }

    @Test
    void closedWithinTheAnswer() throws Exception {
        serve(peer -> {
            assertThat(peer.getInputStream().read()).isEqualTo('?');
            peer.getOutputStream().write("hel".getBytes(StandardCharsets.US_ASCII));
        });

        assertThat(look()).isEqualTo(CheckResult.down("closed"));
    }

    @Test
    void thousandsOfFailuresLeaveNoDescriptorOpen() throws Exception {
        failAndCount(3_000);
    }

    @Test
    @Tag("lab") // takes a while
    void aHundredThousandFailuresLeaveNoDescriptorOpen() throws Exception {
        failAndCount(100_000);
    }

    /** A third refused, a third reset, a third hanging until they are given up. */
    private void failAndCount(int checks) throws Exception {
        serve(peer -> peer.setSoLinger(true, 0));
        try (var mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int[] ports = {closedPort(), server.getLocalPort(), mute.getLocalPort()};
            look();
            int before = descriptors();
            var room = new Semaphore(AT_ONCE);
            var failed = new AtomicInteger();
            for (int i = 0; i < checks; i++) {
                room.acquire();
                int port = ports[i % ports.length];
                loop.execute(() -> run(port, 20, result -> {
                    failed.incrementAndGet();
                    room.release();
                }));
            }
            room.acquire(AT_ONCE);

            assertThat(failed).hasValue(checks);
            // A closed channel gives its descriptor back in the selector's next turn.
            look();
            assertThat(descriptors()).isLessThanOrEqualTo(before + SLACK);
        }
    }

    private static int descriptors() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return (int) open.count();
        }
    }

    private static int closedPort() throws IOException {
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return closed.getLocalPort();
        }
    }

    private CheckResult look() throws Exception {
        return look(PATIENCE_MILLIS);
    }

    private CheckResult lookShortly() throws Exception {
        return look(TIMEOUT_MILLIS);
    }

    private CheckResult look(long timeoutMillis) throws Exception {
        var results = new LinkedBlockingQueue<CheckResult>();
        var result = new CompletableFuture<CheckResult>();
        loop.execute(() -> run(server.getLocalPort(), timeoutMillis, results::add, result::complete));
        result.get(10, TimeUnit.SECONDS);
        return results.take();
    }

    private void run(int port, long timeoutMillis, Consumer<CheckResult> over) {
        run(port, timeoutMillis, judged -> {}, over);
    }

    private void run(int port, long timeoutMillis, Consumer<CheckResult> judged, Consumer<CheckResult> over) {
        var target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        AsynchronousCheck check = run -> run.connect(target, new Question(run));
        var order = new Runner.Order("probe", check, TimeUnit.MILLISECONDS.toNanos(timeoutMillis), loop.nanos());
        assertThat(new Run(loop, runner, order, tally, judged, over).lingers()).isFalse();
    }

    private void serve(Behaviour behaviour) {
        var acceptor = new Thread(() -> accept(behaviour), "hostile");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    private void accept(Behaviour behaviour) {
        while (!server.isClosed()) {
            try (var peer = server.accept()) {
                behaviour.meet(peer);
            } catch (IOException gone) {
                assertThat(gone).isNotNull();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Asks for a line. */
    private static final class Question implements CheckRun.Handler {

        private final CheckRun run;

        private Question(CheckRun run) {
            this.run = run;
        }

        @Override
        public void onConnected(CheckRun.Connection connection) {
            connection.write(ByteBuffer.wrap(new byte[] {'?'}));
        }

        @Override
        public void onData(CheckRun.Connection connection, ByteBuffer data) {
            while (data.hasRemaining()) {
                if (data.get() == '\n') {
                    run.complete(CheckResult.up("a line"));
                }
            }
        }

        @Override
        public void onClosed(@Nullable IOException cause) {
            run.complete(CheckResult.down(cause == null ? "closed" : String.valueOf(cause.getMessage())));
        }
    }
}
