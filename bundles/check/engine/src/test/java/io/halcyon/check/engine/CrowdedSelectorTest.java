package io.halcyon.check.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.spi.check.AsynchronousCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.CheckRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many looks at once with more work for the selector's thread, such as TLS handshakes, than it can do within their limit. */
@Timeout(30)
class CrowdedSelectorTest {

    private static final int LOOKS = 120;
    private static final long WORK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    /** All the work together takes twice as long. */
    private static final long TIMEOUT_MILLIS = 600;

    private final LoopThread loop = new LoopThread();
    private final Lateness lateness = new Lateness();
    private final SelectorRunner runner = new SelectorRunner(loop, new Names(), lateness, () -> null);
    private final Tally tally = new Tally();
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, LOOKS, InetAddress.getLoopbackAddress());
        var answering = new Thread(this::answer, "answering");
        answering.setDaemon(true);
        answering.start();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        runner.close();
        loop.close();
    }

    @Test
    void looksBeginLateAndSucceedInsteadOfKeepingEachOtherFromEnding() throws Exception {
        var results = new LinkedBlockingQueue<CheckResult>();
        var target = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort());
        loop.execute(() -> {
            for (int i = 0; i < LOOKS; i++) {
                AsynchronousCheck check = run -> run.connect(target, new Laborious(run));
                var order =
                        new Runner.Order("probe", check, TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS), loop.nanos());
                assertThat(new Run(loop, runner, order, tally, results::add, over -> {}).lingers())
                        .isFalse();
            }
        });
        for (int i = 0; i < LOOKS; i++) {
            assertThat(results.take()).as("result " + i).isEqualTo(CheckResult.up("answered"));
        }

        assertThat(lateness.summary().maxMicros()).isGreaterThan(TimeUnit.MILLISECONDS.toMicros(TIMEOUT_MILLIS));
    }

    private void answer() {
        while (!server.isClosed()) {
            try (var peer = server.accept()) {
                peer.getOutputStream().write(peer.getInputStream().read());
            } catch (IOException endOfTest) {
                assertThat(endOfTest).isNotNull();
            }
        }
    }

    /** Works when it is connected, and again when it is answered. */
    private record Laborious(CheckRun run) implements CheckRun.Handler {

        @Override
        public void onConnected(CheckRun.Connection connection) {
            work();
            connection.write(ByteBuffer.wrap(new byte[] {'?'}));
        }

        @Override
        public void onData(CheckRun.Connection connection, ByteBuffer data) {
            work();
            run.complete(CheckResult.up("answered"));
        }

        @Override
        public void onClosed(@Nullable IOException cause) {
            run.complete(CheckResult.down(String.valueOf(cause)));
        }

        private static void work() {
            long end = System.nanoTime() + WORK_NANOS;
            while (System.nanoTime() - end < 0) {
                Thread.onSpinWait();
            }
        }
    }
}
