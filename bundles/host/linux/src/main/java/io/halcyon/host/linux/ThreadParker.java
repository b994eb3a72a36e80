package io.halcyon.host.linux;

import io.halcyon.spi.host.Parker;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Parks whichever thread waits.
 *
 * <p>The flag, not the thread's permit, remembers a wake-up: other code on the thread may use up the permit, and nobody may
 * be waiting yet when the wake-up comes.
 */
final class ThreadParker implements Parker {

    private volatile boolean woken;
    private volatile @Nullable Thread waiting;

    @Override
    public void park(long deadlineNanos) {
        waiting = Thread.currentThread();
        if (!woken) {
            parkUntil(deadlineNanos);
        }
        waiting = null;
        woken = false;
    }

    @Override
    public void unpark() {
        woken = true;
        LockSupport.unpark(waiting);
    }

    private void parkUntil(long deadlineNanos) {
        if (deadlineNanos == Long.MAX_VALUE) {
            LockSupport.park(this);
            return;
        }
        long wait = deadlineNanos - System.nanoTime();
        if (wait > 0) {
            LockSupport.parkNanos(this, wait);
        }
    }
}
