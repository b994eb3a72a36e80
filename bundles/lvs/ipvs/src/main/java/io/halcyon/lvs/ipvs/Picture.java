package io.halcyon.lvs.ipvs;

import io.halcyon.spi.dataplane.Counters;
import io.halcyon.spi.dataplane.ServiceKey;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the kernel has, as far as we know: read once, and changed as we change it. Belongs to thread {@code lvs-ipvs}. */
final class Picture {

    private final Map<ServiceKey, FoundService> services = new LinkedHashMap<>();

    Picture(Collection<FoundService> read) {
        read.forEach(service -> services.put(service.key(), service));
    }

    @Nullable
    FoundService service(ServiceKey key) {
        return services.get(key);
    }

    Collection<FoundService> services() {
        return services.values();
    }

    /** What was read of one service just now; null if it is not there. */
    void replace(ServiceKey key, @Nullable FoundService read) {
        if (read == null) {
            services.remove(key);
        } else {
            services.put(key, read);
        }
    }

    /** The kernel has made this change. */
    void made(Change change) {
        ServiceKey key = change.service();
        if (change instanceof Change.AddService add) {
            services.put(key, new FoundService(key, add.settings(), Counters.NONE, new LinkedHashMap<>()));
        } else if (change instanceof Change.RemoveService) {
            services.remove(key);
        } else {
            FoundService service = services.get(key);
            if (service != null) {
                made(change, service);
            }
        }
    }

    private void made(Change change, FoundService service) {
        if (change instanceof Change.SetService set) {
            services.put(service.key(), service.with(set.settings()));
        } else if (change instanceof Change.AddDestination add) {
            service.destinations().put(add.key(), FoundDestination.made(add.settings()));
        } else if (change instanceof Change.SetDestination set) {
            service.destinations().put(set.key(), FoundDestination.made(set.settings()));
        } else if (change instanceof Change.RemoveDestination removal) {
            service.destinations().remove(removal.key());
        } else {
            throw new AssertionError(change);
        }
    }
}
