package io.halcyon.testkit;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;

/** Namespaces of single threads: the one call that the JDK lacks. */
final class Namespaces {

    static final int CLONE_NEWNS = 0x00020000;
    static final int CLONE_NEWNET = 0x40000000;

    static {
        Native.register(Namespaces.class, "c");
    }

    private Namespaces() {}

    /** Gives the calling thread a namespace of its own, which threads and processes that it starts are in, too. */
    static native int unshare(int flags) throws LastErrorException;
}
