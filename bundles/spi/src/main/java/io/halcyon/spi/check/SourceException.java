package io.halcyon.spi.check;

import java.io.IOException;

/** A socket cannot have the source that was asked for; the message names the key. Says nothing about whom it was to talk to. */
public final class SourceException extends IOException {

    private static final long serialVersionUID = 1L;

    SourceException(String message, IOException cause) {
        super(message, cause);
    }

    SourceException(String message) {
        super(message);
    }
}
