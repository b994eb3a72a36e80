package io.halcyon.vrrp.engine.loop;

import java.net.InetAddress;

/** Whether a router may take part, and why not. */
sealed interface Availability {

    /** Why, for a person. */
    String cause();

    /** It may. */
    record Ready(InetAddress source) implements Availability {
        @Override
        public String cause() {
            return "interface and trackers are fine";
        }
    }

    /** Not yet: INIT. */
    record Waiting(String cause) implements Availability {}

    /** It must not: FAULT. */
    record Broken(String cause, boolean linkLost) implements Availability {}
}
