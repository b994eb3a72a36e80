package io.halcyon.vrrp.engine.loop;

import io.halcyon.vrrp.protocol.RouterEvent;
import java.net.InetAddress;

/** Whether a router may take part, and why not. */
sealed interface Availability {

    /** What the state machine is told. */
    RouterEvent event();

    /** The same as the trackers let it be; one that has no verdict yet holds up only a router that takes no part yet. */
    default Availability judgedBy(TrackBook tracks, boolean takesPart) {
        return this;
    }

    /** It may. */
    record Ready(InetAddress source) implements Availability {
        @Override
        public RouterEvent event() {
            return new RouterEvent.Available(source, "interface and trackers are fine");
        }

        @Override
        public Availability judgedBy(TrackBook tracks, boolean takesPart) {
            String fault = tracks.fault();
            if (fault != null) {
                return new Broken(fault, false);
            }
            String waiting = tracks.waitingFor();
            return waiting != null && !takesPart ? new Waiting(waiting) : this;
        }
    }

    /** Not yet: INIT. */
    record Waiting(String cause) implements Availability {
        @Override
        public RouterEvent event() {
            return new RouterEvent.Waiting(cause);
        }
    }

    /** It must not: FAULT. */
    record Broken(String cause, boolean linkLost) implements Availability {
        @Override
        public RouterEvent event() {
            return new RouterEvent.Faulted(cause, linkLost);
        }
    }
}
