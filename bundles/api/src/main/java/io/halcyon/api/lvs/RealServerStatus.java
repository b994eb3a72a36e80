package io.halcyon.api.lvs;

import io.halcyon.api.check.Health;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A real server at one moment. Immutable.
 *
 * @param name as the configuration names it, such as {@code web1}; {@code sorry} for the sorry server
 * @param address {@code [192.0.2.11]:80}, or the host name while it could not be resolved
 * @param host host name behind the address, empty if the configuration has an address
 * @param method {@code NAT}, {@code DR} or {@code TUN}
 * @param health what its checks say together
 * @param state {@code in service}, {@code out of service}, {@code draining}, {@code drained}, {@code slow start}, {@code
 *     inhibited} (weight 0 instead of removal), {@code spared} (down, but the ejection cap keeps it), {@code sorry}, {@code idle},
 *     {@code unresolved}
 * @param reason why, for a person
 * @param since wall clock time since when {@code state} holds
 * @param weight weight it should have when all is well
 * @param effectiveWeight weight the kernel has, -1 while it is not in the kernel
 * @param active established connections, -1 where nobody knows
 * @param inactive other connections, -1 where nobody knows
 * @param traffic what it has done
 * @param checks names of its checks as {@code check:list} has them
 * @param hold what somebody decided by hand, null if nobody did
 */
public record RealServerStatus(
        String name,
        String address,
        String host,
        String method,
        Health health,
        String state,
        String reason,
        Instant since,
        int weight,
        int effectiveWeight,
        long active,
        long inactive,
        Traffic traffic,
        List<String> checks,
        @Nullable RealServerHold hold) {

    public RealServerStatus {
        checks = List.copyOf(checks);
    }
}
