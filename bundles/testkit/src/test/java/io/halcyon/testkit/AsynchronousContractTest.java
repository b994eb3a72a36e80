package io.halcyon.testkit;

import io.halcyon.spi.check.AsynchronousCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.CheckRun;
import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.HealthCheckFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract itself, kept by an asynchronous check that waits for a greeting. */
class AsynchronousContractTest extends HealthCheckContract<AsynchronousContractTest.PortKeys> {

    /** Keys of the check. */
    @interface PortKeys {
        int port();
    }

    private ServerSocket polite;
    private ServerSocket mute;

    @BeforeEach
    void listen() throws IOException {
        polite = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var thread = new Thread(this::greet, "greeter");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void close() throws IOException {
        polite.close();
        mute.close();
    }

    @Override
    protected HealthCheckFactory<PortKeys> factory() {
        return new GreetingFactory();
    }

    @Override
    protected Map<String, Object> working() {
        return Map.of("port", polite.getLocalPort());
    }

    @Override
    protected Map<String, Object> failing() throws IOException {
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Map.of("port", closed.getLocalPort());
        }
    }

    @Override
    protected Map<String, Object> hanging() {
        return Map.of("port", mute.getLocalPort());
    }

    @Override
    protected Map<String, Object> senseless() {
        return Map.of("port", 0);
    }

    private void greet() {
        while (!polite.isClosed()) {
            try (var client = polite.accept()) {
                client.getOutputStream().write('!');
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static final class GreetingFactory implements HealthCheckFactory<PortKeys> {

        @Override
        public String type() {
            return "greeting";
        }

        @Override
        public Class<PortKeys> parameters() {
            return PortKeys.class;
        }

        @Override
        public HealthCheck create(String name, PortKeys keys) {
            if (keys.port() == 0) {
                throw new IllegalArgumentException("port = 0 is refused: allowed is 1-65535");
            }
            var target = new InetSocketAddress(InetAddress.getLoopbackAddress(), keys.port());
            AsynchronousCheck check = run -> run.connect(target, new Greeted(run));
            return check;
        }
    }

    private record Greeted(CheckRun run) implements CheckRun.Handler {

        @Override
        public void onConnected(CheckRun.Connection connection) {}

        @Override
        public void onData(CheckRun.Connection connection, ByteBuffer data) {
            run.complete(CheckResult.up("greeted"));
        }

        @Override
        public void onClosed(@Nullable IOException cause) {
            run.complete(CheckResult.down(String.valueOf(cause)));
        }
    }
}
