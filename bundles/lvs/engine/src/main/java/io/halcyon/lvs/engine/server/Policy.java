package io.halcyon.lvs.engine.server;

/**
 * When who serves.
 *
 * @param quorum weight that must be up
 * @param hysteresis how far above it is gained and below it is lost
 * @param omega whether what goes down by a stop is told
 * @param haSuspend whether nobody looks at real servers while the address is elsewhere
 * @param sorryInhibit whether the sorry server stays with weight 0 while it is not needed
 * @param resolveNanos how often host names are asked for
 * @param slowStartNanos how long the weight of a returning server grows, 0 for at once
 * @param ejectedMax how many of 100 real servers may be out because they are down
 * @param connectionsEnd whether connections of a real server that leaves because it is down end at once
 */
public record Policy(
        int quorum,
        int hysteresis,
        boolean omega,
        boolean haSuspend,
        boolean sorryInhibit,
        long resolveNanos,
        long slowStartNanos,
        int ejectedMax,
        boolean connectionsEnd) {}
