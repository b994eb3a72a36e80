package io.halcyon.console.shell.line;

import java.util.concurrent.Semaphore;

/**
 * How many may talk at once: commands, commands that stay (they follow something), shells. Each kind has slots of its own,
 * so that none keeps an operator from what has to be done.
 */
final class Slots {

    static final int COMMANDS = 8;
    static final int STAYING = 8;
    static final int SHELLS = 4;

    /** Everybody who is served, and as many again who are to hear that there are too many. */
    static final int CLIENTS = 2 * (COMMANDS + STAYING + SHELLS);

    final Semaphore commands = new Semaphore(COMMANDS);
    final Semaphore staying = new Semaphore(STAYING);
    final Semaphore shells = new Semaphore(SHELLS);
}
