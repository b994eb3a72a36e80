package io.halcyon.vip.exec;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.api.vip.AddressStatus;
import io.halcyon.vip.exec.Reports.Kind;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;

/** Who wants which address: what orders change, and nothing else does. Belongs to the keeper's thread. */
final class Ledger {

    private static final long LONGEST_HANDOVER_SECONDS = 6;

    private final Map<Place, Target> targets = new LinkedHashMap<>();
    private final Set<Account> accounts = new LinkedHashSet<>();
    private final Claims claims;
    private final LongSupplier boottime;

    Ledger(Claims claims, LongSupplier boottime) {
        this.claims = claims;
        this.boottime = boottime;
    }

    List<Target> targets() {
        return List.copyOf(targets.values());
    }

    /** Tells the routers what is due and forgets what nobody wants any more. */
    void settle() {
        accounts.forEach(account -> account.reports.flush());
        targets.values().removeIf(Target::isOver);
    }

    void hold(Account account, List<VirtualAddress> addresses, long leaseSeconds, long latestNanos) {
        long now = boottime.getAsLong();
        if (now > latestNanos) {
            account.listener.onLate();
            return;
        }
        accounts.add(account);
        account.leaseSeconds = leaseSeconds;
        account.proveFrom(now, leaseSeconds);
        Map<Place, VirtualAddress> before = new LinkedHashMap<>(account.held);
        // A newer order says it all.
        before.values().forEach(address -> account.reports.cancel(Kind.INSTALLED, address));
        account.held.clear();
        account.yielded.clear();
        for (VirtualAddress address : addresses) {
            account.held.put(account.place(address), address);
            hold(account, address);
        }
        before.keySet().removeAll(account.held.keySet());
        release(account, before.values());
    }

    private void hold(Account account, VirtualAddress address) {
        Target target = target(account, address);
        target.address = address;
        target.holders.add(account);
        // Those who let it go are done with it: somebody else holds it now.
        target.leaving.forEach((other, left) -> other.reports.end(Kind.RELEASED, left, other != account));
        target.leaving.clear();
        target.refreshProof();
        target.hurry();
        account.reports.expect(Kind.INSTALLED, address);
        if (target.isHere() && target.running != Target.Step.RELEASE) {
            account.reports.end(Kind.INSTALLED, address, true);
        }
    }

    void renew(Account account, long seconds, long latestNanos) {
        if (account.leaseSeconds == 0 || account.held.isEmpty()) {
            return;
        }
        long now = boottime.getAsLong();
        if (now > latestNanos) {
            account.listener.onLate();
            return;
        }
        account.proveFrom(now, seconds);
        held(account).forEach(Target::refreshProof);
        account.listener.onRenewed(now);
    }

    /** They stay for the handover, however short the lease, and whatever a look would find by now. */
    void handOver(Account account, Collection<VirtualAddress> addresses) {
        if (account.leaseSeconds > 0) {
            account.proveFrom(boottime.getAsLong(), Math.max(account.leaseSeconds, LONGEST_HANDOVER_SECONDS));
        }
        for (VirtualAddress address : addresses) {
            Target target = targets.get(account.place(address));
            if (target != null && target.holders.contains(account)) {
                account.yielded.add(target.place);
                target.refreshProof();
                giveUp(target);
            }
        }
    }

    void release(Account account, Collection<VirtualAddress> addresses) {
        accounts.add(account);
        for (VirtualAddress address : addresses) {
            Target target = target(account, address);
            account.held.remove(target.place);
            account.yielded.remove(target.place);
            target.holders.remove(account);
            account.reports.end(Kind.INSTALLED, address, false);
            account.reports.expect(Kind.RELEASED, address);
            if (target.holders.isEmpty()) {
                target.leaving.put(account, address);
                target.hurry();
                giveUp(target);
            } else {
                target.refreshProof();
                account.reports.end(Kind.RELEASED, address, true);
            }
        }
    }

    void close(Account account) {
        account.reports.flush();
        held(account).forEach(target -> target.holders.remove(account));
        account.held.clear();
        account.yielded.clear();
        accounts.remove(account);
    }

    private Target target(Account account, VirtualAddress address) {
        return targets.computeIfAbsent(account.place(address), place -> new Target(place, address, claims.has(place)));
    }

    /** A command that would claim it now would come too late, and one that looks at it holds up the release. */
    static void giveUp(Target target) {
        Job job = target.job;
        if (job != null && target.running != Target.Step.RELEASE) {
            job.giveUp();
        }
    }

    private List<Target> held(Account account) {
        return account.held.keySet().stream()
                .map(targets::get)
                .filter(Objects::nonNull)
                .toList();
    }

    List<AddressStatus> addresses(String manager) {
        return Inventory.list(manager, targets.values(), claims);
    }
}
