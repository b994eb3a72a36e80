package io.halcyon.tls;

import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What went wrong, in one sentence for a person. */
final class Sentence {

    private static final int LONGEST = 200;
    private static final String ALERT = "Received fatal alert: ";

    private Sentence() {}

    /** Of a failure of the engine. */
    static IOException of(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusedCertificate) {
                return new IOException(cause.getMessage(), e);
            }
        }
        var words = oneLine(e);
        if (words.contains(ALERT)) {
            var alert = words.substring(words.indexOf(ALERT) + ALERT.length());
            return new IOException("the server refused the TLS connection with alert " + alert, e);
        }
        if (words.contains("nrecognized SSL message")) {
            return new IOException("the server does not answer in TLS", e);
        }
        return new IOException("TLS failed: " + words, e);
    }

    /** Of a connection that ended, null if that was in order. */
    static IOException ofEnd(boolean handshakeDone, @Nullable IOException cause) {
        if (handshakeDone) {
            return cause != null
                    ? cause
                    : new EOFException("the server ended the connection without saying so in TLS (close_notify)");
        }
        return cause == null
                ? new EOFException("the server ended the connection during the TLS handshake")
                : new IOException("the connection broke during the TLS handshake: " + oneLine(cause), cause);
    }

    /** The message of an exception, fit for a log line. */
    static String oneLine(Throwable e) {
        var message = e.getMessage();
        return oneLine(message == null ? e.getClass().getSimpleName() : message);
    }

    /** A text that may come from the network, fit for a log line. */
    static String oneLine(String text) {
        var cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        return cut.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }
}
