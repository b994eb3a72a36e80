package io.halcyon.api.check;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** Says who tracks which check, so that a check nobody tracks can be named. Registered by whoever tracks. */
@ProviderType
public interface TrackedChecks {

    /** Names of trackers (routers, real servers) by name of the check. Thread-safe, returns at once. */
    Map<String, List<String>> trackedChecks();
}
