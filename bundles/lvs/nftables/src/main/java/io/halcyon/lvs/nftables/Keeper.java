package io.halcyon.lvs.nftables;

import io.halcyon.spi.dataplane.DataplaneListener;
import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Options;
import io.halcyon.spi.dataplane.ServiceKey;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Knows what is wanted, and makes the kernel have it. One thread owns it. */
final class Keeper implements AutoCloseable {

    private final DataplaneListener listener;
    private final Kernel kernel = new Kernel();
    private final Random random = new Random();

    private final Map<ServiceKey, Desired> wanted = new LinkedHashMap<>();
    private final Map<ServiceKey, Plan> plans = new HashMap<>();
    private Options options = Options.NONE;
    private boolean settled;

    /** What was taken away and may be there yet. */
    private final Set<ServiceKey> removed = new HashSet<>();

    /** What is wanted and cannot be done, and why; the kernel is not asked. */
    private final Map<ServiceKey, String> refused = new HashMap<>();

    /** What was told to have failed, so that it is told once and not each time it is tried. */
    private final Map<ServiceKey, String> failures = new HashMap<>();

    private final Patience patience = new Patience();
    private final Patience patienceWithConnections = new Patience();
    private String trouble = "";
    private String troubleOfConnections = "";

    Keeper(DataplaneListener listener) {
        this.listener = listener;
    }

    /** Carries orders out, as one change if that is possible, and looks after everything else. */
    void carryOut(List<Order> orders) {
        int first = Steps.first(orders);
        carryOutAtOnce(orders.subList(0, first));
        if (first < orders.size()) {
            carryOut(orders.subList(first, orders.size()));
        }
    }

    private void carryOutAtOnce(List<Order> orders) {
        var ordered = new LinkedHashSet<ServiceKey>();
        for (var order : orders) {
            note(order, ordered);
        }
        try {
            var disturbed = kernel.look();
            boolean retry = !failures.isEmpty() && patience.isOver(System.nanoTime());
            if (!orders.isEmpty() || retry || disturbed != null) {
                repair(ordered, disturbed == null ? Disturbance.NONE : disturbed, retry);
            } else {
                endConnections();
            }
            trouble = "";
        } catch (IOException e) {
            failed(ordered, e);
        }
        for (var order : orders) {
            if (order instanceof Order.Ask ask) {
                answer(ask);
            }
        }
    }

    /** Whether it wants to be called again soon although nobody orders anything. */
    boolean isBusy() {
        return kernel.isEnding();
    }

    private void note(Order order, Set<ServiceKey> ordered) {
        if (order instanceof Order.Put put) {
            for (var desired : put.services()) {
                want(desired);
                ordered.add(desired.service().key());
            }
        } else if (order instanceof Order.Remove remove) {
            for (var key : remove.services()) {
                wanted.remove(key);
                plans.remove(key);
                refused.remove(key);
                failures.remove(key);
                removed.add(key);
                ordered.add(key);
            }
        } else if (order instanceof Order.Settle) {
            settled = true;
        } else if (order instanceof Order.Adjust adjust && !adjust.options().equals(options)) {
            options = adjust.options();
            List.copyOf(wanted.values()).forEach(this::want);
            ordered.addAll(wanted.keySet());
        }
    }

    private void want(Desired desired) {
        var key = desired.service().key();
        wanted.put(key, desired);
        removed.remove(key);
        plans.remove(key);
        refused.remove(key);
        var refusals = Refusals.of(desired);
        if (refusals.isEmpty()) {
            plans.put(key, Layout.service(desired, options, random.nextInt(Short.MAX_VALUE)));
        } else {
            refused.put(key, String.join("; ", refusals));
        }
    }

    /**
     * Changes what is not as it should be.
     *
     * @param ordered services that somebody asked for just now
     * @param disturbed what somebody else changed since we looked last
     * @param retry whether it is time to try again what failed
     */
    private void repair(Set<ServiceKey> ordered, Disturbance disturbed, boolean retry) throws IOException {
        var wrong = new LinkedHashSet<ServiceKey>();
        plans.forEach((key, plan) -> {
            if (!kernel.has(key, plan)) {
                wrong.add(key);
            }
        });
        kernel.services().stream()
                .filter(key -> !wanted.containsKey(key) && (settled || removed.contains(key)))
                .forEach(wrong::add);
        var later = new HashSet<>(retry ? Set.<ServiceKey>of() : failures.keySet());
        later.removeAll(ordered);
        later.retainAll(wrong);
        wrong.removeAll(later);
        var failedNow = change(wrong);
        endConnections();
        removed.retainAll(kernel.services());
        failedNow.putAll(refusedOf(ordered));
        tell(ordered, wrong, later, failedNow);
        tell(disturbed, wrong, failedNow);
    }

