package io.halcyon.check.tlscertificate;

import io.halcyon.settings.Endpoint;
import io.halcyon.spi.check.AsynchronousCheck;
import io.halcyon.spi.check.CheckRun;
import io.halcyon.tls.TlsClient;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Looks at the certificates that a server shows. Immutable. */
final class TlsCertificateCheck implements AsynchronousCheck {

    /**
     * Who is asked.
     *
     * @param serverName name that is asked for, null for none
     * @param mail whether it is asked for TLS in SMTP first
     */
    record Server(Endpoint endpoint, @Nullable String serverName, boolean mail) {}

    private final Server server;
    private final TlsClient tls;
    private final Expiry expiry;
    private final InstantSource clock;

    TlsCertificateCheck(Server server, TlsClient tls, Expiry expiry, InstantSource clock) {
        this.server = server;
        this.tls = tls;
        this.expiry = expiry;
        this.clock = clock;
    }

    @Override
    public void look(CheckRun run) {
        var address = server.endpoint().address();
        var name = server.serverName();
        var inspection = new Inspection(run, server.endpoint(), expiry, clock);
        if (server.mail()) {
            run.connect(
                    address, new MailOpening(open -> tls.startTls(run, open, address, name, inspection), inspection));
        } else {
            tls.connect(run, address, name, inspection);
        }
    }
}
