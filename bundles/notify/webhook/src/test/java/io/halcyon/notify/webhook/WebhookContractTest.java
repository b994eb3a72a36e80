package io.halcyon.notify.webhook;

import io.halcyon.spi.notify.NotifierFactory;
import io.halcyon.testkit.NotifierContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract, with the event as it is. */
class WebhookContractTest extends NotifierContract<WebhookKeys> {

    private Receiver receiver;

    @BeforeEach
    void start() throws IOException {
        receiver = Receiver.plain();
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Override
    protected NotifierFactory<WebhookKeys> factory() {
        return new WebhookNotifierFactory();
    }

    @Override
    protected Map<String, Object> reaching() {
        return Map.of("url", receiver.url("/events"));
    }

    @Override
    protected Map<String, Object> unreachable() throws IOException {
        try (var gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Map.of("url", "http://127.0.0.1:" + gone.getLocalPort() + "/");
        }
    }

    @Override
    protected Map<String, Object> senseless() {
        return Map.of("url", "ftp://example.org/");
    }

    @Override
    protected List<String> received() {
        return receiver.requests().stream().map(Receiver.Request::body).toList();
    }
}
