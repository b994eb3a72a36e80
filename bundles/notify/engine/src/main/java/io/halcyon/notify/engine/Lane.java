package io.halcyon.notify.engine;

import java.util.concurrent.Callable;
import java.util.concurrent.Future;

/** Where the work of one courier is done, one piece after the other, now or later. Thread-safe; after its end, work is dropped. */
interface Lane {

    void execute(Runnable work);

    <T> Future<T> submit(Callable<T> work);

    /** Does it before all that waits, after what is being done now. */
    Future<?> next(Runnable work);

    /** Cancelling it is of use as long as its time has not come. */
    Future<?> schedule(Runnable work, long delayNanos);

    /** Ends it at once. */
    void end();
}
