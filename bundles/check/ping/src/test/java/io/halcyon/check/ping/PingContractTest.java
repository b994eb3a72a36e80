package io.halcyon.check.ping;

import io.halcyon.spi.check.HealthCheckFactory;
import io.halcyon.testkit.HealthCheckContract;
import io.halcyon.testkit.InNetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The kernel answers on loopback, or does not. */
@InNetworkNamespace
class PingContractTest extends HealthCheckContract<PingKeys> {

    private final PingCheckFactory factory = new PingCheckFactory();

    @Override
    protected HealthCheckFactory<PingKeys> factory() {
        return factory;
    }

    @Override
    protected Map<String, Object> working() {
        return Map.of("connect.ip", "127.0.0.1");
    }

    @Override
    protected Map<String, Object> failing() {
        // Nothing but loopback is up: there is no route.
        return Map.of("connect.ip", "192.0.2.1");
    }

    @Override
    protected Map<String, Object> hanging() throws IOException {
        Files.writeString(Path.of("/proc/sys/net/ipv4/icmp_echo_ignore_all"), "1");
        return Map.of("connect.ip", "127.0.0.1", "reply.wait", 60.0);
    }

    @Override
    protected Map<String, Object> senseless() {
        return Map.of("connect.ip", "127.0.0.1", "replies.min", 2);
    }
}
