package io.halcyon.lvs.engine.server;

import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.Forwarding;
import io.halcyon.spi.dataplane.ServiceKey;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A real server as it is configured, or the sorry server.
 *
 * @param name as the configuration names it
 * @param host host name, empty if the configuration has an address
 * @param address null if the configuration has a host name
 * @param port 1-65535, 0 for that of the service
 * @param weight 0 to 2^31-1
 * @param upperThreshold connections above which it takes no new ones, 0 for no limit
 * @param lowerThreshold connections below which it takes new ones again
 * @param inhibitOnFailure whether it stays with weight 0 while it is down
 * @param alpha whether it is down until a look succeeded
 * @param scripts what runs when it comes up and goes down
 * @param checks what is made to look at it
 * @param trackedChecks names of checks of their own files that it depends on
 */
public record RealServer(
        String name,
        String host,
        @Nullable InetAddress address,
        int port,
        Forwarding forwarding,
        int weight,
        long upperThreshold,
        long lowerThreshold,
        boolean inhibitOnFailure,
        boolean alpha,
        Scripts scripts,
        List<CheckTemplate> checks,
        List<String> trackedChecks) {

    public RealServer {
        checks = List.copyOf(checks);
        trackedChecks = List.copyOf(trackedChecks);
    }

    static RealServer sorry(Place place, Forwarding forwarding, boolean inhibit) {
        return new RealServer(
                ServerSettings.SORRY,
                place.host(),
                place.address(),
                place.port(),
                forwarding,
                1,
                0,
                0,
                inhibit,
                false,
                Scripts.NONE,
                List.of(),
                List.of());
    }

    /** Whether nothing looks at it. */
    public boolean isAlwaysUp() {
        return checks.isEmpty() && trackedChecks.isEmpty();
    }

    /** What it is to a service while it is there. */
    Destination destination(ServiceKey service, InetAddress at, int weightNow) {
        return new Destination(at, portFor(service), forwarding, weightNow, upperThreshold, lowerThreshold);
    }

    /** The port that packets of a service go to; 0 for their own. */
    int portFor(ServiceKey service) {
        return port == 0 && service instanceof ServiceKey.Addressed addressed ? addressed.port() : port;
    }
}
