package io.halcyon.check.dns;

import io.halcyon.spi.check.HealthCheckFactory;
import io.halcyon.testkit.DatagramPeer;
import io.halcyon.testkit.HealthCheckContract;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class DnsContractTest extends HealthCheckContract<DnsKeys> {

    private DatagramPeer polite;
    private DatagramPeer mute;

    @BeforeEach
    void listen() throws IOException {
        polite = new DatagramPeer(Answers.scene(Answers.with(". SOA a. b. 1 2 3 4 5")));
        mute = new DatagramPeer(DatagramPeer.silence());
    }

    @AfterEach
    void close() {
        polite.close();
        mute.close();
    }

    @Override
    protected HealthCheckFactory<DnsKeys> factory() {
        return new DnsCheckFactory();
    }

    @Override
    protected Map<String, Object> working() {
        return Map.of("connect.port", polite.port(), "reply.wait", 9.0);
    }

    @Override
    protected Map<String, Object> failing() throws IOException {
        return Map.of("connect.port", DatagramPeer.closedPort());
    }

    @Override
    protected Map<String, Object> hanging() {
        return Map.of("connect.port", mute.port(), "reply.wait", 60.0);
    }

    @Override
    protected Map<String, Object> senseless() {
        return Map.of("rcode", new String[] {"NXDOMAIN"}, "answers", new String[] {"a. b. 1 2 3 4 5"});
    }
}
