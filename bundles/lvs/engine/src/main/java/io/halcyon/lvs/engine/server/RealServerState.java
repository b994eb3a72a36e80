package io.halcyon.lvs.engine.server;

import io.halcyon.api.check.Health;
import io.halcyon.api.lvs.RealServerHold;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A real server at one moment: one address of it, if its host name has several. Immutable.
 *
 * @param name as the configuration names it, or {@code sorry}
 * @param label {@code [192.0.2.11]:80}, or the host name while it could not be resolved
 * @param host host name behind the address, empty if the configuration has an address
 * @param address null while it could not be resolved
 * @param port 1-65535, 0 for that of the service
 * @param method {@code NAT}, {@code DR} or {@code TUN}
 * @param health what its checks say together
 * @param state as in {@code RealServerStatus}
 * @param reason why, for a person
 * @param sinceNanos since when {@code state} holds
 * @param weight weight it should have when all is well
 * @param effectiveWeight weight the data plane has, -1 while it is not there
 * @param checks names of its checks
 * @param hold what somebody decided by hand, null if nobody did
 */
public record RealServerState(
        String name,
        String label,
        String host,
        @Nullable InetAddress address,
        int port,
        String method,
        Health health,
        String state,
        String reason,
        long sinceNanos,
        int weight,
        int effectiveWeight,
        List<String> checks,
        @Nullable RealServerHold hold) {

    public RealServerState {
        checks = List.copyOf(checks);
    }
}
