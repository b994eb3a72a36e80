package io.halcyon.check.ping;

import io.halcyon.linux.LinuxException;
import io.halcyon.linux.socket.EchoSocket.Family;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** The loops of both families: each exists from the first ping that needs it until the last one is closed. Thread-safe. */
final class EchoLoops {

    private static final class Shared {
        private final EchoLoop loop;
        private final Set<Object> holders;

        Shared(EchoLoop loop, Set<Object> holders) {
            this.loop = loop;
            this.holders = holders;
        }
    }

    private final Map<Family, Shared> shared = new EnumMap<>(Family.class);

    /**
     * The loop of a family, a new one if there is none or it broke.
     *
     * @param holder keeps it until it is {@link #leave left}
     */
    synchronized EchoLoop loop(Family family, Object holder) throws LinuxException {
        var current = shared.get(family);
        if (current == null || current.loop.isOver()) {
            Set<Object> holders =
                    current == null ? Collections.newSetFromMap(new IdentityHashMap<>()) : current.holders;
            current = new Shared(EchoLoop.open(family), holders);
            shared.put(family, current);
        }
        current.holders.add(holder);
        return current.loop;
    }

    /** Ends the loops that nobody else holds; when it returns, their threads are gone. */
    synchronized void leave(Object holder) {
        shared.values().removeIf(current -> {
            current.holders.remove(holder);
            if (current.holders.isEmpty()) {
                current.loop.close();
                return true;
            }
            return false;
        });
    }
}
