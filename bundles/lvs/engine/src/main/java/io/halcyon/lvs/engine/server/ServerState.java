package io.halcyon.lvs.engine.server;

import io.halcyon.api.check.Health;
import java.util.List;

/**
 * A virtual server at one moment. Immutable.
 *
 * @param health UP with a quorum, DOWN without
 * @param reason why, for a person
 * @param sinceNanos since when {@code health} holds
 * @param weight total weight of the real servers that are up
 * @param quorum weight that is wanted
 * @param sorry whether the sorry server serves
 * @param suspended whether nobody looks at real servers, because the address is elsewhere
 * @param servers in the order of their names, the sorry server last
 */
public record ServerState(
        Health health,
        String reason,
        long sinceNanos,
        long weight,
        int quorum,
        boolean sorry,
        boolean suspended,
        List<RealServerState> servers) {

    public ServerState {
        servers = List.copyOf(servers);
    }
}
