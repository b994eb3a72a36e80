package io.halcyon.linux.socket;

import java.io.IOException;

/** A socket whose packets mean something to somebody. The {@link SocketReader}'s lock guards reading. */
public interface Source {

    Pollable socket();

    /** Takes one packet off the queue and hands it over; false if there was none. */
    boolean readOne() throws IOException;
}
