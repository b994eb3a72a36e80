package io.halcyon.check.engine;

/** The one thread that owns all checks, and its clock. */
interface Loop {

    /** Monotonic time. */
    long nanos();

    /**
     * How often so far the thread could not run for a while although something was due, as in a full collection. Only the
     * thread itself may ask.
     */
    int pauses();

    /** Runs the task on the thread soon, in the order of the calls. Any thread may call. */
    void execute(Runnable task);

    /** Runs the task at that time. Only the thread itself may call this and cancel it. */
    Timer at(long nanos, Runnable task);

    /** Something that will happen later. */
    interface Timer {
        void cancel();
    }
}
