package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.Await;
import io.halcyon.itests.lab.Times;
import java.time.Duration;

/** Waiting for a point in time, to some microseconds. */
final class Moment {

    private static final long SPIN_NANOS = 1_000_000;

    private Moment() {}

    /** Sleeps while it is far away and watches the clock at the end, because a sleeper may oversleep. */
    static void await(long at) {
        long left = at - Times.now() - SPIN_NANOS;
        if (left > 0) {
            Await.pass(Duration.ofNanos(left), "the moment is not near yet");
        }
        while (Times.now() < at) {
            Thread.onSpinWait();
        }
    }
}
