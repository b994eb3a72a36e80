package io.halcyon.spi.notify;

import org.jspecify.annotations.Nullable;

/** An event was not delivered. The message says why, without any secret. */
public final class DeliveryException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean worthRetrying;

    /**
     * @param worthRetrying false if the same event would be refused again (an SMTP 5xx reply, say)
     */
    public DeliveryException(String message, @Nullable Throwable cause, boolean worthRetrying) {
        super(message, cause);
        this.worthRetrying = worthRetrying;
    }

    public boolean worthRetrying() {
        return worthRetrying;
    }
}
