package io.halcyon.console.shell.line;

/** A shell for one person. */
interface Talk {

    /** Reads and runs lines until the person has enough or this thread is interrupted after {@link #end}. */
    void run();

    /** Whether lines are read at the moment, and no command runs. Any thread asks. */
    boolean reading();

    /** Lets {@link #run} return soon. From any thread; an interrupt of the one that runs follows. */
    void end();
}
