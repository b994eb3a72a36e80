package io.halcyon.console.shell.line;

import java.io.IOException;

/** The other side does not speak our language. */
final class MalformedFrameException extends IOException {

    private static final long serialVersionUID = 1L;

    MalformedFrameException(String message) {
        super(message);
    }
}
