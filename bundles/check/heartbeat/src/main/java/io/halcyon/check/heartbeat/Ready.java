package io.halcyon.check.heartbeat;

import java.nio.channels.Selector;

/** A channel that the listener thread waits for. */
interface Ready {

    /** There is something to accept or to read. */
    void ready(Selector selector);

    void close();
}
