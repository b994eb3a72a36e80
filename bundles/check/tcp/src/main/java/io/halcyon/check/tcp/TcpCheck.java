package io.halcyon.check.tcp;

import io.halcyon.settings.Endpoint;
import io.halcyon.spi.check.AsynchronousCheck;
import io.halcyon.spi.check.CheckRun;
import io.halcyon.tls.TlsClient;
import org.jspecify.annotations.Nullable;

/** Opens a connection, and may say something there and wait for an answer. Immutable. */
final class TcpCheck implements AsynchronousCheck {

    /**
     * How TLS is spoken.
     *
     * @param serverName name that the server is asked for, null for none
     */
    record Encryption(TlsClient client, @Nullable String serverName) {}

    private final Endpoint endpoint;
    private final long connectTimeoutMillis;
    private final @Nullable Encryption encryption;
    private final Script script;

    /**
     * @param connectTimeoutMillis 0 for no limit
     * @param encryption null for plain text
     */
    TcpCheck(Endpoint endpoint, long connectTimeoutMillis, @Nullable Encryption encryption, Script script) {
        this.endpoint = endpoint;
        this.connectTimeoutMillis = connectTimeoutMillis;
        this.encryption = encryption;
        this.script = script;
    }

    @Override
    public void look(CheckRun run) {
        var exchange = new Exchange(run, endpoint, script);
        if (connectTimeoutMillis > 0) {
            run.after(connectTimeoutMillis, () -> exchange.requireConnected(connectTimeoutMillis));
        }
        if (encryption == null) {
            run.connect(endpoint.address(), exchange);
        } else {
            encryption.client().connect(run, endpoint.address(), encryption.serverName(), exchange);
        }
    }
}
