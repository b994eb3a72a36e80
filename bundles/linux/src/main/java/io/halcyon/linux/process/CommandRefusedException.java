package io.halcyon.linux.process;

import java.io.IOException;

/** A command that must not or cannot be run as it stands; the message says what is wrong and what cures it. */
public final class CommandRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    CommandRefusedException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** The message. */
    public String reason() {
        return reason;
    }
}
