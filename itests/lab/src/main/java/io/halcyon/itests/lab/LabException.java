package io.halcyon.itests.lab;

import org.jspecify.annotations.Nullable;

/** The laboratory could not do what it was told; the message names what. */
public final class LabException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LabException(String message) {
        super(message);
    }

    public LabException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
