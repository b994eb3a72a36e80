package io.halcyon.linux.netlink;

import java.io.IOException;

/** A system call that failed. */
final class Failure {

    private Failure() {}

    static IOException of(String call, int errno) {
        return new IOException(call + " failed, errno " + errno);
    }
}
