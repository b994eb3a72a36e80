package io.halcyon.notify.exec;

import io.halcyon.api.event.Event;
import io.halcyon.linux.process.ExternalCommand;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may be run and how. Immutable.
 *
 * @param commands by the key they were given under, at least one
 * @param realServers those that scripts of real servers are for, empty for all
 * @param limitMillis how long one may take
 * @param retryStatuses exit statuses that ask for another run
 */
record Scripts(
        Map<String, ExternalCommand> commands,
        Set<RealServer> realServers,
        long limitMillis,
        Set<Integer> retryStatuses) {

    Scripts {
        commands = Collections.unmodifiableMap(new LinkedHashMap<>(commands));
        realServers = Set.copyOf(realServers);
        retryStatuses = Set.copyOf(retryStatuses);
    }

    /** The script to be run for a call that an event asks for, null for none. */
    @Nullable
    ExternalCommand forCall(Call call, Event event) {
        boolean ofServer = call.key().equals(Call.SERVER_UP) || call.key().equals(Call.SERVER_DOWN);
        return ofServer && !realServers.isEmpty() && !names(event) ? null : commands.get(call.key());
    }

    private boolean names(Event event) {
        return event instanceof Event.RealServerChange change
                && RealServer.of(change.realServer())
                        .filter(realServers::contains)
                        .isPresent();
    }
}
