package io.halcyon.itests.karaf;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits inside the container, where the laboratory's classes are not. */
final class Soon {

    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private Soon() {}

    /** Asks until the answer is good; fails with the last answer when it never is. */
    static <T> T is(String what, Supplier<T> question, Predicate<T> good) {
        long end = System.nanoTime() + LIMIT_NANOS;
        T answer = question.get();
        while (!good.test(answer)) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within 30 s: " + what + "; at the end: " + answer);
            }
            LockSupport.parkNanos(STEP_NANOS);
            answer = question.get();
        }
        return answer;
    }
}
