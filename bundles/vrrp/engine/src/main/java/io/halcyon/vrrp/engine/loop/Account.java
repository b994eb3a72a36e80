package io.halcyon.vrrp.engine.loop;

import io.halcyon.spi.vip.AddressSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The account of one router with the VIP manager. Whatever is asked of the manager is left to the worker, the opening of
 * the account too: a manager that hangs there holds up no advertisement.
 */
final class Account {

    private final Worker orders;
    private final Supplier<AddressSet> manager;
    /** Owned by the worker. */
    private @Nullable AddressSet open;

    Account(Worker orders, Supplier<AddressSet> manager) {
        this.orders = orders;
        this.manager = manager;
        order(account -> {});
    }

    /** Leaves an order; one that comes before the account could be opened tries that again. */
    void order(Consumer<AddressSet> order) {
        orders.add(() -> order.accept(opened()));
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
        orders.add(() -> {
            if (open != null) {
                open.close();
            }
        });
    }
}
