package io.halcyon.vrrp.engine.loop;

import io.halcyon.spi.host.Host;
import io.halcyon.spi.host.Parker;

/** Where the loop waits. Owned by the loop. */
final class Rest {

    private final Host host;
    private final Parker parker;
    private final Mailbox mailbox;

    Rest(Host host, Parker parker, Mailbox mailbox) {
        this.host = host;
        this.parker = parker;
        this.mailbox = mailbox;
    }

    /**
     * Waits until then, or until something is in the mailbox, or less long.
     *
     * @param awakeNanos the last part of it, in which it looks at the clock instead of sleeping
     */
    void until(long wakeNanos, long awakeNanos) {
        if (awakeNanos == 0 || wakeNanos == Long.MAX_VALUE) {
            parker.park(wakeNanos);
            return;
        }
        long lastNanos = wakeNanos - awakeNanos;
        parker.park(lastNanos);
        long now = host.monotonicNanos();
        while (now >= lastNanos && now < wakeNanos && mailbox.isEmpty()) {
            Thread.onSpinWait();
            now = host.monotonicNanos();
        }
    }
}
