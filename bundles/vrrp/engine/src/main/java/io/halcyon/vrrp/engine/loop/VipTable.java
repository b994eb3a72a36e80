package io.halcyon.vrrp.engine.loop;

import io.halcyon.spi.vip.VipManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The VIP managers there are, by name. Of several with one name the first is used; when it goes, as in an update that took
 * longer than the new one waited, the next. Owned by the loop.
 */
final class VipTable {

    private static final Logger LOG = LoggerFactory.getLogger(VipTable.class);

    /** No list is empty. */
    private final Map<String, List<VipManager>> managers = new HashMap<>();

    void add(VipManager manager) {
        List<VipManager> same = managers.computeIfAbsent(manager.name(), name -> new ArrayList<>(1));
        same.add(manager);
        if (same.size() > 1) {
            LOG.warn("two vip managers are called {}; {} stays, {} waits", manager.name(), same.get(0), manager);
        }
    }

    void remove(VipManager manager) {
        managers.computeIfPresent(manager.name(), (name, same) -> {
            same.remove(manager);
            return same.isEmpty() ? null : same;
        });
    }

    /** Whether it is the one that is used. */
    boolean has(VipManager manager) {
        return manager.equals(manager(manager.name()));
    }

    @Nullable
    VipManager manager(String name) {
        List<VipManager> same = managers.get(name);
        return same == null ? null : same.get(0);
    }
}
