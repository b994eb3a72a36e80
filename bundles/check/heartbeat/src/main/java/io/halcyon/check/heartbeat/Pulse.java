package io.halcyon.check.heartbeat;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where beats come from. */
interface Pulse {

    /**
     * The last beat, null if there was none.
     *
     * @throws IOException if nobody could send one
     */
    @Nullable
    Beat last(long nowNanos) throws IOException;

    void close();
}
