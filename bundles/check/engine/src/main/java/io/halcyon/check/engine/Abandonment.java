package io.halcyon.check.engine;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks, some time after somebody has gone, whether he has come back. Thread-safe. */
final class Abandonment {

    private static final Logger LOG = LoggerFactory.getLogger(Abandonment.class);

    /** An update of a bundle takes less. */
    private static final long PATIENCE_MINUTES = 10;

    private final ScheduledExecutorService timer;
    private final Runnable look;
    private final AtomicReference<@Nullable Future<?>> next = new AtomicReference<>();

    Abandonment(ScheduledExecutorService timer, Runnable look) {
        this.timer = timer;
        this.look = look;
    }

    void somebodyWent() {
        try {
            var before = next.getAndSet(timer.schedule(look, PATIENCE_MINUTES, TimeUnit.MINUTES));
            if (before != null) {
                before.cancel(false);
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("the engine ends, and all checks with it");
        }
    }
}
