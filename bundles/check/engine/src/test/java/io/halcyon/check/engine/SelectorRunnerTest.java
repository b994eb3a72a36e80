package io.halcyon.check.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.spi.check.AsynchronousCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.CheckRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
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
    private final SelectorRunner runner = new SelectorRunner(loop);
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
    void anUnresolvedNameIsTold() throws Exception {
        var target = InetSocketAddress.createUnresolved("no.such.host", 80);
        var watched = start(run -> run.connect(target, new Recording(run)));

        assertThat(watched.await()).isEqualTo(CheckResult.down("unknown host no.such.host"));
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
        var look = onLoop(() -> runner.start(check, 500, watched));
        try (var peer = server.accept()) {
            loop.execute(look::giveUp);

            assertThat(watched.await().health()).isEqualTo(Health.UNKNOWN);
            assertThat(peer.getInputStream().read()).isEqualTo(-1);
        }
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

    private Watched start(Consumer<CheckRun> plugin) throws Exception {
        var watched = new Watched();
        AsynchronousCheck check = plugin::accept;
        onLoop(() -> runner.start(check, 500, watched));
        return watched;
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
