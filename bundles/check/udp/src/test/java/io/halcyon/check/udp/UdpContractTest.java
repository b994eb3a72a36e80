package io.halcyon.check.udp;

import io.halcyon.spi.check.HealthCheckFactory;
import io.halcyon.testkit.DatagramPeer;
import io.halcyon.testkit.HealthCheckContract;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class UdpContractTest extends HealthCheckContract<UdpKeys> {

    private DatagramPeer polite;
    private DatagramPeer mute;

    @BeforeEach
    void listen() throws IOException {
        polite = new DatagramPeer(List::of);
        mute = new DatagramPeer(DatagramPeer.silence());
    }

    @AfterEach
    void close() {
        polite.close();
        mute.close();
    }

    @Override
    protected HealthCheckFactory<UdpKeys> factory() {
        return new UdpCheckFactory();
    }

    @Override
    protected Map<String, Object> working() {
        return Map.of("connect.port", polite.port(), "payload", "0a 0b", "reply.pattern", "0aXB", "reply.wait", 9.0);
    }

    @Override
    protected Map<String, Object> failing() throws IOException {
        return Map.of("connect.port", DatagramPeer.closedPort());
    }

    @Override
    protected Map<String, Object> hanging() {
        return Map.of("connect.port", mute.port(), "require.reply", true, "reply.wait", 60.0);
    }

    @Override
    protected Map<String, Object> senseless() {
        return Map.of("connect.port", 9, "payload", "0a", "payload.text", "x");
    }
}
