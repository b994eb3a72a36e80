package io.halcyon.itests.lab.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was measured of one data plane, in milliseconds, by {@link Step}.
 *
 * @param millis the same as JSON has it, by the steps' names
 */
record LvsTimes(Map<String, List<Double>> millis) {

    /** What is measured. */
    enum Step {
        /** From the start of the process to the last entry. */
        PROCESS,
        /** From the first order to the last entry. */
        START,
        /** The same after a restart, when all is in the kernel already. */
        RECONCILE_FIRST,
        /** The same by a process that has done it before. */
        RECONCILE,
        /** All weights are others, for the first time. */
        WEIGHTS_FIRST,
        /** The same by a process that has done it before. */
        WEIGHTS
    }

    LvsTimes() {
        this(new LinkedHashMap<>());
    }

    void add(Step step, long fromNanos, long toNanos) {
        millis.computeIfAbsent(step.name(), name -> new ArrayList<>()).add((toNanos - fromNanos) / 1e6);
    }

    Samples of(Step step) {
        return Samples.of(millis.getOrDefault(step.name(), List.of()));
    }
}
