package io.halcyon.vip.netlink;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.spi.vip.AddressSet;
import io.halcyon.spi.vip.VipListener;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The addresses of one router. Calls leave orders; the fields belong to thread {@code vip-netlink}. */
final class Account implements AddressSet {

    final String owner;
    final String defaultInterface;
    final VipListener listener;
    final Map<VirtualAddress, Held> held = new LinkedHashMap<>();
    /** While many addresses are being put. */
    @Nullable
    Foothold foothold;

    long leaseSeconds;
    /** Until when (CLOCK_BOOTTIME) the last order justifies our having the addresses. */
    long provenUntilNanos;
    /** Latest permissible time of whatever was ordered, if that is later than its own. Written by the router's thread. */
    private volatile long provenLatestNanos = Long.MIN_VALUE;

    /** Hears nothing. */
    private enum Nobody implements VipListener {
        NOBODY;

        @Override
        public void onInstalled(List<VirtualAddress> addresses) {}

        @Override
        public void onReleased(List<VirtualAddress> addresses) {}

        @Override
        public void onRenewed(long atBoottimeNanos) {}

        @Override
        public void onLeftOvers(long provenAgoNanos) {}

        @Override
        public void onLate() {}

        @Override
        public void onTrouble(VirtualAddress address, String what, boolean restored) {}
    }

    private final Consumer<Order> orders;
    private final Quiet quiet;

    Account(String owner, String defaultInterface, VipListener listener, Consumer<Order> orders, Quiet quiet) {
        this.owner = owner;
        this.defaultInterface = defaultInterface;
        this.listener = listener;
        this.orders = orders;
        this.quiet = quiet;
    }

    /** The same with nobody to tell. */
    Account unheard() {
        return new Account(owner, defaultInterface, Nobody.NOBODY, orders, quiet);
    }

    @Override
    public void hold(Collection<VirtualAddress> addresses, long leaseSeconds, long latestNanos) {
        orders.accept(new Order.Hold(this, List.copyOf(addresses), leaseSeconds, latestNanos));
        quiet.speak();
        quiet.prepareLater(addresses);
    }

    @Override
    public void rehearse(Collection<VirtualAddress> addresses, long leaseSeconds) {
        orders.accept(new Order.Rehearse(new Order.Hold(this, List.copyOf(addresses), leaseSeconds, Long.MAX_VALUE)));
    }

    @Override
    public void proven(long latestNanos) {
        provenLatestNanos = latestNanos;
    }

    /** Whether it is too late now (CLOCK_BOOTTIME) for an order with a latest permissible time. */
    boolean isTooLate(long nowNanos, long orderedNanos) {
        return nowNanos > orderedNanos && nowNanos > provenLatestNanos;
    }

    @Override
    public void renew(long latestNanos) {
        orders.accept(new Order.Renew(this, latestNanos, 0));
    }

    @Override
    public void renewToLeave(long leaseSeconds, long latestNanos) {
        orders.accept(new Order.Renew(this, latestNanos, leaseSeconds));
    }

    @Override
    public void lookForLeftOvers(Collection<VirtualAddress> addresses) {
        orders.accept(new Order.Look(this, List.copyOf(addresses)));
        // A master that has just taken over may be stopped at once.
        quiet.prepare(addresses);
    }

    @Override
    public void silence(Collection<VirtualAddress> addresses) {
        quiet.silence(addresses);
    }

    /** Nothing of it is left in the kernel: whoever gets its addresses later on this host must be able to answer. */
    void gone() {
        quiet.speak();
    }

    @Override
    public void release(Collection<VirtualAddress> addresses) {
        orders.accept(new Order.Release(this, List.copyOf(addresses)));
    }

    @Override
    public void close() {
        orders.accept(new Order.Close(this));
        quiet.close();
    }

    String interfaceOf(VirtualAddress address) {
        String dev = address.dev();
        return dev == null ? defaultInterface : dev;
    }

    void proveFrom(long nowNanos, long seconds) {
        provenUntilNanos = nowNanos + seconds * 1_000_000_000L;
    }
}
