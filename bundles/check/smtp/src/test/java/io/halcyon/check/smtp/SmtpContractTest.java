package io.halcyon.check.smtp;

import io.halcyon.spi.check.HealthCheckFactory;
import io.halcyon.testkit.HealthCheckContract;
import io.halcyon.testkit.ScriptedPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.subethamail.smtp.server.SMTPServer;

class SmtpContractTest extends HealthCheckContract<SmtpKeys> {

    private final SMTPServer server =
            SMTPServer.port(0).bindAddress(InetAddress.getLoopbackAddress()).build();
    private ScriptedPeer mute;

    @BeforeEach
    void listen() throws IOException {
        server.start();
        mute = new ScriptedPeer(ScriptedPeer.silence());
    }

    @AfterEach
    void close() throws IOException {
        server.stop();
        mute.close();
    }

    @Override
    protected HealthCheckFactory<SmtpKeys> factory() {
        return new SmtpCheckFactory();
    }

    @Override
    protected Map<String, Object> working() {
        return Map.of("connect.port", server.getPortAllocated());
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
        return Map.of("helo.name", "two words");
    }
}
