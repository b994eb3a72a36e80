package io.halcyon.lvs.ipvs;

import io.halcyon.spi.dataplane.DataplaneListener;
import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Options;
import io.halcyon.spi.dataplane.ServiceFigures;
import io.halcyon.spi.dataplane.ServiceKey;
import io.halcyon.spi.dataplane.SyncDaemon;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What the table does with orders. Belongs to thread {@code lvs-ipvs}. */
final class Work {

    private static final String KERNEL = "kernel";

    private final DataplaneListener listener;
    private final Wanted wanted = new Wanted();
    private final Reconciler reconciler;
    private final TableOptions options;
    private final Synchronization synchronization = new Synchronization();
    private final Map<ServiceKey, String> failures = new HashMap<>();
    private final Map<String, String> troubles = new HashMap<>();
    private boolean settled;
    private boolean swept;
    private boolean hostDue;

    Work(DataplaneListener listener, Sysctls sysctls) {
        this.listener = listener;
        this.reconciler = new Reconciler(wanted, new Ending(sysctls, what -> trouble("ending", what)));
        this.options = new TableOptions(sysctls);
    }

    void put(Collection<Desired> services) {
        for (Desired desired : services) {
            if (wanted.wouldForget(desired.service().key())) {
                carryOut();
            }
            wanted.put(desired);
            // Whoever gives a new order is told what becomes of it, though it be the same as before.
            failures.remove(desired.service().key());
        }
    }

    void remove(Collection<ServiceKey> services) {
        for (ServiceKey key : services) {
            if (wanted.wouldForget(key)) {
                carryOut();
            }
            wanted.remove(key);
            failures.remove(key);
        }
    }

    void settle() {
        settled = true;
        swept = false;
    }

    void options(Options wish) {
        options.want(wish);
        wanted.quiescentTemplatesExpire(wish.expireQuiescentTemplate());
        hostDue = true;
    }

    void synchronize(Set<SyncDaemon> daemons) {
        synchronization.want(daemons);
        hostDue = true;
    }

    /** Figures of everything that is wanted and there. */
    List<ServiceFigures> figures() throws IOException {
        carryOut();
        try {
            Picture picture = reconciler.look();
            return wanted.keys().stream()
                    .map(picture::service)
                    .filter(Objects::nonNull)
                    .map(Figures::of)
                    .toList();
        } catch (IOException e) {
            reconciler.forget();
            throw e;
        }
    }

    /** Does what is due. */
    void carryOut() {
        try {
            Set<ServiceKey> due = new LinkedHashSet<>(wanted.due());
            if (hostDue) {
                // New connections of what follows shall have the new timeouts already.
                reconciler.kernel();
                host();
            }
            if (!due.isEmpty()) {
                Map<ServiceKey, String> failed = reconciler.bring(due);
                wanted.done(due);
                tell(due, failed);
            }
            if (settled && !swept) {
                sweep();
            }
            troubles.remove(KERNEL);
        } catch (IOException e) {
            unreachable(e);
        }
    }

    /** Reads everything and repairs what somebody else changed. */
    void look() {
        try {
            reconciler.look();
            Set<ServiceKey> settledKeys = new LinkedHashSet<>(wanted.keys());
            settledKeys.removeAll(wanted.due());
            settledKeys.removeAll(failures.keySet());
            Map<ServiceKey, String> repairs = reconciler.differences(settledKeys);
            Set<ServiceKey> all = new LinkedHashSet<>(wanted.keys());
            all.addAll(wanted.due());
            Map<ServiceKey, String> failed = reconciler.bring(all);
            Set<ServiceKey> news = new LinkedHashSet<>(wanted.due());
            news.addAll(failures.keySet());
            news.addAll(failed.keySet());
            wanted.done(all);
            tell(news, failed);
            repairs.keySet().removeAll(failed.keySet());
            repairs.forEach(listener::onRepaired);
            lookAtTheRest();
            troubles.remove(KERNEL);
        } catch (IOException e) {
            unreachable(e);
        }
    }

    private void lookAtTheRest() throws IOException {
        if (settled) {
            sweep().forEach(key -> listener.onTrouble(key + ", which nobody here asked for, is removed"));
        }
        boolean asWanted = !hostDue;
        List<String> changed = host();
        if (asWanted) {
            changed.forEach(listener::onTrouble);
        }
    }

    /** Whether something waits for another attempt. */
    boolean impatient() {
        return !failures.isEmpty() || hostDue || troubles.containsKey(KERNEL);
    }

    /** Whether there is anything to look after. */
    boolean idle() {
        return wanted.keys().isEmpty() && wanted.due().isEmpty() && !settled && !hostDue;
    }

    void close() {
        carryOut();
        reconciler.forget();
    }

    private List<ServiceKey> sweep() throws IOException {
        List<ServiceKey> unwanted = reconciler.unwanted();
        Map<ServiceKey, String> failed = reconciler.bring(unwanted);
        failed.forEach((key, why) -> trouble(key.toString(), key + " is not removed: " + why));
        swept = true;
        return unwanted.stream().filter(key -> !failed.containsKey(key)).toList();
    }

    private List<String> host() {
        List<String> changed = new ArrayList<>();
        boolean whole = attempt("options", () -> changed.addAll(options.reconcile(reconciler.kernel())));
        whole &= attempt("synchronization", () -> changed.addAll(synchronization.reconcile(reconciler.kernel())));
        hostDue = !whole;
        return changed;
    }

    private boolean attempt(String of, Ending.Action<Boolean> action) {
        try {
            action.run();
            troubles.remove(of);
            return true;
        } catch (IOException e) {
            trouble(of, String.valueOf(e.getMessage()));
            return false;
        }
    }

    private void tell(Set<ServiceKey> keys, Map<ServiceKey, String> failed) {
        List<ServiceKey> applied =
                keys.stream().filter(key -> !failed.containsKey(key)).toList();
        failures.keySet().removeAll(applied);
        if (!applied.isEmpty()) {
            listener.onApplied(applied);
        }
        failed.forEach(this::failed);
    }

    private void failed(ServiceKey key, String reason) {
        if (!reason.equals(failures.put(key, reason))) {
            listener.onFailed(key, reason);
        }
    }

    private void unreachable(IOException e) {
        reconciler.forget();
        String reason = Limits.sentence(e);
        wanted.due().forEach(key -> failed(key, reason));
        trouble(KERNEL, reason);
    }

    private void trouble(String of, String what) {
        if (!what.equals(troubles.put(of, what))) {
            listener.onTrouble(what);
        }
    }
}
