package io.halcyon.settings;

import java.util.concurrent.ScheduledExecutorService;

/** Calls of a family's objects and notices, on the timer's thread, in the order of the changes. */
final class Calls {

    private final ScheduledExecutorService timer;
    private final Family.Notices notices;

    Calls(ScheduledExecutorService timer, Family.Notices notices) {
        this.timer = timer;
        this.notices = notices;
    }

    void post(String name, Runnable call) {
        timer.execute(() -> now(name, call));
    }

    /** On the calling thread. */
    void now(String name, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            notices.failed(name, e);
        } catch (LinkageError e) {
            notices.failed(name, new IllegalStateException(e.toString(), e));
        }
    }

    /**
     * A change of an object, told beforehand.
     *
     * @param file empty for a removal
     */
    void change(String name, String file, Runnable call) {
        post(name, () -> notices.changing(name, file));
        post(name, call);
    }
}
