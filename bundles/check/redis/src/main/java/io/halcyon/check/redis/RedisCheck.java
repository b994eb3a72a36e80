package io.halcyon.check.redis;

import io.halcyon.settings.Endpoint;
import io.halcyon.spi.check.AsynchronousCheck;
import io.halcyon.spi.check.CheckRun;
import io.halcyon.tls.TlsClient;
import org.jspecify.annotations.Nullable;

/** Asks a Redis server whether it answers and what it is. Immutable. */
final class RedisCheck implements AsynchronousCheck {

    /** Null without TLS. The name is the one that is asked for, null for none. */
    record Encryption(TlsClient client, @Nullable String serverName) {}

    private final Endpoint endpoint;
    private final long connectTimeoutMillis;
    private final @Nullable Encryption encryption;
    private final Login login;
    private final Expectation expectation;

    /** @param connectTimeoutMillis 0 for no limit */
    RedisCheck(
            Endpoint endpoint,
            long connectTimeoutMillis,
            @Nullable Encryption encryption,
            Login login,
            Expectation expectation) {
        this.endpoint = endpoint;
        this.connectTimeoutMillis = connectTimeoutMillis;
        this.encryption = encryption;
        this.login = login;
        this.expectation = expectation;
    }

    @Override
    public void look(CheckRun run) {
        var visit = new Visit(run, endpoint, login, expectation);
        if (connectTimeoutMillis > 0) {
            run.after(connectTimeoutMillis, () -> visit.requireConnected(connectTimeoutMillis));
        }
        if (encryption == null) {
            run.connect(endpoint.address(), visit);
        } else {
            encryption.client().connect(run, endpoint.address(), encryption.serverName(), visit);
        }
    }
}
