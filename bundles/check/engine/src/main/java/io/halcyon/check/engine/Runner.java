package io.halcyon.check.engine;

import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.HealthCheck;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Carries out single looks somewhere else than on the loop thread. All methods are for the loop thread. */
interface Runner {

    /**
     * One look to carry out.
     *
     * @param type the check's type; types do not wait for each other
     * @param dueNanos when it should begin
     */
    record Order(String type, HealthCheck check, long timeoutNanos, long dueNanos) {

        long timeoutMillis() {
            return Math.max(1, TimeUnit.NANOSECONDS.toMillis(timeoutNanos));
        }
    }

    /** Begins a look as soon as there is room for it. */
    Look start(Order order, Observer observer);

    /** A look that was started. */
    interface Look {

        /**
         * Takes it back, or interrupts it if that is too late.
         *
         * @return whether it was taken back; otherwise {@link Observer#ended} follows
         */
        boolean giveUp();

        /** Details of its result, and what came of each step until now if somebody counts them. */
        default Map<String, String> withSteps(Map<String, String> details) {
            return details;
        }
    }

    /** Hears of one look, on the loop thread. */
    interface Observer {

        /** It waits no longer. */
        void began();

        /** It ended, however late. Never throws, and the result is never null, whatever the plugin did. */
        void ended(CheckResult result);
    }
}
