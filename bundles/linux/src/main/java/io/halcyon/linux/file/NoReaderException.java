package io.halcyon.linux.file;

import java.io.IOException;

/** Nobody has the FIFO open for reading. */
public final class NoReaderException extends IOException {

    private static final long serialVersionUID = 1L;

    NoReaderException(String message) {
        super(message);
    }
}
