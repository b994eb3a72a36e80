package io.halcyon.check.smtp;

import io.halcyon.settings.Endpoint;
import io.halcyon.spi.check.CheckRun;
import io.halcyon.tls.TlsClient;
import org.jspecify.annotations.Nullable;

/**
 * One server and how it is spoken to. Immutable.
 *
 * @param endpoint where it is
 * @param serverName name that is asked for in TLS, null for none
 * @param manner what is the same for all servers
 */
record MailServer(Endpoint endpoint, @Nullable String serverName, Manner manner) {

    /** When TLS begins. */
    enum Security {
        NONE,
        STARTTLS,
        SMTPS
    }

    /**
     * How servers are spoken to.
     *
     * @param heloName what we call ourselves
     * @param connectTimeoutMillis 0 for no limit
     * @param tls null without TLS
     */
    record Manner(String heloName, long connectTimeoutMillis, Security security, @Nullable TlsClient tls) {}

    void visit(CheckRun run, Conversation conversation) {
        long limitMillis = manner.connectTimeoutMillis();
        if (limitMillis > 0) {
            run.after(limitMillis, () -> conversation.requireConnected(limitMillis));
        }
        var tls = manner.tls();
        if (manner.security() == Security.SMTPS && tls != null) {
            tls.connect(run, endpoint.address(), serverName, conversation);
            return;
        }
        var relay = new Relay(conversation);
        if (tls != null) {
            conversation.upgradeBy(
                    open -> relay.switchTo(tls.startTls(run, open, endpoint.address(), serverName, conversation)));
        }
        run.connect(endpoint.address(), relay);
    }

    String heloName() {
        return manner.heloName();
    }

    boolean wantsStartTls() {
        return manner.security() == Security.STARTTLS;
    }

    @Override
    public String toString() {
        return endpoint.toString();
    }
}
