package io.halcyon.lvs.engine;

import io.halcyon.lvs.engine.server.ServerSettings;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What ConfigAdmin has before it tells of it. */
final class Configured {

    private static final Logger LOG = LoggerFactory.getLogger(Configured.class);

    private Configured() {}

    /** PIDs of virtual servers. */
    static Set<String> pids(ConfigurationAdmin configurations) {
        var pids = new HashSet<String>();
        try {
            var found = configurations.listConfigurations("(service.factoryPid=" + ServerSettings.PID + ")");
            if (found != null) {
                for (var each : found) {
                    pids.add(each.getPid());
                }
            }
        } catch (IOException | InvalidSyntaxException e) {
            LOG.debug("what is configured is not known yet: {}", e.toString());
        }
        return pids;
    }
}
