package io.halcyon.vrrp.engine.loop;

import io.halcyon.spi.vip.VipManager;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The VIP managers there are, by name. Owned by the loop. */
final class VipTable {

    private static final Logger LOG = LoggerFactory.getLogger(VipTable.class);

    private final Map<String, VipManager> managers = new HashMap<>();

    void add(VipManager manager) {
        VipManager first = managers.putIfAbsent(manager.name(), manager);
        if (first != null) {
            LOG.warn("two vip managers are called {}; {} stays, {} is not used", manager.name(), first, manager);
        }
    }

    void remove(VipManager manager) {
        managers.remove(manager.name(), manager);
    }

    boolean has(VipManager manager) {
        return manager.equals(managers.get(manager.name()));
    }

    @Nullable
    VipManager manager(String name) {
        return managers.get(name);
    }
}
