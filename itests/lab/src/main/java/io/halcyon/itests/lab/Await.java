package io.halcyon.itests.lab;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for something to become true, at most for a given time. */
public final class Await {

    private static final long STEP_NANOS = 2_000_000;

    private Await() {}

    /** Waits until the condition holds. */
    public static void until(String what, Duration limit, BooleanSupplier condition) {
        found(what, limit, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** Waits until the supplier finds something. */
    public static <T> T found(String what, Duration limit, Supplier<Optional<T>> supplier) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            var found = supplier.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() - end > 0) {
                throw new LabException("not within " + limit.toMillis() + " ms: " + what);
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    /** Lets time pass where time itself is what a case is about; the reason is for the reader. */
    public static void pass(Duration time, String reason) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(reason, left);
        }
    }
}
