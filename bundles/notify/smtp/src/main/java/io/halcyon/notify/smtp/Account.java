package io.halcyon.notify.smtp;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where mails go and how. Immutable.
 *
 * @param recipients addresses to send to
 * @param sender address to send from
 * @param server name or address of the server
 * @param port its port
 * @param timeoutMillis limit of connecting, of each answer and of each write
 * @param tls how the connection is protected
 * @param caFile certificates to trust instead of the JDK's, null for the JDK's
 * @param login null for none
 * @param heloName name to greet with
 */
record Account(
        List<String> recipients,
        String sender,
        String server,
        int port,
        long timeoutMillis,
        Tls tls,
        @Nullable Path caFile,
        @Nullable Login login,
        String heloName) {

    Account {
        recipients = List.copyOf(recipients);
    }

    String place() {
        return server + ":" + port;
    }
}
