package io.halcyon.check.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.CheckStatus;
import io.halcyon.spi.check.AsynchronousCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.CheckRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The engine tells of the steps that it takes itself, and tells them to who asks. */
@Timeout(30)
class StepsOfLooksTest {

    private final LoopThread loop = new LoopThread();
    private final SelectorRunner runner = new SelectorRunner(
            loop, new Names(host -> InetAddress.getLoopbackAddress(), System::nanoTime), new Lateness(), () -> null);
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
    void aNameIsResolvedThenConnectedToThenJudged() throws Exception {
        var target = InetSocketAddress.createUnresolved("web.example", server.getLocalPort());

        var details = look(run -> run.connect(target, new Greeting(run, true)), 10_000);

        assertThat(details.keySet()).containsExactly("step.resolve", "step.connect", "step.greeting", "step.judge");
        assertThat(details.get("step.resolve")).endsWith(" ms, 127.0.0.1");
        assertThat(details.get("step.connect")).endsWith(" ms, 127.0.0.1:" + server.getLocalPort());
        assertThat(details.get("step.greeting")).endsWith(" ms, hello");
        assertThat(details.get("step.judge")).endsWith(" ms, UP");
    }

    @Test
    void aRefusedConnectionIsSeenWhereItFailed() throws Exception {
        server.close();
        var target = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort());

        var details = look(run -> run.connect(target, new Greeting(run, true)), 10_000);

        assertThat(details.keySet()).containsExactly("step.connect", "step.judge");
        assertThat(details.get("step.connect")).endsWith(" ms, Connection refused");
        assertThat(details.get("step.judge")).endsWith(" ms, DOWN");
    }

    @Test
    void ofOneThatTimesOutIsSeenHowFarItCame() throws Exception {
        var target = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort());

        var details = look(run -> run.connect(target, new Greeting(run, false)), 200);

        assertThat(details.keySet()).containsExactly("step.connect", "step.greeting");
    }

    @Test
    void stepsAreToldOfWhatFailedAndOfWhatSomebodyAskedFor() throws Exception {
        var stage = new Stage();
        stage.runner.steps = Map.of("step.connect", "1.0 ms");
        stage.start(new SettingsBuilder());

        stage.second(CheckResult.up("fine"));
        assertThat(stage.status().steps()).isEmpty();

        stage.second(CheckResult.down("gone"));
        assertThat(stage.status().steps()).containsExactly(new CheckStatus.Step("connect", "1.0 ms"));

        stage.second(CheckResult.up("fine"));
        assertThat(stage.status().steps()).isEmpty();

        stage.loop.execute(() -> stage.checks.find("c").runNow(() -> {}));
        stage.loop.settle();
        assertThat(stage.status().steps()).containsExactly(new CheckStatus.Step("connect", "1.0 ms"));
    }

    private Map<String, String> look(AsynchronousCheck check, long timeoutMillis) throws Exception {
        var details = new CompletableFuture<Map<String, String>>();
        loop.execute(() -> {
            var order = new Runner.Order("probe", check, TimeUnit.MILLISECONDS.toNanos(timeoutMillis), loop.nanos());
            Run[] run = new Run[1];
            run[0] = new Run(
                    loop,
                    runner,
                    order,
                    new Tally(),
                    judged -> details.complete(run[0].withSteps(judged).details()),
                    over -> {});
        });
        return details.get(20, TimeUnit.SECONDS);
    }

    /** A step of the check's own, and perhaps an end. */
    private record Greeting(CheckRun run, boolean ends) implements CheckRun.Handler {

        @Override
        public void onConnected(CheckRun.Connection connection) {
            run.step("greeting", "hello");
            if (ends) {
                run.complete(CheckResult.up("greeted"));
            }
        }

        @Override
        public void onData(CheckRun.Connection connection, ByteBuffer data) {}

        @Override
        public void onClosed(@Nullable IOException cause) {
            run.complete(CheckResult.down(String.valueOf(cause)));
        }
    }
}
