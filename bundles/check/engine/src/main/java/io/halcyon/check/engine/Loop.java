package io.halcyon.check.engine;

/** The one thread that owns all checks, and its clock. */
interface Loop {

    /** Monotonic time. */
    long nanos();

    /** Runs the task on the thread soon, in the order of the calls. Any thread may call. */
    void execute(Runnable task);

    /** Runs the task on the thread at that time. */
    Timer at(long nanos, Runnable task);

    /** Something that will happen later. */
    interface Timer {
        void cancel();
    }
}
