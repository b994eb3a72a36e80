package io.halcyon.check.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Understands what comes in on one connection, as far as the end of one answer. */
interface AnswerReader {

    /** Takes bytes in; true as soon as the answer is complete. */
    boolean read(ByteBuffer data) throws IOException;

    /**
     * The connection ended; returns if that completes the answer.
     *
     * @param cause what broke it, null for an end in order
     */
    void end(@Nullable IOException cause) throws IOException;
}
