package io.halcyon.vrrp.engine.loop;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.spi.vip.AddressSet;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a new master asks of its VIP manager. A class and no lambda: the JVM makes those of lambdas where they are first met, a
 * millisecond that a takeover has not, and a rehearsal meets this one.
 *
 * @param latestNanos latest permissible time to start, as {@link AddressSet#hold} has it
 */
record Takeover(List<VirtualAddress> addresses, long leaseSeconds, long latestNanos) implements Consumer<AddressSet> {

    static Takeover of(RouterSettings settings, long latestNanos) {
        return new Takeover(settings.addresses(), settings.leaseSeconds(), latestNanos);
    }

    @Override
    public void accept(AddressSet kernel) {
        kernel.hold(addresses, leaseSeconds, latestNanos);
    }

    /** The same as far as it goes without an effect. */
    Consumer<AddressSet> rehearsed() {
        return kernel -> kernel.rehearse(addresses, leaseSeconds);
    }
}
