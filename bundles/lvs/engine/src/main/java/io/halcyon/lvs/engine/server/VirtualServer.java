package io.halcyon.lvs.engine.server;

import io.halcyon.api.check.Health;
import io.halcyon.spi.dataplane.Desired;
import java.util.List;
import java.util.Set;

/**
 * One virtual server: told what happens, it says what is to be done. It reads no clock, does no I/O and logs nothing. Confined to
 * one thread.
 */
public final class VirtualServer {

    /** Nothing is there before the first {@link Input.Configured}. */
    public VirtualServer() {}

    /**
     * Takes notice of something.
     *
     * @param nowNanos a clock that only goes forward
     * @throws IllegalArgumentException with a sentence for whoever gave a command that makes no sense; nothing has changed then
     */
    public List<Effect> on(Input input, long nowNanos) {
        return List.of();
    }

    /** When {@link Input.Tick} is due, {@link Long#MAX_VALUE} for never. */
    public long deadlineNanos() {
        return Long.MAX_VALUE;
    }

    /** How it is. */
    public ServerState state() {
        return new ServerState(Health.DOWN, "", 0, 0, 1, false, false, List.of());
    }

    /** All services as they are wanted now, for a data plane that knows none of them yet. */
    public List<Desired> desired() {
        return List.of();
    }

    /** Names of the checks whose verdicts it wants to hear: its own and those of files. */
    public Set<String> checks() {
        return Set.of();
    }

    /** What it wants to know again after a restart; equal ones mean that nothing has changed. */
    public Memory memory() {
        return Memory.NONE;
    }

    /**
     * Facts that make it as it is, most important first.
     *
     * @param nowNanos for how long something still lasts
     */
    public List<String> because(long nowNanos) {
        return List.of();
    }

    /** What would change it, a sentence each. */
    public List<String> wouldChange(long nowNanos) {
        return List.of();
    }
}
