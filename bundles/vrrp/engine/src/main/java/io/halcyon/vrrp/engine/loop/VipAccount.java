package io.halcyon.vrrp.engine.loop;

import io.halcyon.spi.vip.AddressSet;
import io.halcyon.spi.vip.VipListener;
import io.halcyon.spi.vip.VipManager;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One router's account with the VIP manager of its choice, opened as soon as that is there. Owned by the loop. */
final class VipAccount {

    private static final long USUAL_TAKEOVER_MILLIS = 200;

    private final VipTable vips;
    private final Worker orders;
    private final RouterSettings settings;
    private final VipListener listener;
    private final Consumer<AddressSet> first;
    private @Nullable VipManager manager;
    private @Nullable Account account;

    /**
     * An account that is not open yet.
     *
     * @param vips managers there are
     * @param orders carries out orders to a manager that may block
     * @param settings name, interface and manager of a router are the same as long as it lives
     * @param first ordered before anything else, of each manager
     */
    VipAccount(
            VipTable vips, Worker orders, RouterSettings settings, VipListener listener, Consumer<AddressSet> first) {
        this.vips = vips;
        this.orders = orders;
        this.settings = settings;
        this.listener = listener;
        this.first = first;
    }

    /** Opens it if the manager is there. */
    void open() {
        VipManager now = vips.manager(settings.vip());
        if (account == null && now != null) {
            manager = now;
            account = new Account(
                    now.neverBlocks() ? Worker::carryOut : orders::add,
                    () -> now.open(settings.name(), settings.networkInterface(), listener));
            account.order(first);
        }
    }

    /** Leaves an order with the manager; without one nothing is held, so there is nothing to order. */
    void order(Consumer<AddressSet> order) {
        open();
        if (account != null) {
            account.order(order);
        }
    }

    void close() {
        if (account != null) {
            account.close();
        }
        manager = null;
        account = null;
    }

    /** Forgets a manager that is gone; the next one of its name gets the orders that follow. */
    void leave() {
        if (manager != null && !vips.has(manager)) {
            close();
        }
    }

    /** Whether the kernel takes addresses away when nobody renews them; netlink's answer while nobody is there. */
    boolean kernelLease() {
        VipManager now = vips.manager(settings.vip());
        return now == null || now.kernelLease();
    }

    /** How long another node's manager may take to put addresses; what is usual while the account is not open. */
    long takeoverMillis() {
        VipManager now = manager;
        return now == null ? USUAL_TAKEOVER_MILLIS : now.takeoverMillis();
    }

    /** What cannot be done for the addresses on this host. */
    List<String> limits() {
        VipManager now = vips.manager(settings.vip());
        return now == null ? List.of() : now.limits();
    }
}
