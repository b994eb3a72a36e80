package io.halcyon.lvs.engine;

import io.halcyon.lvs.engine.server.ServerSettings;
import io.halcyon.lvs.engine.server.ServerState;
import io.halcyon.spi.dataplane.ServiceTable;
import java.util.List;
import java.util.Map;

/**
 * A virtual server as the loop knows it, for a reader on another thread.
 *
 * @param plane name of its data plane, empty without
 * @param state as in {@code VirtualServerStatus}
 */
record Snapshot(ServerSettings settings, ServerState server, String plane, String state) {

    private static final String WAITING = "waiting for a data plane";
    private static final String SUSPENDED = "suspended";

    /**
     * All of them.
     *
     * @param tables what can be read, by data plane
     */
    record All(List<Snapshot> servers, Map<String, ServiceTable> tables) {

        All {
            servers = List.copyOf(servers);
            tables = Map.copyOf(tables);
        }
    }

    static Snapshot of(Hosted hosted, Tables tables) {
        var server = hosted.machine().state();
        boolean open = tables.isOpen(hosted.plane());
        var state = !open ? WAITING : server.suspended() ? SUSPENDED : hosted.state();
        return new Snapshot(hosted.settings(), server, open ? hosted.plane() : "", state);
    }
}
