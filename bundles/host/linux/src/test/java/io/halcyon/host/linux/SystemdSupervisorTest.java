package io.halcyon.host.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.spi.host.Supervisor;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who is told what; that it arrives is shown in the laboratory. */
class SystemdSupervisorTest {

    private static final long PID = 17;

    @Test
    void nobodyWatchesWithoutASocket() {
        assertThat(SystemdSupervisor.of(Map.of("WATCHDOG_USEC", "5000000"), PID))
                .isSameAs(Supervisor.NONE);
        assertThat(SystemdSupervisor.of(Map.of("NOTIFY_SOCKET", "tcp:7"), PID)).isSameAs(Supervisor.NONE);
    }

    @Test
    void theWatchdogsPatienceIsOursOnlyIfItIsMeantForUs() {
        assertThat(patience("5000000", "17")).isEqualTo(5_000_000_000L);
        assertThat(patience("5000000", "")).isEqualTo(5_000_000_000L);
        assertThat(patience("5000000", "18")).isZero();
        assertThat(patience("soon", "17")).isZero();
        assertThat(patience("", "17")).isZero();
    }

    @Test
    void aManagerThatIsGoneIsNoTrouble() {
        Supervisor gone = SystemdSupervisor.of(Map.of("NOTIFY_SOCKET", "@halcyon-nobody"), PID);

        gone.ready();
        gone.status("fine");
        gone.alive();
        gone.stopping();

        assertThat(gone).isNotSameAs(Supervisor.NONE);
    }

    private static long patience(String micros, String pid) {
        return SystemdSupervisor.of(
                        Map.of("NOTIFY_SOCKET", "/run/x", "WATCHDOG_USEC", micros, "WATCHDOG_PID", pid), PID)
                .patienceNanos();
    }
}
