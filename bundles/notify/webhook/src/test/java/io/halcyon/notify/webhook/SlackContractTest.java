package io.halcyon.notify.webhook;

import io.halcyon.json.Json;
import io.halcyon.spi.notify.NotifierFactory;
import io.halcyon.testkit.NotifierContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract, with messages as Slack shows them. */
class SlackContractTest extends NotifierContract<WebhookKeys> {

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
        return Map.of("preset", "slack", "url", receiver.url("/services/T0/B0/abcdefghijkl"));
    }

    @Override
    protected Map<String, Object> unreachable() throws IOException {
        try (var gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Map.of("preset", "slack", "url", "http://127.0.0.1:" + gone.getLocalPort() + "/");
        }
    }

    @Override
    protected Map<String, Object> senseless() {
        return Map.of("preset", "slack", "url", "https://hooks.slack.com/", "template", "{\"text\": \"{text}\"}");
    }

    /** Slack has no use for a message without a text. */
    @Override
    protected List<String> received() {
        return receiver.requests().stream()
                .map(request -> {
                    var message = Json.read(request.body(), Map.class);
                    if (!(message.get("text") instanceof String text) || text.isBlank()) {
                        throw new AssertionError("no text in " + request.body());
                    }
                    return message.toString().replace("&gt;", ">").replace("&lt;", "<");
                })
                .toList();
    }
}
