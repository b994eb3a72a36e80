package io.halcyon.check.http;

import io.halcyon.spi.check.HealthCheckFactory;
import io.halcyon.testkit.HealthCheckContract;
import io.halcyon.testkit.ScriptedPeer;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class HttpContractTest extends HealthCheckContract<HttpKeys> {

    private Site site;
    private ScriptedPeer mute;

    @BeforeEach
    void open() throws IOException {
        site = Site.plain();
        mute = new ScriptedPeer(ScriptedPeer.silence());
    }

    @AfterEach
    void close() throws IOException {
        site.close();
        mute.close();
    }

    @Override
    protected HealthCheckFactory<HttpKeys> factory() {
        return new HttpCheckFactory();
    }

    @Override
    protected Map<String, Object> working() {
        return Map.of("connect.port", site.port(), "url", new String[] {"/", "/json json=/status=UP"});
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
        return Map.of("regex.no.match", true);
    }
}
