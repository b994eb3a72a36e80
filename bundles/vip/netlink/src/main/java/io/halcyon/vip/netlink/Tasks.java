package io.halcyon.vip.netlink;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.linux.netlink.KernelAddress;
import io.halcyon.linux.netlink.RouteRequests;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Kernel work in turn and in batches; renewals at once. Belongs to thread {@code vip-netlink}.
 *
 * <p>An order that has a latest permissible time is looked at again before each batch: the process may have stood still.
 */
final class Tasks {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** From one address to a large batch in three: who announces them has work while the next ones are put. */
    private static final int BATCH_GROWTH = 32;

    /** With larger ones who announces them has too much left to do when the last are there. */
    private static final int LARGEST_INSTALL = 125;

    /** Fewer are there sooner than a foothold. */
    private static final int FEWEST_FOR_FOOTHOLD = 32;

    private final Deque<Work> work = new ArrayDeque<>();
    private final Kernel kernel;
    private final Wanted wanted;
    private final LongSupplier boottime;

    Tasks(Kernel kernel, Wanted wanted, LongSupplier boottime) {
        this.kernel = kernel;
        this.wanted = wanted;
        this.boottime = boottime;
    }

    void add(Work next) {
        work.add(next);
    }

    /** Forgets what was to be installed for an account: a newer order says it all. A foothold stays until that is done. */
    void cancelInstalls(Account account) {
        work.removeIf(pending ->
                installs(pending, account) || (pending instanceof Work.Reach reach && reach.account() == account));
    }

    /** Does at once what was to be installed for an account. */
    void finishInstalls(Account account) throws IOException {
        Optional<Work> next = pendingInstall(account);
        while (next.isPresent()) {
            work.remove(next.get());
            perform(next.get());
            next = pendingInstall(account);
        }
    }

    private Optional<Work> pendingInstall(Account account) {
        return work.stream().filter(pending -> installs(pending, account)).findFirst();
    }

    private static boolean installs(Work pending, Account account) {
        return pending instanceof Work.Install install && install.account() == account;
    }

    /** Queues what is missing, unless it waits for its first installation anyway. */
    void queueRestores() {
        work.removeIf(Work.Restore.class::isInstance);
        for (Account account : wanted.accounts()) {
            List<Held> missing = account.held.values().stream()
                    .filter(held -> held.in(Held.State.MISSING))
                    .toList();
            boolean installing = pendingInstall(account).isPresent();
            if (!missing.isEmpty() && !installing) {
                work.add(new Work.Restore(account, missing));
            }
        }
    }

    /** Does one batch; false if there is nothing to do. */
    boolean performNext() throws IOException {
        Work next = work.poll();
        if (next != null) {
            perform(next);
        }
        return next != null;
    }

    /** Renews the leases of an account, and puts back what it misses. */
    void renew(Order.Renew order) throws IOException {
        Account account = order.account();
        List<Held> held = new ArrayList<>(account.held.values());
        held.removeIf(one -> one.in(Held.State.FOREIGN));
        if (account.leaseSeconds == 0 || held.isEmpty() || late(account, order.latestNanos())) {
            return;
        }
        boolean leaving = order.leavingSeconds() > 0;
        long seconds = leaving ? order.leavingSeconds() : account.leaseSeconds;
        long at = boottime.getAsLong();
        for (int from = 0; from < held.size(); from += RouteRequests.BATCH) {
            if (from > 0 && late(account, order.latestNanos())) {
                return;
            }
            List<Held> batch = held.subList(from, Math.min(from + RouteRequests.BATCH, held.size()));
            List<Held> missing =
                    batch.stream().filter(one -> one.in(Held.State.MISSING)).toList();
            List<Held> there = leaving ? kernel.renewToLeave(batch, seconds) : kernel.install(batch, seconds);
            announce(account, there.stream().filter(missing::contains).toList());
        }
        account.proveFrom(at, seconds);
        account.listener.onRenewed(at);
    }

