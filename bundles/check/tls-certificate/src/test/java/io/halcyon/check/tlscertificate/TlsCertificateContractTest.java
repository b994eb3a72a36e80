package io.halcyon.check.tlscertificate;

import com.sun.net.httpserver.HttpsServer;
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

class TlsCertificateContractTest extends HealthCheckContract<TlsCertificateKeys> {

    @TempDir
    static Path directory;

    private static TestAuthority authority;
    private HttpsServer server;
    private ScriptedPeer mute;

    @BeforeAll
    static void makeCertificates() throws Exception {
        authority = new TestAuthority(directory);
        authority.issue("server", "-ext", "san=ip:127.0.0.1");
    }

    @BeforeEach
    void listen() throws Exception {
        server = Servers.https(authority.serverContext("server"));
        mute = new ScriptedPeer(ScriptedPeer.silence());
    }

    @AfterEach
    void close() throws IOException {
        server.stop(0);
        mute.close();
    }

    @Override
    protected HealthCheckFactory<TlsCertificateKeys> factory() {
        return new TlsCertificateCheckFactory();
    }

    @Override
    protected Map<String, Object> working() throws Exception {
        return Map.of(
                "connect.port",
                server.getAddress().getPort(),
                "ca",
                authority.caFile().toString());
    }

    @Override
    protected Map<String, Object> failing() {
        return Map.of("connect.port", server.getAddress().getPort());
    }

    @Override
    protected Map<String, Object> hanging() {
        return Map.of("connect.port", mute.port());
    }

    @Override
    protected Map<String, Object> senseless() {
        return Map.of("days.warn", 3.0, "days.down", 4.0);
    }
}
