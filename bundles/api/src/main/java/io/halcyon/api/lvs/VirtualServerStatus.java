package io.halcyon.api.lvs;

import io.halcyon.api.check.Health;
import java.time.Instant;
import java.util.List;

/**
 * A virtual server at one moment. Immutable.
 *
 * @param name as in {@code io.halcyon.lvs-NAME.cfg}
 * @param services what it takes: {@code [192.0.2.1]:tcp:80}, {@code FWM 5}
 * @param scheduler such as {@code wrr}
 * @param method {@code NAT}, {@code DR} or {@code TUN}; where its real servers differ, all of theirs, with commas
 * @param dataplane data plane that carries it out, empty while none does
 * @param state {@code applied}, {@code pending}, {@code failed: ...}, {@code waiting for a data plane}, {@code suspended}
 *     (ha.suspend: its address is not here)
 * @param health UP with a quorum, DOWN without, UNKNOWN until every host name has had an answer
 * @param reason why, for a person
 * @param since wall clock time since when {@code health} holds
 * @param weight total weight of the real servers that are up
 * @param quorum weight that is wanted
 * @param sorry whether the sorry server serves now
 * @param traffic what it has done, of all its services together
 * @param realServers in the order of their names, the sorry server last
 * @param warnings static warnings about the configuration
 */
public record VirtualServerStatus(
        String name,
        List<String> services,
        String scheduler,
        String method,
        String dataplane,
        String state,
        Health health,
        String reason,
        Instant since,
        int weight,
        int quorum,
        boolean sorry,
        Traffic traffic,
        List<RealServerStatus> realServers,
        List<String> warnings) {

    public VirtualServerStatus {
        services = List.copyOf(services);
        realServers = List.copyOf(realServers);
        warnings = List.copyOf(warnings);
    }
}
