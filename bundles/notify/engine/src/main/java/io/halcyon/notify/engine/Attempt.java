package io.halcyon.notify.engine;

import io.halcyon.api.event.EventRecord;
import io.halcyon.spi.notify.DeliveryException;
import io.halcyon.spi.notify.Notifier;
import java.util.Objects;

/**
 * How one delivery went.
 *
 * @param reason why it failed, empty if it did not
 */
record Attempt(Outcome outcome, String reason) {

    enum Outcome {
        DELIVERED,
        /** Worth another try. */
        FAILED,
        /** Would be refused again. */
        REFUSED
    }

    private static final Attempt DELIVERED = new Attempt(Outcome.DELIVERED, "");

    /** Delivers an event; whatever a plugin throws ends here. */
    static Attempt deliver(Notifier notifier, EventRecord event) {
        try {
            notifier.deliver(event);
            return DELIVERED;
        } catch (DeliveryException e) {
            var reason = Objects.requireNonNullElse(e.getMessage(), "no reason given");
            return new Attempt(e.worthRetrying() ? Outcome.FAILED : Outcome.REFUSED, reason);
        } catch (InterruptedException e) {
            return new Attempt(Outcome.FAILED, "interrupted, it did not end in time");
        } catch (RuntimeException e) {
            return new Attempt(Outcome.REFUSED, "the notifier is broken: " + e);
        } catch (LinkageError e) {
            // Its bundle was updated under it; the new one gets the event.
            return new Attempt(Outcome.FAILED, "classes of the notifier are gone: " + e);
        }
    }
}