    private Map<ServiceKey, String> refusedOf(Set<ServiceKey> ordered) {
        var ofThese = new HashMap<>(refused);
        ofThese.keySet().retainAll(ordered);
        return ofThese;
    }

    private void endConnections() {
        if (!patienceWithConnections.isOver(System.nanoTime())) {
            return;
        }
        try {
            kernel.endConnections();
            patienceWithConnections.succeeded(System.nanoTime());
            troubleOfConnections = "";
        } catch (IOException e) {
            var reason = String.valueOf(e.getMessage());
            patienceWithConnections.failed(System.nanoTime());
            if (!reason.equals(troubleOfConnections)) {
                troubleOfConnections = reason;
                listener.onTrouble("connections of servers that left go on: " + reason + "; it is tried again");
            }
        }
    }

    /** Makes one change of all, or, if the kernel does not take that, smaller ones; returns which it does not take and why. */
    private Map<ServiceKey, String> change(Set<ServiceKey> wrong) throws IOException {
        var failed = new LinkedHashMap<ServiceKey, String>();
        change(List.copyOf(wrong), failed);
        return failed;
    }

    private void change(List<ServiceKey> keys, Map<ServiceKey, String> failed) throws IOException {
        try {
            changeAtOnce(keys);
        } catch (NotTaken notTaken) {
            if (keys.isEmpty()) {
                throw new IOException(notTaken.getMessage(), notTaken);
            }
            if (keys.size() == 1) {
                failed.put(keys.get(0), String.valueOf(notTaken.getMessage()));
                return;
            }
            int half = keys.size() / 2;
            kernel.look();
            change(keys.subList(0, half), failed);
            kernel.look();
            change(keys.subList(half, keys.size()), failed);
        }
    }

    private void changeAtOnce(Collection<ServiceKey> keys) throws IOException {
        var changes = new LinkedHashMap<ServiceKey, Plan>();
        keys.forEach(key -> changes.put(key, plans.getOrDefault(key, new Plan())));
        var leaving = new HashMap<ServiceKey, Boolean>();
        wanted.values()
                .forEach(desired -> leaving.put(
                        desired.service().key(),
                        desired.leaving() == Desired.Leaving.END || options.expireNodestConn()));
        kernel.change(changes, key -> leaving.getOrDefault(key, false), wanted.keySet());
    }

    private void tell(
            Set<ServiceKey> ordered, Set<ServiceKey> wrong, Set<ServiceKey> later, Map<ServiceKey, String> failedNow) {
        failedNow.forEach((key, reason) -> {
            if (refused.containsKey(key) || !reason.equals(failures.put(key, reason))) {
                listener.onFailed(key, reason);
            }
        });
        var applied = new LinkedHashSet<>(ordered);
        // What failed before and does not any more.
        applied.addAll(failures.keySet());
        applied.removeIf(key -> !plans.containsKey(key) || failedNow.containsKey(key) || later.contains(key));
        failures.keySet().removeIf(key -> !failedNow.containsKey(key) && !later.contains(key));
        if (wrong.stream().anyMatch(failedNow::containsKey)) {
            patience.failed(System.nanoTime());
        } else if (failures.isEmpty()) {
            patience.succeeded(System.nanoTime());
        }
        if (!applied.isEmpty()) {
            listener.onApplied(applied);
        }
    }

    private void tell(Disturbance disturbed, Set<ServiceKey> wrong, Map<ServiceKey, String> failedNow) {
        disturbed.services().forEach((key, what) -> {
            if (wrong.contains(key) && !failedNow.containsKey(key)) {
                listener.onRepaired(key, what);
            }
        });
        if (!disturbed.shared().isEmpty()) {
            listener.onTrouble("somebody had changed table inet " + Names.TABLE + " (" + disturbed.shared()
                    + "); it is as it should be again");
        }
    }

    private void failed(Set<ServiceKey> ordered, IOException e) {
        var reason = String.valueOf(e.getMessage());
        kernel.forget();
        if (!reason.equals(trouble)) {
            trouble = reason;
            listener.onTrouble(reason + "; it is tried again");
        }
        patience.failed(System.nanoTime());
        ordered.stream().filter(wanted::containsKey).forEach(key -> {
            failures.put(key, reason);
            listener.onFailed(key, reason);
        });
    }

    private void answer(Order.Ask ask) {
        try {
            ask.answer().complete(kernel.figures(wanted.values()));
        } catch (IOException | RuntimeException e) {
            ask.answer().completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        kernel.close();
    }
}
