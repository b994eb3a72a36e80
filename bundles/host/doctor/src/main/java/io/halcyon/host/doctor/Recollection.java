package io.halcyon.host.doctor;

import io.halcyon.api.vrrp.RouterStatus;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What routers had counted when somebody looked last, so that what was cured since is not found again. Thread-safe. */
final class Recollection {

    private Map<String, RouterStatus> last = Map.of();

    /** The router at the end of the last look, null if there was none. */
    synchronized @Nullable RouterStatus of(String router) {
        return last.get(router);
    }

    synchronized void remember(List<RouterStatus> routers) {
        last = routers.stream().collect(Collectors.toMap(RouterStatus::name, router -> router));
    }
}
