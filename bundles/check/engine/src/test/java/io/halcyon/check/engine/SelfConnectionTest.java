package io.halcyon.check.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.spi.check.AsynchronousCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.CheckRun;
import io.halcyon.testkit.InNetworkNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Where the port that is looked at is also the next one that the kernel would give away, a socket meets itself (RFC 9293, simultaneous
 * open): a dead server on the same host must not look alive by that.
 */
@Tag("lab")
@InNetworkNamespace
@Timeout(30)
class SelfConnectionTest {

    private static final int PORT = 40_000;
    private static final int LOOKS = 20;
    private static final Path RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

    @Test
    void aSocketThatMeetsItselfHasMetNobody() throws Exception {
        // One port to be given away, and it is the one that is looked at.
        Files.writeString(RANGE, PORT + " " + PORT);
        var target = new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT);
        assertThat(meetsItself(target)).isTrue();

        List<CheckResult> results = new ArrayList<>();
        var loop = new LoopThread();
        try (var runner = new SelectorRunner(
                loop, new Names(InetAddress::getByName, System::nanoTime), new Lateness(), () -> null)) {
            for (int i = 0; i < LOOKS; i++) {
                var watched = new Watched();
                AsynchronousCheck check = run -> run.connect(target, new Knock(run));
                loop.execute(() -> runner.start(
                        new Runner.Order("probe", check, TimeUnit.SECONDS.toNanos(5), System.nanoTime()), watched));
                results.add(watched.await());
            }
        } finally {
            loop.close();
        }

        // The only port may still be that of the look before, which is closing.
        assertThat(results).extracting(CheckResult::health).containsOnly(Health.DOWN);
        assertThat(results).extracting(CheckResult::reason).contains("Connection refused");
    }

    private static boolean meetsItself(InetSocketAddress target) throws IOException {
        try (var socket = new Socket()) {
            socket.setSoLinger(true, 0);
            socket.connect(target);
            return socket.getLocalPort() == PORT;
        }
    }

    private record Knock(CheckRun run) implements CheckRun.Handler {

        @Override
        public void onConnected(CheckRun.Connection connection) {
            run.complete(CheckResult.up("somebody is there"));
        }

        @Override
        public void onData(CheckRun.Connection connection, ByteBuffer data) {}

        @Override
        public void onClosed(@Nullable IOException cause) {
            run.complete(CheckResult.down(cause == null ? "closed" : String.valueOf(cause.getMessage())));
        }
    }
}
