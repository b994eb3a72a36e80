package io.halcyon.transport.raw;

import io.halcyon.linux.LinuxException;
import io.halcyon.linux.socket.Pollable;

/** A socket whose packets mean something to the listener. The reception's lock guards reading. */
interface Source {

    Pollable socket();

    /** Takes one packet off the queue and tells the listener; false if there was none. */
    boolean readOne() throws LinuxException;
}
