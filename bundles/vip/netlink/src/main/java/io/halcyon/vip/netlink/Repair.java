package io.halcyon.vip.netlink;

import io.halcyon.linux.netlink.KernelAddress;
import io.halcyon.linux.netlink.KernelLink;
import io.halcyon.linux.netlink.RouteEvents;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repairs what others do to our addresses. Belongs to thread {@code vip-netlink}.
 *
 * <p>Events only say that something may have changed: what has is read from the kernel.
 */
final class Repair implements RouteEvents.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Repair.class);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    /** The kernel may end a lease by HZ/50 early (ADDRCONF_TIMER_FUZZ_MINUS in net/addrconf.h); and a tick. */
    private static final long KERNEL_EARLY_NANOS = 30_000_000L;
    // Somebody who removes an address again and again gets it back once a second only.
    private static final int LOSSES_PER_SECOND = 10;

    private final Kernel kernel;
    private final Wanted wanted;
    private final Tasks tasks;
    private final LongSupplier boottime;
    private boolean look;
    private boolean restore;

    Repair(Kernel kernel, Wanted wanted, Tasks tasks, LongSupplier boottime) {
        this.kernel = kernel;
        this.wanted = wanted;
        this.tasks = tasks;
        this.boottime = boottime;
    }

    /** Finds out what has changed, if events say that something may have. */
    void compareIfAsked() throws IOException {
        if (look) {
            look = false;
            compare();
        }
    }

    /** Queues what is missing, if somebody asked for it; false if nobody did. */
    boolean step() {
        if (restore) {
            restore = false;
            tasks.queueRestores();
            return true;
        }
        return false;
    }

    boolean missing() {
        return wanted.all().stream().anyMatch(held -> held.in(Held.State.MISSING));
    }

    /** Tries again to put what is missing. */
    void retry() {
        restore = true;
    }

    @Override
    public void onLink(KernelLink link) {
        restore |= wanted.all().stream().anyMatch(held -> held.in(Held.State.MISSING) && held.dev.equals(link.name()));
    }

    @Override
    public void onLinkGone(KernelLink link) {
        look = true;
    }

    @Override
    public void onAddress(KernelAddress address) {
        boolean behindUs =
                address.has(KernelAddress.SECONDARY) && !address.address().isLoopbackAddress();
        look |= !kernel.ours(address) && (known(address) || behindUs);
    }

    @Override
    public void onAddressGone(KernelAddress address) {
        look |= known(address);
    }

    @Override
    public void onOverrun() {
        look = true;
        restore = true;
    }

    private boolean known(KernelAddress address) {
        KernelAddress.Key identity = address.key().identity();
        return wanted.of(address.address()).stream()
                .anyMatch(held -> held.identity().equals(identity));
    }

    /** Compares what is wanted with what there is, after somebody else changed something. */
    private void compare() throws IOException {
        Map<KernelAddress.Key, KernelAddress> found = kernel.look();
        for (Held held : wanted.all()) {
            KernelAddress there = found.get(held.identity());
            if (there != null) {
                if (held.in(Held.State.PRESENT) && !kernel.ours(there)) {
                    held.trouble(Held.State.FOREIGN, "was replaced by somebody else and is left alone");
                }
            } else if (held.in(Held.State.PRESENT)) {
                lost(held);
            } else if (held.in(Held.State.FOREIGN)) {
                held.trouble(Held.State.MISSING, "was removed by its owner, it becomes ours");
                restore = true;
            }
        }
        for (Primacy.Subnet subnet : Primacy.endangered(found.values(), kernel::ours)) {
            stepBack(subnet);
        }
    }

    private void stepBack(Primacy.Subnet subnet) throws IOException {
        List<Held> leading = wanted.all().stream()
                .filter(held -> held.in(Held.State.PRESENT) && !held.address.isIpv6())
                .filter(held -> Primacy.Subnet.of(held.key()).equals(subnet))
                .filter(held -> tasks.validSeconds(held.account) >= 1)
                .toList();
        if (leading.isEmpty() || Primacy.promotes(leading.get(0).dev)) {
            return;
        }
        try {
            kernel.stepBack(leading, leading.get(0).dev);
        } catch (FileSystemException e) {
            leading.forEach(held -> held.trouble(
                    Held.State.PRESENT,
                    "is the primary address of its subnet and promote_secondaries cannot be set: if it goes, the host's"
                            + " own addresses go too"));
            return;
        }
        for (Account account : wanted.accounts()) {
            List<Held> again =
                    leading.stream().filter(held -> held.account == account).toList();
            if (!again.isEmpty()) {
                kernel.install(again, tasks.validSeconds(account));
            }
        }
        LOG.info("vip-netlink put {} addresses on {} behind the host's own", leading.size(), leading.get(0).dev);
    }

    private void lost(Held held) {
        long now = boottime.getAsLong();
        if (held.account.leaseSeconds > 0 && now >= held.account.provenUntilNanos - KERNEL_EARLY_NANOS) {
            held.leaseOver();
            return;
        }
        held.trouble(Held.State.MISSING, "was removed by somebody else");
        if (now - held.firstLossNanos >= NANOS_PER_SECOND) {
            held.firstLossNanos = now;
            held.losses = 0;
        }
        restore |= held.losses++ < LOSSES_PER_SECOND;
    }
}
