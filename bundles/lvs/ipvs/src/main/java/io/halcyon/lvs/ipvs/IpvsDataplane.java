package io.halcyon.lvs.ipvs;

import io.halcyon.spi.dataplane.Dataplane;
import io.halcyon.spi.dataplane.DataplaneListener;
import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.ServiceTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Virtual servers in the kernel's IPVS. The whole table of the network namespace is ours, as it is keepalived's otherwise; what is
 * in it when we come is adopted.
 */
@Component
public final class IpvsDataplane implements Dataplane {

    private static final int PREFERENCE = 100;
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Limits limits = Limits.ofKernel();
    private final Refusals refusals = new Refusals(SchedulerModules.ofKernel());
    private final Needs needs = new Needs(IpvsDataplane::sysctl);
    private final AtomicBoolean opened = new AtomicBoolean();
    private final long lookNanos;

    @Activate
    public IpvsDataplane() {
        this(LOOK_NANOS);
        // The first question makes the kernel load its module: better now than when somebody waits.
        limits.sentences();
    }

    IpvsDataplane(long lookNanos) {
        this.lookNanos = lookNanos;
    }

    @Override
    public String name() {
        return "ipvs";
    }

    @Override
    public int preference() {
        return PREFERENCE;
    }

    @Override
    public List<String> refusals(Desired desired) {
        return refusals.of(desired);
    }

    @Override
    public List<String> needs(Desired desired) {
        return needs.of(desired);
    }

    @Override
    public List<String> limits() {
        return limits.sentences();
    }

    @Override
    public ServiceTable open(DataplaneListener listener) {
        if (!opened.compareAndSet(false, true)) {
            throw new IllegalStateException("the table of data plane ipvs is open already");
        }
        return new IpvsTable(listener, Sysctls.ofKernel(), lookNanos, () -> opened.set(false));
    }

    private static String sysctl(String name) {
        try {
            return Files.readString(Path.of("/proc/sys", name.split("\\.", -1))).strip();
        } catch (IOException e) {
            return "?";
        }
    }
}
