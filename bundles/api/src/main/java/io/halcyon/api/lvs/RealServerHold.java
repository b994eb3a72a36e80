package io.halcyon.api.lvs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody decided by hand about a real server. Immutable.
 *
 * @param draining whether it takes no new connections
 * @param weight weight given by hand, -1 if none
 * @param reason why, as the person said; may be empty
 * @param since when it began
 * @param deadline when connections that are left are ended, null for never
 * @param until when the hold ends by itself, null for until further notice
 */
public record RealServerHold(
        boolean draining,
        int weight,
        String reason,
        Instant since,
        @Nullable Instant deadline,
        @Nullable Instant until) {}
