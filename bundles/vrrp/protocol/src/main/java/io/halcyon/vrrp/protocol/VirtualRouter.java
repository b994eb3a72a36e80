package io.halcyon.vrrp.protocol;

import io.halcyon.api.vrrp.RouterState;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** State machine of one virtual router, RFC 9568 section 6.4. */
public final class VirtualRouter {

    private final RouterConfig config;

    public VirtualRouter(RouterConfig config) {
        this.config = config;
    }

    public List<Effect> on(RouterEvent event, long nowNanos) {
        return List.of();
    }

    public long deadline() {
        return Long.MAX_VALUE;
    }

    public RouterState state() {
        return RouterState.INIT;
    }

    public String cause() {
        return "";
    }

    public int effectivePriority() {
        return config.priority();
    }

    public RouterConfig config() {
        return config;
    }

    public @Nullable InetAddress master() {
        return null;
    }

    public int masterPriority() {
        return 0;
    }

    public boolean holding() {
        return false;
    }

    public long skewNanos() {
        return 0;
    }

    public long masterDownNanos() {
        return 0;
    }

    public long advertIntervalNanos() {
        return 0;
    }

    public List<String> because() {
        return List.of();
    }

    public List<String> wouldChange() {
        return List.of();
    }
}
