package io.halcyon.vrrp.engine.loop;

import io.halcyon.api.vrrp.RouterState;
import io.halcyon.vrrp.protocol.VirtualRouter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Waits for what becomes of a router that asked for somebody to take over. Owned by the loop. */
final class Farewell {

    private final VirtualRouter machine;
    private @Nullable Consumer<Boolean> kept;

    Farewell(VirtualRouter machine) {
        this.machine = machine;
    }

    /** @param kept told once: true if nobody took over and we are master still, false when we hold nothing */
    void await(Consumer<Boolean> kept) {
        this.kept = kept;
    }

    /** Looks whether it is decided. */
    void settle() {
        Consumer<Boolean> waiting = kept;
        boolean master = machine.state() == RouterState.MASTER;
        if (waiting != null && (master || !machine.holding())) {
            kept = null;
            waiting.accept(master);
        }
    }
}
