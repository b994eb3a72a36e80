package io.halcyon.vip.exec;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.spi.vip.AddressSet;
import io.halcyon.spi.vip.VipListener;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The addresses of one router. Calls leave orders; the fields belong to the keeper's thread. */
final class Account implements AddressSet {

    final String owner;
    final VipListener listener;
    final Reports reports;
    final Map<Place, VirtualAddress> held = new LinkedHashMap<>();
    /** Held until they are released, and another node's already. */
    final Set<Place> yielded = new HashSet<>();

    long leaseSeconds;
    /** Until when (CLOCK_BOOTTIME) the last order says that the router is master. */
    long provenUntilNanos;

    private final String defaultInterface;
    private final Keeper keeper;

    Account(String owner, String defaultInterface, VipListener listener, Keeper keeper) {
        this.owner = owner;
        this.defaultInterface = defaultInterface;
        this.listener = listener;
        this.keeper = keeper;
        reports = new Reports(listener);
    }

    @Override
    public void hold(Collection<VirtualAddress> addresses, long leaseSeconds, long latestNanos) {
        List<VirtualAddress> all = List.copyOf(addresses);
        keeper.order(ledger -> ledger.hold(this, all, leaseSeconds, latestNanos));
    }

    @Override
    public void renew(long latestNanos) {
        keeper.order(ledger -> ledger.renew(this, this.leaseSeconds, latestNanos));
    }

    /** Covers the wait for somebody to take over, in which no renewal follows. */
    @Override
    public void renewToLeave(long leaseSeconds, long latestNanos) {
        keeper.order(ledger -> ledger.renew(this, leaseSeconds, latestNanos));
    }

    /** Nothing answers less; but what another node has claimed must not be claimed back while it waits for its release. */
    @Override
    public void silence(Collection<VirtualAddress> addresses) {
        List<VirtualAddress> all = List.copyOf(addresses);
        keeper.order(ledger -> ledger.handOver(this, all));
    }

    @Override
    public void release(Collection<VirtualAddress> addresses) {
        List<VirtualAddress> all = List.copyOf(addresses);
        keeper.order(ledger -> ledger.release(this, all));
    }

    @Override
    public void close() {
        keeper.order(ledger -> ledger.close(this));
    }

    Place place(VirtualAddress address) {
        return Place.of(address, defaultInterface);
    }

    /** Its router was master at this time, and no peer is for so many seconds; 0 for ever. */
    void proveFrom(long nowNanos, long seconds) {
        provenUntilNanos = seconds == 0 ? Long.MAX_VALUE : nowNanos + seconds * 1_000_000_000L;
    }
}
