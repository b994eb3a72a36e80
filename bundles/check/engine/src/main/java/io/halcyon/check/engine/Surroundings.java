package io.halcyon.check.engine;

import java.time.Clock;

/** What all checks share. */
record Surroundings(Loop loop, Runner runner, VerdictBoard board, Clock wallClock, Holds holds) {

    /** Nothing is held by hand, or only until the end. */
    Surroundings(Loop loop, Runner runner, VerdictBoard board, Clock wallClock) {
        this(loop, runner, board, wallClock, new Holds(null));
    }
}
