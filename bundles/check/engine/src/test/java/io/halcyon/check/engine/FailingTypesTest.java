package io.halcyon.check.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.spi.check.HealthCheck;
import io.halcyon.testkit.InNetworkNamespace;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two thousand failures of each type that uses the network leave no descriptor open. */
@InNetworkNamespace
@Timeout(180)
class FailingTypesTest {

    private static final int FAILURES = 2_000;
    private static final int AT_ONCE = 40;
    private static final long TIMEOUT_NANOS = TimeUnit.MILLISECONDS.toNanos(40);
    /** Descriptors that a JVM opens on its own while a test runs: jars, random numbers. */
    private static final int SLACK = 20;

    private LoopThread loop;
    private Runners runners;

    private final AtomicInteger succeeded = new AtomicInteger();

    @ParameterizedTest
    @MethodSource("io.halcyon.check.engine.NetworkType#all")
    void twoThousandFailuresLeaveNoDescriptorOpen(NetworkType type) throws Exception {
        // Its threads are in the namespace of the one that makes it.
        loop = new LoopThread();
        runners = new Runners(loop, () -> null);
        try (var resetting = new ServerSocket(0, 4_096, InetAddress.getLoopbackAddress());
                var babbling = new ServerSocket(0, 4_096, InetAddress.getLoopbackAddress());
                var mute = new ServerSocket(0, 4_096, InetAddress.getLoopbackAddress());
                var datagrams = new DatagramSocket(babbling.getLocalPort(), InetAddress.getLoopbackAddress())) {
            serve(resetting, "");
            serve(babbling, "what is this\r\n");
            answer(datagrams);
            int[] ports = {
                closedPort(), resetting.getLocalPort(), babbling.getLocalPort(), mute.getLocalPort(),
            };
            fail(type, ports, ports.length * 2);
            int before = descriptors();

            // On a machine that is too busy some looks do not begin in time; none may take this for an answer.
            assertThat(fail(type, ports, FAILURES)).isGreaterThan(FAILURES * 9 / 10);
            assertThat(succeeded).hasValue(0);

            fail(type, ports, ports.length);
            assertThat(descriptors()).isLessThanOrEqualTo(before + SLACK);
        } finally {
            runners.close();
            loop.close();
        }
    }

    /** Runs checks of a type against all ports in turn; how many runs failed. */
    private int fail(NetworkType type, int[] ports, int runs) throws InterruptedException {
        List<HealthCheck> checks = new ArrayList<>();
        for (int i = 0; i < Math.min(AT_ONCE, runs); i++) {
            checks.add(type.check(ports[i % ports.length], Map.of()));
        }
        var failed = new AtomicInteger();
        var left = new AtomicInteger(runs);
        var over = new CountDownLatch(checks.size());
        loop.execute(() -> checks.forEach(check -> run(type, check, left, failed, over)));
        over.await();
        checks.forEach(HealthCheck::close);
        return failed.get();
    }

    /** Once more, until all runs are done. On the loop's thread. */
    private void run(
            NetworkType type, HealthCheck check, AtomicInteger left, AtomicInteger failed, CountDownLatch over) {
        if (left.getAndDecrement() <= 0) {
            over.countDown();
            return;
        }
        var order = new Runner.Order(type.factory().type(), check, TIMEOUT_NANOS, loop.nanos());
        var run = new Run(
                loop,
                runners,
                order,
                new Tally(),
                judged -> {
                    if (judged.health() == Health.DOWN) {
                        failed.incrementAndGet();
                    } else if (RiseAndFall.isSuccess(judged.health())) {
                        succeeded.incrementAndGet();
                    }
                },
                result -> run(type, check, left, failed, over));
        assertThat(run.lingers()).isFalse();
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

    /** Says something, if there is anything to say, and resets the connection. */
    private static void serve(ServerSocket server, String words) {
        daemon(() -> {
            while (true) {
                try (var peer = server.accept()) {
                    peer.setSoLinger(true, 0);
                    peer.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException gone) {
                    if (server.isClosed()) {
                        return;
                    }
                }
            }
        });
    }

    private static void answer(DatagramSocket socket) {
        daemon(() -> {
            var packet = new DatagramPacket(new byte[1_000], 1_000);
            while (!socket.isClosed()) {
                try {
                    socket.receive(packet);
                    socket.send(packet);
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private static void daemon(Runnable work) {
        var thread = new Thread(work, "server");
        thread.setDaemon(true);
        thread.start();
    }
}