    /** Not longer than the last order justifies; the next renewal brings the rest. */
    long validSeconds(Account account) {
        return account.leaseSeconds == 0
                ? KernelAddress.FOREVER
                : (account.provenUntilNanos - boottime.getAsLong()) / NANOS_PER_SECOND;
    }

    /** Whether it is too late for an order; the listener hears of it. */
    boolean late(Account account, long latestNanos) {
        boolean late = account.isTooLate(boottime.getAsLong(), latestNanos);
        if (late) {
            account.listener.onLate();
        }
        return late;
    }

    private void perform(Work next) throws IOException {
        try {
            if (next instanceof Work.Install install) {
                install(install);
            } else if (next instanceof Work.Reach reach) {
                reach(reach);
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
            leaveFoothold(account);
            return;
        }
        int cut = Math.min(install.batch(), install.held().size());
        List<Held> batch = stillWanted(install.held().subList(0, cut));
        List<Held> there = kernel.install(batch, Puts.validSeconds(account));
        List<Held> rest = install.held().subList(cut, install.held().size());
        if (!rest.isEmpty()) {
            int growth = Math.min(BATCH_GROWTH * install.batch(), LARGEST_INSTALL);
            Work.Install next = new Work.Install(account, rest, install.latestNanos(), growth);
            if (install.batch() == 1 && account.leaseSeconds > 0) {
                work.addFirst(next);
                batch.forEach(first -> work.addFirst(new Work.Reach(account, first, rest, install.latestNanos())));
            } else if (account.foothold == null) {
                work.addFirst(next);
            } else {
                work.add(next);
            }
        }
        announce(account, there);
        if (rest.isEmpty()) {
            leaveFoothold(account);
        }
    }

    private void reach(Work.Reach reach) throws IOException {
        Account account = reach.account();
        List<Held> missing = new ArrayList<>(reach.rest().size());
        for (Held held : reach.rest()) {
            if (held.in(Held.State.MISSING) && !held.address.isIpv6() && wanted.contains(held)) {
                missing.add(held);
            }
        }
        boolean tooLate = account.isTooLate(boottime.getAsLong(), reach.latestNanos());
        if (reach.first().address.isIpv6() || missing.size() < FEWEST_FOR_FOOTHOLD || tooLate) {
            return; // the batch that follows tells of it if it is too late
        }
        leaveFoothold(account);
        account.foothold = kernel.foothold(reach.first(), missing);
        // Nobody waits for the list: whoever else takes over goes first.
        pendingInstall(account).ifPresent(install -> {
            work.remove(install);
            work.add(install);
        });
        List<VirtualAddress> reached = account.foothold.reached();
        for (int from = 0; from < reached.size() && !tooLate; from += LARGEST_INSTALL) {
            account.listener.onReachable(reached.subList(from, Math.min(from + LARGEST_INSTALL, reached.size())));
            tooLate = account.isTooLate(boottime.getAsLong(), reach.latestNanos());
        }
    }

    private static void leaveFoothold(Account account) throws IOException {
        Foothold foothold = account.foothold;
        if (foothold != null) {
            foothold.leave();
            account.foothold = null; // not before: if the kernel cannot be reached, this is tried again
        }
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
                    .filter(other -> other.isSameInKernel(held))
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
        if (account.held.isEmpty() && work.stream().noneMatch(next -> removes(next, account))) {
            account.gone();
        }
        if (!released.isEmpty()) {
            account.listener.onReleased(released);
        }
    }

    private static boolean removes(Work next, Account account) {
        return next instanceof Work.Remove remove && remove.account() == account;
    }

    private List<Held> stillWanted(List<Held> held) {
        return held.stream().filter(wanted::contains).toList();
    }

    private static void announce(Account account, List<Held> there) {
        List<VirtualAddress> addresses =
                there.stream().map(held -> held.address).toList();
        if (!addresses.isEmpty()) {
            account.listener.onInstalled(addresses);
        }
    }
}
