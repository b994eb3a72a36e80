package io.halcyon.spi.notify;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An event was not delivered. The message says why, without any secret. */
public final class DeliveryException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean worthRetrying;
    private final @Nullable Duration retryAfter;

    /**
     * @param worthRetrying false if the same event would be refused again (an SMTP 5xx reply, say)
     */
    public DeliveryException(String message, @Nullable Throwable cause, boolean worthRetrying) {
        super(message, cause);
        this.worthRetrying = worthRetrying;
        retryAfter = null;
    }

    /**
     * Worth another try, but the receiver said when.
     *
     * @param retryAfter not sooner than this from now; the engine keeps it between its own delay and one hour
     */
    public DeliveryException(String message, @Nullable Throwable cause, Duration retryAfter) {
        super(message, cause);
        worthRetrying = true;
        this.retryAfter = retryAfter;
    }

    /** What the receiver asked for, empty if it said nothing. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    public boolean worthRetrying() {
        return worthRetrying;
    }
}
