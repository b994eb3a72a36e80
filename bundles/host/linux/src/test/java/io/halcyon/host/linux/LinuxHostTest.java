package io.halcyon.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.halcyon.spi.host.Parker;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LinuxHostTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final LinuxHost host = new LinuxHost();
    private final Parker parker = host.newParker();

    @Test
    void theClocksAdvanceTogetherWhileTheMachineIsAwake() {
        long monotonic = host.monotonicNanos();
        long boottime = host.boottimeNanos();

        parker.park(monotonic + SECOND / 20);

        assertThat(host.boottimeNanos() - boottime)
                .isCloseTo(
                        host.monotonicNanos() - monotonic,
                        within(Duration.ofMillis(20).toNanos()));
    }

    @Test
    void monotonicTimeIsTheKernelsClockAndNotOneOfTheJvm() {
        // Without a suspend since boot both clocks are equal; with one, boot time is ahead.
        assertThat(host.monotonicNanos()).isLessThanOrEqualTo(host.boottimeNanos());
    }

    @Test
    void theWallClockIsTheSystems() {
        assertThat(host.wallClock()).isCloseTo(Instant.now(), within(1, ChronoUnit.SECONDS));
    }

    @Test
    void waitingEndsAtTheDeadline() {
        long deadline = host.monotonicNanos() + SECOND / 50;

        while (host.monotonicNanos() < deadline) {
            parker.park(deadline);
        }

        assertThat(host.monotonicNanos() - deadline).isBetween(0L, SECOND);
    }

    @Test
    void aDeadlineInThePastReturnsAtOnce() {
        parker.park(host.monotonicNanos() - SECOND);
    }

    @Test
    void aWakeUpBeforeTheWaitIsNotLost() {
        parker.unpark();

        parker.park(Long.MAX_VALUE);
    }

    @Test
    void oneWakeUpEndsOneWait() {
        parker.unpark();
        parker.unpark();
        parker.park(Long.MAX_VALUE);

        long deadline = host.monotonicNanos() + SECOND / 50;
        long wakes = 0;
        while (host.monotonicNanos() < deadline) {
            parker.park(deadline);
            wakes++;
        }

        assertThat(wakes).isLessThan(10);
    }

    @Test
    void aWaitingThreadIsWokenEachTime() throws Exception {
        int rounds = 5_000;
        CountDownLatch done = new CountDownLatch(1);
        int[] seen = {0};
        Thread waiter = new Thread(() -> {
            for (int i = 0; i < rounds; i++) {
                parker.park(Long.MAX_VALUE);
                seen[0]++;
            }
            done.countDown();
        });
        waiter.start();

        while (!done.await(10, TimeUnit.MICROSECONDS)) {
            parker.unpark();
        }

        waiter.join();
        assertThat(seen[0]).isEqualTo(rounds);
    }
}
