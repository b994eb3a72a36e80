package io.halcyon.notify.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TimeLimitTest {

    private final ScheduledThreadPoolExecutor alarms = Threads.timer(() -> "alarms");
    private final TimeLimit limit = new TimeLimit(alarms);

    @AfterEach
    void stop() {
        alarms.shutdownNow();
    }

    @Test
    void workIsInterruptedWhenItsTimeIsUpAndNotWhenThatOfTheWorkBeforeWould() {
        limit.begin(400);
        park(300);
        limit.end();
        long begin = System.nanoTime();

        limit.begin(400);

        assertThat(interruptedAfterMillis(begin)).isBetween(399L, 10_000L);
        limit.end();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aShorterLimitIsNotAsLongAsTheOneBefore() {
        limit.begin(3_600_000);
        limit.end();
        long begin = System.nanoTime();

        limit.begin(50);

        assertThat(interruptedAfterMillis(begin)).isBetween(49L, 10_000L);
        limit.end();
    }

    @Test
    void oneAlarmServesForAllThatEndInTime() {
        for (int n = 0; n < 1_000; n++) {
            limit.begin(3_600_000);
            assertThat(limit.isRunning()).isTrue();
            limit.end();
        }

        assertThat(limit.isRunning()).isFalse();
        assertThat(alarms.getQueue()).hasSize(1);
    }

    @Test
    void afterTheEndNobodyIsInterrupted() throws Exception {
        limit.begin(20);
        limit.end();
        limit.expire();
        var rung = new CountDownLatch(1);
        var alarm = alarms.schedule(rung::countDown, 60, TimeUnit.MILLISECONDS);

        rung.await();

        assertThat(alarm.isCancelled()).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        limit.begin(20);
        assertThat(interruptedAfterMillis(System.nanoTime())).isLessThan(10_000);
        limit.end();
    }

    private static long interruptedAfterMillis(long begin) {
        while (!Thread.currentThread().isInterrupted() && System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(20)) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    private static void park(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
