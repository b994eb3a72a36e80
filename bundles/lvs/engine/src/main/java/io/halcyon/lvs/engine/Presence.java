package io.halcyon.lvs.engine;

import io.halcyon.spi.dataplane.ServiceKey;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which virtual servers have their address on this host, for those that ask (ha.suspend). One that takes marked packets is always
 * here. Owned by the loop thread, but for {@link #isNeeded}.
 */
final class Presence {

    private final BiConsumer<Hosted, Boolean> changes;
    /** Whether it is here; null as long as nobody has looked. */
    private final Map<Hosted, @Nullable Boolean> askers = new HashMap<>();

    private @Nullable Set<InetAddress> last;
    private volatile boolean needed;
    private Runnable wake = () -> {};

    Presence(BiConsumer<Hosted, Boolean> changes) {
        this.changes = changes;
    }

    /** @param looker called when somebody begins to need it */
    void wakes(Runnable looker) {
        wake = looker;
    }

    /** Whether somebody has to look. */
    boolean isNeeded() {
        return needed;
    }

    /** A virtual server has another configuration. */
    void changed(Hosted server) {
        if (server.settings().policy().haSuspend()) {
            askers.put(server, null);
            var known = last;
            if (known != null) {
                tell(server, known);
            }
            if (!needed) {
                needed = true;
                wake.run();
            }
        } else {
            forget(server);
        }
    }

    void forget(Hosted server) {
        askers.remove(server);
        if (askers.isEmpty()) {
            needed = false;
            last = null;
        }
    }

    /** These addresses are here. */
    void looked(Set<InetAddress> addresses) {
        if (!askers.isEmpty() && !addresses.equals(last)) {
            last = addresses;
            List.copyOf(askers.keySet()).forEach(server -> tell(server, addresses));
        }
    }

    private void tell(Hosted server, Set<InetAddress> addresses) {
        boolean here = server.settings().services().stream()
                .anyMatch(key ->
                        !(key instanceof ServiceKey.Addressed addressed) || addresses.contains(addressed.address()));
        if (!Boolean.valueOf(here).equals(askers.put(server, here))) {
            changes.accept(server, here);
        }
    }
}
