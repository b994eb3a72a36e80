package io.halcyon.linux.netlink;

import java.io.IOException;

/** The kernel had more to say than fitted ({@code ENOBUFS}): what we know must be read anew. */
final class OverrunException extends IOException {

    private static final long serialVersionUID = 1L;

    OverrunException() {
        super("netlink messages were lost");
    }
}
