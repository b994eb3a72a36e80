package io.halcyon.vrrp.engine.loop;

import io.halcyon.api.vrrp.RouterState;
import io.halcyon.vrrp.protocol.VirtualRouter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Waits for what becomes of a router that asked for somebody to take over, or that stops. Owned by the loop. */
final class Farewell {

    private final VirtualRouter machine;
    /** Several plugins may go at the same time. */
    private final List<Consumer<Boolean>> waiting = new ArrayList<>(0);

    private final List<Runnable> afterStop = new ArrayList<>(0);

    Farewell(VirtualRouter machine) {
        this.machine = machine;
    }

    /** @param kept told once: true if nobody took over and we are master still, false when we hold nothing */
    void await(Consumer<Boolean> kept) {
        waiting.add(kept);
    }

    /** Looks whether it is decided. */
    void settle() {
        boolean master = machine.state() == RouterState.MASTER;
        if (!waiting.isEmpty() && (master || !machine.holding())) {
            tell(master);
        }
    }

    /** Nobody has to wait any more: another router took its place, addresses included. */
    void end() {
        tell(true);
    }

    /** Another thing to do when the stop that is under way is over. */
    void afterStop(Runnable after) {
        afterStop.add(after);
    }

    void stopped() {
        afterStop.forEach(Runnable::run);
    }

    private void tell(boolean master) {
        List<Consumer<Boolean>> told = List.copyOf(waiting);
        waiting.clear();
        told.forEach(kept -> kept.accept(master));
    }
}
