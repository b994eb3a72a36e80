package io.halcyon.vrrp.engine.loop;

import io.halcyon.spi.vip.AddressSet;
import io.halcyon.spi.vip.VipListener;
import io.halcyon.spi.vip.VipManager;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One router's account with the VIP manager of its choice, opened as soon as that is there. Owned by the loop. */
final class VipAccount {

    private final LoopContext context;
    private final RouterSettings settings;
    private final VipListener listener;
    private @Nullable VipManager manager;
    private @Nullable AddressSet open;

    /**
     * An account that is not open yet.
     *
     * @param settings name, interface and manager of a router are the same as long as it lives
     */
    VipAccount(LoopContext context, RouterSettings settings, VipListener listener) {
        this.context = context;
        this.settings = settings;
        this.listener = listener;
    }

    /** Leaves an order with the manager; without one nothing is held, so there is nothing to order. */
    void order(Consumer<AddressSet> order) {
        AddressSet set = set();
        if (set != null) {
            context.orders().add(() -> order.accept(set));
        }
    }

    private @Nullable AddressSet set() {
        VipManager now = context.vips().manager(settings.vip());
        if (open == null && now != null) {
            manager = now;
            open = now.open(settings.name(), settings.networkInterface(), listener);
        }
        return open;
    }

    void close() {
        AddressSet last = open;
        if (last != null) {
            context.orders().add(last::close);
        }
        manager = null;
        open = null;
    }

    /** Forgets a manager that is gone; the next one of its name gets the orders that follow. */
    void leave() {
        if (manager != null && !context.vips().has(manager)) {
            close();
        }
    }

    /** Whether the kernel takes addresses away when nobody renews them; netlink's answer while nobody is there. */
    boolean kernelLease() {
        VipManager now = context.vips().manager(settings.vip());
        return now == null || now.kernelLease();
    }
}
