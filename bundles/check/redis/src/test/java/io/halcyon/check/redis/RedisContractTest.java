package io.halcyon.check.redis;

import io.halcyon.spi.check.HealthCheckFactory;
import io.halcyon.testkit.HealthCheckContract;
import io.halcyon.testkit.ScriptedPeer;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** With the real server see {@link RealRedisTest}. */
class RedisContractTest extends HealthCheckContract<RedisKeys> {

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
    protected HealthCheckFactory<RedisKeys> factory() {
        return new RedisCheckFactory();
    }

    @Override
    protected Map<String, Object> working() {
        return Map.of("connect.port", polite.port());
    }

    @Override
    protected Map<String, Object> failing() throws IOException {
        return Map.of("connect.port", ScriptedPeer.closedPort());
    }

    @Override
    protected Map<String, Object> hanging() {
        return Map.of("connect.port", mute.port());
    }

    @Override
    protected Map<String, Object> senseless() {
        return Map.of("user", "halcyon");
    }
}
