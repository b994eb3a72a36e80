package io.halcyon.notify.syslog;

import io.halcyon.spi.notify.NotifierFactory;
import io.halcyon.testkit.NotifierContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract, over TCP. */
class SyslogContractTest extends NotifierContract<SyslogKeys> {

    private StreamReceiver receiver;

    @BeforeEach
    void start() throws IOException {
        receiver = StreamReceiver.start(0);
    }

    @AfterEach
    void stop() throws IOException {
        receiver.close();
    }

    @Override
    protected NotifierFactory<SyslogKeys> factory() {
        return new SyslogNotifierFactory();
    }

    @Override
    protected Map<String, Object> reaching() {
        return Map.of("transport", "tcp", "port", receiver.port());
    }

    @Override
    protected Map<String, Object> unreachable() throws IOException {
        try (var gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Map.of("transport", "tcp", "port", gone.getLocalPort());
        }
    }

    @Override
    protected Map<String, Object> senseless() {
        return Map.of("transport", "tcp", "tls.ca.file", "/etc/ssl/own-ca.pem");
    }

    /** Nothing tells when all is there but the connection's end, which the notifier's close brings. */
    @Override
    protected List<String> received() throws InterruptedException {
        var connection = receiver.connection();
        while (!connection.isClosed()) {
            Thread.onSpinWait();
        }
        return new ArrayList<>(receiver.messages());
    }
}
