package io.halcyon.check.http;

import io.halcyon.spi.check.HealthCheckFactory;
import io.halcyon.testkit.HealthCheckContract;
import io.halcyon.testkit.ScriptedPeer;
import io.halcyon.testkit.TestAuthority;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class HttpsContractTest extends HealthCheckContract<HttpsKeys> {

    @TempDir
    static Path directory;

    private static TestAuthority authority;

    private Site site;
    private ScriptedPeer mute;

    @BeforeAll
    static void issue() throws Exception {
        authority = new TestAuthority(directory);
        authority.issue("site", "-ext", "san=ip:127.0.0.1");
    }

    @BeforeEach
    void open() throws Exception {
        site = Site.secure(authority.serverContext("site"));
        mute = new ScriptedPeer(ScriptedPeer.silence());
    }

    @AfterEach
    void close() throws IOException {
        site.close();
        mute.close();
    }

    @Override
    protected HealthCheckFactory<HttpsKeys> factory() {
        return new HttpsCheckFactory();
    }

    @Override
    protected Map<String, Object> working() throws Exception {
        return Map.of("connect.port", site.port(), "ca", authority.caFile().toString());
    }

    /** Its authority is not among those of the JDK. */
    @Override
    protected Map<String, Object> failing() {
        return Map.of("connect.port", site.port());
    }

    @Override
    protected Map<String, Object> hanging() {
        return Map.of("connect.port", mute.port());
    }

    @Override
    protected Map<String, Object> senseless() {
        return Map.of("key", "/etc/ssl/private/some.key");
    }
}
