package io.halcyon.host.linux;

import io.halcyon.linux.Clock;
import io.halcyon.linux.Urgency;
import io.halcyon.spi.host.Host;
import io.halcyon.spi.host.Parker;
import io.halcyon.spi.host.Supervisor;
import java.time.Instant;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** This machine. On Linux {@link System#nanoTime()} is {@code CLOCK_MONOTONIC}. */
@Component
public final class LinuxHost implements Host {

    private final Supervisor supervisor;
    private final Settling settling = new Settling();

    @Activate
    public LinuxHost() {
        supervisor =
                SystemdSupervisor.of(System.getenv(), ProcessHandle.current().pid());
        settling.start();
    }

    @Deactivate
    void close() {
        settling.stop();
        if (supervisor instanceof SystemdSupervisor systemd) {
            systemd.close();
        }
    }

    @Override
    public long monotonicNanos() {
        return System.nanoTime();
    }

    @Override
    public long boottimeNanos() {
        return Clock.boottimeNanos();
    }

    @Override
    public Instant wallClock() {
        return Instant.now();
    }

    @Override
    public Parker newParker() {
        return new ThreadParker();
    }

    @Override
    public void urgent(boolean first) {
        Urgency.ofProcess().claim(first);
    }

    @Override
    public Supervisor supervisor() {
        return supervisor;
    }
}
