package io.halcyon.itests.lab;

import java.time.Duration;
import java.util.List;

/** A VRRP daemon in a host, whichever it is. */
public sealed interface Node extends AutoCloseable permits HalcyonNode, KeepalivedNode {

    /** The host it runs in. */
    String host();

    /** Replaces its routers; takes effect at the next start. */
    void configure(List<Router> routers);

    /** Starts the daemon and returns at once. */
    void start();

    /** Asks it to end, as an operator does, and waits. */
    void stop(Duration limit);

    /** Asks it to end and returns at once. */
    void beginStop();

    /** Waits until it has ended, after {@link #beginStop} or a fault that ends it. */
    void awaitEnd(Duration limit);

    /** Its processes, to be hit at a certain moment. */
    Grip grip();

    /** Kills it and all its children at once, and waits for their end. */
    void kill();

    /** Stops it where it is (SIGSTOP). */
    void freeze();

    /** Ends {@link #freeze}. */
    void thaw();

    boolean alive();

    /** What it logged since it was made. */
    String log();

    /** Waits until all its routers listen as backups. */
    void awaitBackup(Duration limit);

    /** Ends it in whatever way. */
    @Override
    void close();
}
