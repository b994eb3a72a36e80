package io.halcyon.lvs.nftables;

import io.halcyon.spi.dataplane.DataplaneListener;
import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Options;
import io.halcyon.spi.dataplane.ServiceKey;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
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

    /** What was told to have failed, so that it is told once and not each time it is tried. */
    private final Map<ServiceKey, String> failures = new HashMap<>();

    private String trouble = "";

    Keeper(DataplaneListener listener) {
        this.listener = listener;
    }

    /** Carries orders out as one change, and looks after everything else. */
    void carryOut(List<Order> orders) {
        var ordered = new LinkedHashSet<ServiceKey>();
        for (var order : orders) {
            note(order, ordered);
        }
        try {
            var disturbed = kernel.look();
            if (!orders.isEmpty() || !failures.isEmpty() || disturbed != null) {
                repair(ordered, disturbed == null ? Disturbance.NONE : disturbed);
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
                failures.remove(key);
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
        plans.put(key, Layout.service(desired, options, random.nextInt(Short.MAX_VALUE)));
    }

    /**
     * Changes what is not as it should be.
     *
     * @param ordered services that somebody asked for just now
     * @param disturbed what somebody else changed since we looked last
     */
    private void repair(Set<ServiceKey> ordered, Disturbance disturbed) throws IOException {
        var wrong = new LinkedHashSet<ServiceKey>();
        plans.forEach((key, plan) -> {
            if (!kernel.has(key, plan)) {
                wrong.add(key);
            }
        });
        kernel.services().stream()
                .filter(key -> !wanted.containsKey(key) && (settled || ordered.contains(key)))
                .forEach(wrong::add);
        var failedNow = change(wrong);
        try {
            kernel.endConnections();
        } catch (IOException e) {
            listener.onTrouble("connections of servers that left go on: " + e.getMessage());
        }
        tell(ordered, wrong, disturbed, failedNow);
    }

    /** Makes one change of all, or, if the kernel does not take that, one of each. */
    private Map<ServiceKey, String> change(Set<ServiceKey> wrong) throws IOException {
        try {
            changeAtOnce(wrong);
            return Map.of();
        } catch (NotTaken all) {
            if (wrong.isEmpty()) {
                throw new IOException(all.getMessage(), all);
            }
            var failed = new LinkedHashMap<ServiceKey, String>();
            for (var key : wrong) {
                try {
                    kernel.look();
                    changeAtOnce(Set.of(key));
                } catch (NotTaken one) {
                    failed.put(key, String.valueOf(one.getMessage()));
                }
            }
            return failed;
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
            Set<ServiceKey> ordered, Set<ServiceKey> wrong, Disturbance disturbed, Map<ServiceKey, String> failedNow) {
        failedNow.forEach((key, reason) -> {
            if (!reason.equals(failures.put(key, reason))) {
                listener.onFailed(key, reason);
            }
        });
        var applied = new LinkedHashSet<>(ordered);
        // What failed before and does not any more.
        applied.addAll(failures.keySet());
        applied.removeIf(key -> !wanted.containsKey(key) || failedNow.containsKey(key));
        failures.keySet().retainAll(failedNow.keySet());
        if (!applied.isEmpty()) {
            listener.onApplied(applied);
        }
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
