package io.halcyon.notify.exec;

import io.halcyon.linux.process.ExternalCommand;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What may be run and how. Immutable.
 *
 * @param commands by the key they were given under, at least one
 * @param limitMillis how long one may take
 * @param retryStatuses exit statuses that ask for another run
 */
record Scripts(Map<String, ExternalCommand> commands, long limitMillis, Set<Integer> retryStatuses) {

    Scripts {
        commands = Collections.unmodifiableMap(new LinkedHashMap<>(commands));
        retryStatuses = Set.copyOf(retryStatuses);
    }
}
