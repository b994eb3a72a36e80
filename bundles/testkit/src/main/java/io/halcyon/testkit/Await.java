package io.halcyon.testkit;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits for what other processes do: they tell nobody. */
public final class Await {

    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long POLL_MILLIS = 5;

    private Await() {}

    /** Asks again and again, 20 s at most. */
    public static void until(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + LIMIT_NANOS;
        while (!condition.call()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("this did not come to pass: " + what);
            }
            Thread.sleep(POLL_MILLIS);
        }
    }
}
