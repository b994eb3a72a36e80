package io.halcyon.vrrp.engine.loop;

import io.halcyon.spi.vip.AddressSet;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The account of one router with the VIP manager. Whatever is asked of the manager goes through the given executor, the
 * opening of the account too: unless the manager says that it never blocks, that is a worker, so that one that hangs holds
 * up no advertisement.
 */
final class Account {

    private final Executor orders;
    private final Supplier<AddressSet> manager;
    /** Owned by whoever carries out the orders. */
    private @Nullable AddressSet open;

    Account(Executor orders, Supplier<AddressSet> manager) {
        this.orders = orders;
        this.manager = manager;
        order(account -> {});
    }

    /** Leaves an order; one that comes before the account could be opened tries that again. */
    void order(Consumer<AddressSet> order) {
        orders.execute(() -> order.accept(opened()));
    }

    private AddressSet opened() {
        AddressSet account = open;
        if (account == null) {
            account = manager.get();
            open = account;
        }
        return account;
    }

    void close() {
        orders.execute(() -> {
            if (open != null) {
                open.close();
            }
        });
    }
}
