package io.halcyon.vip.netlink;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.linux.netlink.Change;
import io.halcyon.linux.netlink.KernelAddress;
import java.util.Objects;

/** What is said to the kernel about an address, the same in every addition and renewal. */
final class Puts {

    private static final int IPV6_FLAGS = KernelAddress.NO_DAD | KernelAddress.NO_PREFIX_ROUTE;

    private Puts() {}

    /**
     * The request that puts an address.
     *
     * <p>IPv6: never with a route of the kernel's own, because that route would be the host's own one and would take over
     * the lease. Without duplicate address detection: the node that had the address defends it until it lets go. A /128
     * is deprecated at once, as keepalived does it, so that the host does not use it as a source.
     *
     * @param validSeconds {@link KernelAddress#FOREVER} for no lease
     */
    static Change.PutAddress put(Change.Mode mode, Held held, long validSeconds) {
        return put(mode, held, validSeconds, validSeconds);
    }

    /** The last renewal: preferred for a second less, which nothing but {@link Proof} takes notice of. */
    static Change.PutAddress putToLeave(Held held, long validSeconds) {
        return put(Change.Mode.REPLACE, held, validSeconds, validSeconds - Proof.LEAVING_SECONDS);
    }

    private static Change.PutAddress put(Change.Mode mode, Held held, long validSeconds, long preferredSeconds) {
        VirtualAddress address = held.address;
        boolean hostPrefix = address.isIpv6() && address.prefixLength() == 128;
        return new Change.PutAddress(
                mode,
                held.key(),
                address.scope(),
                address.isIpv6() ? IPV6_FLAGS : 0,
                KernelAddress.HALCYON,
                address.label(),
                address.broadcast(),
                hostPrefix ? 0 : preferredSeconds,
                validSeconds);
    }

    /** Whether what is in the kernel can become what is wanted: a replacement changes lifetimes and flags only. */
    static boolean adoptable(KernelAddress found, Held held) {
        VirtualAddress address = held.address;
        if (found.prefixLength() != address.prefixLength()) {
            return false;
        }
        String label = address.label() == null ? held.dev : address.label();
        return address.isIpv6()
                || (found.scope() == address.scope()
                        && Objects.equals(found.label(), label)
                        && Objects.equals(found.broadcast(), address.broadcast()));
    }

    static long validSeconds(Account account) {
        return account.leaseSeconds > 0 ? account.leaseSeconds : KernelAddress.FOREVER;
    }
}
