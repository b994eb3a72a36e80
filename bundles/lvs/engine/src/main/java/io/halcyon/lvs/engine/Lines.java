package io.halcyon.lvs.engine;

import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.Severity;
import io.halcyon.spi.dataplane.ServiceKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line in the log per change of a virtual server. */
final class Lines {

    private static final Logger LOG = LoggerFactory.getLogger("io.halcyon.lvs");

    private Lines() {}

    /** @param realServer whose event it is, empty for the virtual server */
    static void of(Event event, String realServer) {
        // What is held of a real server has WEB/web1 for its object.
        var object = event.object().replaceFirst("/", " real=");
        var who = "lvs=" + object + (realServer.isEmpty() ? "" : " real=" + realServer);
        if (event instanceof Event.RealServerChange change) {
            transition(who, change.from(), change.to(), change.reason());
        } else if (event instanceof Event.VirtualServerChange change) {
            transition(who, change.from(), change.to(), change.reason());
        } else if (event.severity() == Severity.INFO) {
            LOG.info("{} {}", who, event.text());
        } else {
            LOG.warn("{} {}", who, event.text());
        }
    }

    static void applied(String server, ServiceKey key, String plane) {
        LOG.info("lvs={} {} is in the kernel now ({})", server, key, plane);
    }

    static void failed(String server, ServiceKey key, String plane, String reason) {
        LOG.warn("lvs={} {} is not as it should be in the kernel ({}): {}", server, key, plane, reason);
    }

    static void repaired(String server, ServiceKey key, String what) {
        LOG.warn("lvs={} {} was changed by somebody else and is as it was again: {}", server, key, what);
    }

    static void forgotten(String server) {
        LOG.info("lvs={} is configured no more; what an earlier run kept of it is forgotten", server);
    }

    static void noPlane(String server, String why) {
        LOG.warn("lvs={} waiting for a data plane: {}", server, why);
    }

    static void warning(String server, String warning) {
        LOG.warn("lvs={} {}", server, warning);
    }

    private static void transition(String who, Health from, Health to, String reason) {
        if (to == Health.DOWN) {
            LOG.warn("{} {} -> DOWN, {}", who, from, reason);
        } else {
            LOG.info("{} {} -> {}, {}", who, from, to, reason);
        }
    }
}
