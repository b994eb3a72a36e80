package io.halcyon.notify.webhook;

import io.halcyon.tls.TlsOptions;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where requests go and how. Immutable. Its text shows no secret.
 *
 * @param uri address, which may hold a secret
 * @param headers further header fields, credentials among them
 * @param signature null for none
 * @param connectMillis limit of opening a connection
 * @param answerMillis limit of everything together
 * @param body what is said
 * @param secrets what must not be seen
 */
record Target(
        URI uri,
        String method,
        List<Header> headers,
        @Nullable Signature signature,
        TlsOptions tls,
        long connectMillis,
        long answerMillis,
        Body body,
        Secrets secrets) {

    /** One header field. */
    record Header(String name, String value) {
        @Override
        public String toString() {
            return name;
        }
    }

    Target {
        headers = List.copyOf(headers);
    }

    boolean isEncrypted() {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    /** As much of the address as may be seen. */
    String place() {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    @Override
    public String toString() {
        return "Target[" + place() + "]";
    }
}
