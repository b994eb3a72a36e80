package io.halcyon.notify.engine;

import io.halcyon.api.event.EventRecord;
import io.halcyon.spi.notify.DeliveryException;
import io.halcyon.spi.notify.Notifier;
import java.time.Duration;
import java.util.Objects;

/**
 * How one delivery went.
 *
 * @param reason why it failed, empty if it did not
 * @param retryAfter not sooner than that from now the receiver wants to see it again
 */
record Attempt(Outcome outcome, String reason, Duration retryAfter) {

    enum Outcome {
        DELIVERED,
        /** Worth another try. */
        FAILED,
        /** Would be refused again. */
        REFUSED
    }

    private static final Attempt DELIVERED = new Attempt(Outcome.DELIVERED, "", Duration.ZERO);

    /** Delivers an event; whatever a plugin throws ends here. */
    static Attempt deliver(Notifier notifier, EventRecord event) {
        try {
            notifier.deliver(event);
            return DELIVERED;
        } catch (DeliveryException e) {
            var reason = Objects.requireNonNullElse(e.getMessage(), "no reason given");
            var outcome = e.worthRetrying() ? Outcome.FAILED : Outcome.REFUSED;
            return new Attempt(outcome, reason, e.retryAfter().orElse(Duration.ZERO));
        } catch (InterruptedException e) {
            return new Attempt(Outcome.FAILED, "interrupted, it did not end in time", Duration.ZERO);
        } catch (RuntimeException e) {
            return new Attempt(Outcome.REFUSED, "the notifier is broken: " + e, Duration.ZERO);
        } catch (LinkageError e) {
            // Its bundle was updated under it; the new one gets the event.
            return new Attempt(Outcome.FAILED, "classes of the notifier are gone: " + e, Duration.ZERO);
        }
    }
}
