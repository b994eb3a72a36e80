package io.halcyon.vip.netlink;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.linux.Clock;
import io.halcyon.linux.netlink.KernelAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Collection;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * What the kernel remembers of a run that ended badly: when it last held or renewed its addresses, and whether it had
 * given them up. Belongs to thread {@code vip-netlink}.
 */
final class Proof {

    /** An address of a node that has given up is preferred for this much less than it is valid. */
    static final long LEAVING_SECONDS = 1;

    private static final long SUSPENDED_NANOS = 1_000_000_000L;

    private final Kernel kernel;
    private final LongSupplier boottime;

    Proof(Kernel kernel, LongSupplier boottime) {
        this.kernel = kernel;
        this.boottime = boottime;
    }

    /** How long ago the last of these addresses was renewed, empty if there is none or if that proves nothing. */
    OptionalLong agoNanos(Collection<VirtualAddress> addresses) throws IOException {
        Set<InetAddress> wanted =
                addresses.stream().map(VirtualAddress::address).collect(Collectors.toSet());
        // The stamp's clock stands still while the machine sleeps, and nobody knows when it slept. On Linux nanoTime is
        // CLOCK_MONOTONIC.
        boolean slept = boottime.getAsLong() - System.nanoTime() > SUSPENDED_NANOS;
        Collection<KernelAddress> leftOvers = kernel.look().values().stream()
                .filter(address -> wanted.contains(address.address()) && kernel.ours(address) && !address.permanent())
                .toList();
        OptionalLong now = Clock.tickCentis();
        if (slept || now.isEmpty() || leftOvers.stream().anyMatch(Proof::leaving)) {
            return OptionalLong.empty();
        }
        return leftOvers.stream()
                .mapToLong(address -> address.ageNanos(now.getAsLong()))
                .min();
    }

    private static boolean leaving(KernelAddress address) {
        return address.preferredSeconds() > 0 && address.preferredSeconds() < address.validSeconds();
    }
}
