package io.halcyon.linux.socket;

/** Something with a file descriptor that can be waited for. */
public interface Pollable {

    /** The descriptor; -1 once closed. */
    int descriptor();
}
