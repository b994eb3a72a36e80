package io.halcyon.notify.webhook;

import io.halcyon.tls.TlsContext;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import org.jspecify.annotations.Nullable;

/** What went wrong on the way to a server, in one sentence for a person. */
final class Sentence {

    private Sentence() {}

    static String of(@Nullable Throwable failure, String host) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                return "nobody knows the name " + host;
            }
        }
        if (failure instanceof HttpConnectTimeoutException) {
            return "the connection was not open in time";
        }
        if (failure instanceof ConnectException) {
            // The JDK often leaves its message empty.
            return failure.getMessage() == null ? "the connection was refused" : message(failure);
        }
        if (failure instanceof IOException broken) {
            return message(TlsContext.explained(broken));
        }
        return failure == null ? "the request failed" : message(failure);
    }

    private static String message(Throwable e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
