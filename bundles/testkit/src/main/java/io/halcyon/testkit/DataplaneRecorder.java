package io.halcyon.testkit;

import io.halcyon.spi.dataplane.DataplaneListener;
import io.halcyon.spi.dataplane.ServiceKey;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what a data plane says. Thread-safe. */
public final class DataplaneRecorder implements DataplaneListener {

    private final List<ServiceKey> applied = new CopyOnWriteArrayList<>();
    private final List<String> failed = new CopyOnWriteArrayList<>();
    private final List<ServiceKey> repaired = new CopyOnWriteArrayList<>();
    private final List<String> repairs = new CopyOnWriteArrayList<>();
    private final List<String> troubles = new CopyOnWriteArrayList<>();

    /** How often a service was said to be as it was wanted. */
    public long applied(ServiceKey service) {
        return applied.stream().filter(service::equals).count();
    }

    /** Services that were not taken, and why. */
    public List<String> failed() {
        return failed;
    }

    /** Services that somebody had changed. */
    public List<ServiceKey> repaired() {
        return repaired;
    }

    /** What they had changed. */
    public List<String> repairs() {
        return repairs;
    }

    /** What else went wrong. */
    public List<String> troubles() {
        return troubles;
    }

    /** Waits until a service was said to be as it was wanted more than so many times. */
    public void awaitApplied(ServiceKey service, long before) throws Exception {
        Await.until(
                service + " is applied, or said to have failed", () -> applied(service) > before || hasFailed(service));
        if (applied(service) <= before) {
            throw new AssertionError(failed + ", troubles: " + troubles);
        }
    }

    private boolean hasFailed(ServiceKey service) {
        return failed.stream().anyMatch(text -> text.startsWith(service + ": "));
    }

    @Override
    public void onApplied(Collection<ServiceKey> services) {
        applied.addAll(services);
    }

    @Override
    public void onFailed(ServiceKey service, String reason) {
        failed.add(service + ": " + reason);
    }

    @Override
    public void onRepaired(ServiceKey service, String what) {
        repairs.add(what);
        repaired.add(service);
    }

    @Override
    public void onTrouble(String what) {
        troubles.add(what);
    }
}
