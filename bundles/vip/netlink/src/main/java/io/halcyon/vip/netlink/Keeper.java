package io.halcyon.vip.netlink;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.linux.netlink.KernelAddress;
import io.halcyon.linux.netlink.KernelLink;
import io.halcyon.linux.netlink.RouteEvents;
import io.halcyon.linux.netlink.RouteRequests;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The manager's thread {@code vip-netlink}: takes orders, does kernel work in batches, repairs what others do.
 *
 * <p>Renewals go first, between any two batches of other work; a newer renewal order replaces an older one. Events only say
 * that something may have changed: what has is read from the kernel.
 */
final class Keeper implements Runnable, RouteEvents.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int RETRY_MILLIS = 1_000;
    // Somebody who removes an address again and again gets it back once a second only.
    private static final int LOSSES_PER_SECOND = 10;

    private final Queue<Order> orders = new ConcurrentLinkedQueue<>();
    private final Deque<Work> work = new ArrayDeque<>();
    private final Map<Account, Long> renewals = new LinkedHashMap<>();
    private final Wanted wanted = new Wanted();
    private final RouteEvents events;
    private final Kernel kernel;
    private final LongSupplier boottime;
    private boolean look;
    private boolean restore;
    private volatile boolean closed;

    Keeper(RouteEvents events, Kernel kernel, LongSupplier boottime) {
        this.events = events;
        this.kernel = kernel;
        this.boottime = boottime;
    }

    /** Leaves an order. Any thread. */
    void post(Order order) {
        orders.add(order);
        events.wake();
    }

    /** Ends the thread when what was ordered is done. Any thread. */
    void stop() {
        closed = true;
        events.wake();
    }

    @Override
    public void run() {
        boolean busy = true;
        while (busy || !closed) {
            try {
                busy = turn();
                if (!busy && !closed) {
                    await();
                }
            } catch (IOException e) {
                LOG.warn("vip-netlink cannot reach the kernel, trying again: {}", e.getMessage());
                busy = false;
                look = true;
                pause();
            } catch (RuntimeException e) {
                LOG.error("vip-netlink failed in one turn", e);
            }
        }
        events.close();
        kernel.close();
    }

    /** Does the most urgent thing; false if there is nothing to do. */
    private boolean turn() throws IOException {
        for (Order order = orders.poll(); order != null; order = orders.poll()) {
            take(order);
        }
        events.drain(this);
        if (!renewals.isEmpty()) {
            Map.Entry<Account, Long> first = renewals.entrySet().iterator().next();
            renewals.remove(first.getKey());
            renew(first.getKey(), first.getValue());
            return true;
        }
        if (look) {
            look = false;
            compare();
            return true;
        }
        if (restore) {
            restore = false;
            queueRestores();
            return true;
        }
        Work next = work.poll();
        if (next != null) {
            perform(next);
        }
        return next != null;
    }

    private void await() throws IOException {
        boolean missing = wanted.all().stream().anyMatch(held -> held.in(Held.State.MISSING));
        long started = System.nanoTime();
        events.await(missing ? RETRY_MILLIS : -1);
        restore |= missing && System.nanoTime() - started >= RETRY_MILLIS * 1_000_000L;
    }

    private void pause() {
        try {
            events.await(RETRY_MILLIS);
        } catch (IOException e) {
            LOG.debug("vip-netlink cannot wait: {}", e.getMessage());
        }
    }

    private void take(Order order) throws IOException {
        if (order instanceof Order.Hold hold) {
            hold(hold);
        } else if (order instanceof Order.Renew renew) {
            if (renew.account().leaseSeconds > 0) {
                renewals.put(renew.account(), renew.latestNanos());
            }
        } else if (order instanceof Order.Release release) {
            release(release);
        } else if (order instanceof Order.Close close) {
            renewals.remove(close.account());
            wanted.remove(close.account());
        } else if (order instanceof Order.Show show) {
            show.answer().complete(new Inventory(kernel, wanted).list());
        }
    }

    private void hold(Order.Hold hold) {
        Account account = hold.account();
        if (late(account, hold.latestNanos())) {
            return;
        }
        account.leaseSeconds = hold.leaseSeconds();
        account.proveFrom(boottime.getAsLong());
        List<Held> gone = wanted.replace(account, hold.addresses());
        work.removeIf(pending -> pending instanceof Work.Install install && install.account() == account);
        work.add(new Work.Install(account, List.copyOf(account.held.values()), hold.latestNanos(), 1));
        if (!gone.isEmpty()) {
            work.add(new Work.Remove(account, gone));
        }
    }

    private void release(Order.Release release) {
        List<Held> unwanted = new ArrayList<>();
        for (VirtualAddress address : release.addresses()) {
            Held held = wanted.remove(release.account(), address);
            unwanted.add(held != null ? held : new Held(release.account(), address));
        }
        work.add(new Work.Remove(release.account(), unwanted));
    }

    private void renew(Account account, long latestNanos) throws IOException {
        List<Held> held = new ArrayList<>(account.held.values());
        held.removeIf(one -> one.in(Held.State.FOREIGN));
        if (account.leaseSeconds == 0 || held.isEmpty() || late(account, latestNanos)) {
            return;
        }
        long at = boottime.getAsLong();
        for (int from = 0; from < held.size(); from += RouteRequests.BATCH) {
            if (from > 0 && late(account, latestNanos)) {
                return;
            }
            List<Held> batch = held.subList(from, Math.min(from + RouteRequests.BATCH, held.size()));
            List<Held> missing =
                    batch.stream().filter(one -> one.in(Held.State.MISSING)).toList();
            List<Held> there = kernel.install(batch, account.leaseSeconds);
            announce(account, there.stream().filter(missing::contains).toList());
        }
        account.proveFrom(at);
        account.listener.onRenewed(at);
    }

    private void perform(Work next) throws IOException {
        try {
            if (next instanceof Work.Install install) {
                install(install);
            } else if (next instanceof Work.Restore lost) {
                restore(lost);
            } else if (next instanceof Work.Remove remove) {
                remove(remove);
            }
        } catch (IOException e) {
            work.addFirst(next);
            throw e;
        }
    }

    private void install(Work.Install install) throws IOException {
        Account account = install.account();
        if (late(account, install.latestNanos())) {
            return;
        }
        int cut = Math.min(install.batch(), install.held().size());
        List<Held> batch = stillWanted(install.held().subList(0, cut));
        List<Held> there = kernel.install(batch, Puts.validSeconds(account));
        List<Held> rest = install.held().subList(cut, install.held().size());
        if (!rest.isEmpty()) {
            work.addFirst(new Work.Install(account, rest, install.latestNanos(), RouteRequests.BATCH));
        }
        announce(account, there);
    }

    private void restore(Work.Restore lost) throws IOException {
        Account account = lost.account();
        long validSeconds = validSeconds(account);
        if (validSeconds < 1) {
            return;
        }
        int cut = Math.min(RouteRequests.BATCH, lost.held().size());
        List<Held> batch = stillWanted(lost.held().subList(0, cut)).stream()
                .filter(one -> one.in(Held.State.MISSING))
                .toList();
        announce(account, kernel.install(batch, validSeconds));
        if (cut < lost.held().size()) {
            work.addFirst(new Work.Restore(
                    account, lost.held().subList(cut, lost.held().size())));
        }
    }

    private void remove(Work.Remove remove) throws IOException {
        Account account = remove.account();
        int cut = Math.min(RouteRequests.BATCH, remove.held().size());
        List<Held> unwanted = new ArrayList<>();
        List<VirtualAddress> released = new ArrayList<>();
        for (Held held : remove.held().subList(0, cut)) {
            List<Held> others = wanted.of(held.address.address()).stream()
                    .filter(other -> other.dev.equals(held.dev))
                    .toList();
            if (others.isEmpty()) {
                unwanted.add(held);
            }
            if (others.stream().noneMatch(other -> other.account == account)) {
                released.add(held.address);
            }
        }
        kernel.remove(unwanted, wanted.all());
        if (cut < remove.held().size()) {
            work.addFirst(new Work.Remove(
                    account, remove.held().subList(cut, remove.held().size())));
        }
        if (!released.isEmpty()) {
            account.listener.onReleased(released);
        }
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
                .filter(held -> validSeconds(held.account) >= 1)
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
                kernel.install(again, validSeconds(account));
            }
        }
        LOG.info("vip-netlink put {} addresses on {} behind the host's own", leading.size(), leading.get(0).dev);
    }

    private void lost(Held held) {
        long now = boottime.getAsLong();
        if (held.account.leaseSeconds > 0 && now >= held.account.provenUntilNanos) {
            held.trouble(Held.State.MISSING, "was removed by the kernel, its lease ran out");
            return;
        }
        held.trouble(Held.State.MISSING, "was removed by somebody else");
        if (now - held.firstLossNanos >= NANOS_PER_SECOND) {
            held.firstLossNanos = now;
            held.losses = 0;
        }
        restore |= held.losses++ < LOSSES_PER_SECOND;
    }

    private void queueRestores() {
        work.removeIf(Work.Restore.class::isInstance);
        for (Account account : wanted.accounts()) {
            List<Held> missing = account.held.values().stream()
                    .filter(held -> held.in(Held.State.MISSING))
                    .toList();
            boolean installing = work.stream()
                    .anyMatch(pending -> pending instanceof Work.Install install && install.account() == account);
            if (!missing.isEmpty() && !installing) {
                work.add(new Work.Restore(account, missing));
            }
        }
    }

    /** Not longer than the last order justifies; the next renewal brings the rest. */
    private long validSeconds(Account account) {
        return account.leaseSeconds == 0
                ? KernelAddress.FOREVER
                : (account.provenUntilNanos - boottime.getAsLong()) / NANOS_PER_SECOND;
    }

    private List<Held> stillWanted(List<Held> held) {
        return held.stream().filter(wanted::contains).toList();
    }

    private boolean late(Account account, long latestNanos) {
        boolean late = boottime.getAsLong() > latestNanos;
        if (late) {
            account.listener.onLate();
        }
        return late;
    }

    private static void announce(Account account, List<Held> there) {
        if (!there.isEmpty()) {
            account.listener.onInstalled(
                    there.stream().map(held -> held.address).toList());
        }
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
}
