package io.halcyon.vrrp.engine.loop;

import io.halcyon.vrrp.protocol.RouterEvent;
import java.net.InetAddress;

/** Whether a router may take part, and why not. */
sealed interface Availability {

    /** What the state machine is told. */
    RouterEvent event();

    /** It may. */
    record Ready(InetAddress source) implements Availability {
        @Override
        public RouterEvent event() {
            return new RouterEvent.Available(source, "interface and trackers are fine");
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
