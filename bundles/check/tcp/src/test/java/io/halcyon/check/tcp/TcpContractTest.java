package io.halcyon.check.tcp;

import io.halcyon.spi.check.HealthCheckFactory;
import io.halcyon.testkit.HealthCheckContract;
import io.halcyon.testkit.ScriptedPeer;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class TcpContractTest extends HealthCheckContract<TcpKeys> {

    private ScriptedPeer polite;
    private ScriptedPeer mute;

    @BeforeEach
    void listen() throws IOException {
        polite = new ScriptedPeer(ScriptedPeer.hears().then(ScriptedPeer.says("+PONG\r\n")));
        mute = new ScriptedPeer(ScriptedPeer.silence());
    }

    @AfterEach
    void close() throws IOException {
        polite.close();
        mute.close();
    }

    @Override
    protected HealthCheckFactory<TcpKeys> factory() {
        return new TcpCheckFactory();
    }

    @Override
    protected Map<String, Object> working() {
        return Map.of("connect.port", polite.port(), "send", "PING%0d%0a", "expect", "+PONG");
    }

    @Override
    protected Map<String, Object> failing() throws IOException {
        return Map.of("connect.port", ScriptedPeer.closedPort());
    }

    @Override
    protected Map<String, Object> hanging() {
        return Map.of("connect.port", mute.port(), "expect", "+PONG");
    }

    @Override
    protected Map<String, Object> senseless() {
        return Map.of("connect.port", 6379, "send", "PING");
    }
}
