package io.halcyon.vip.netlink;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.api.vip.AddressStatus;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What somebody wants of thread {@code vip-netlink}. */
sealed interface Order {

    record Hold(Account account, List<VirtualAddress> addresses, long leaseSeconds, long latestNanos)
            implements Order {}

    /** What a hold would do, without an effect. */
    record Rehearse(Hold hold) implements Order {}

    /**
     * Leases are to be renewed.
     *
     * @param leavingSeconds for how long it is the last time, because the node gives up; 0 if it is not
     */
    record Renew(Account account, long latestNanos, long leavingSeconds) implements Order {}

    /** Somebody wants to know what a crashed run left behind. */
    record Look(Account account, List<VirtualAddress> addresses) implements Order {}

    record Release(Account account, List<VirtualAddress> addresses) implements Order {}

    record Close(Account account) implements Order {}

    /** Somebody wants to see all addresses. */
    record Show(CompletableFuture<List<AddressStatus>> answer) implements Order {}
}
