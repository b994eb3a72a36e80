package io.halcyon.check.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import java.util.ArrayList;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One type hangs with all its runs and more than it has threads; another one does not notice. */
@Timeout(60)
class SickTypeTest {

    private static final long TIMEOUT_MILLIS = 100;
    /** With workers in common it would be over before one is free. */
    private static final long AMPLE_MILLIS = 5_000;

    private static final int TOO_MANY = 20;
    private static final int RUNS = 50;

    private final LoopThread loop = new LoopThread();
    private final Runners runners = new Runners(loop, () -> null);
    private final Tally tally = new Tally();
    private final CountDownLatch release = new CountDownLatch(1);
    private final BlockingQueue<CheckResult> sick = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        release.countDown();
        runners.close();
        loop.close();
    }

    @Test
    void anotherTypeIsOnTimeAndTheSickOneSaysThatItHasNoWorker() throws Exception {
        for (int i = 0; i < Workers.LIMIT + TOO_MANY; i++) {
            run("sick", TIMEOUT_MILLIS, this::hang, sick);
        }
        var reasons = new ArrayList<String>();
        reasons.add(sick.take().reason());
        // All its regular workers hang now, with more waiting for them.
        for (int i = 0; i < RUNS; i++) {
            var well = new LinkedBlockingQueue<CheckResult>();
            run("well", AMPLE_MILLIS, timeout -> CheckResult.up("fine"), well);
            var result = well.poll(AMPLE_MILLIS, TimeUnit.MILLISECONDS);
            assertThat(result).as("run " + i).isEqualTo(CheckResult.up("fine"));
        }
        assertThat(runners.lateness().summary().starts()).isGreaterThanOrEqualTo(RUNS + Workers.REGULAR);
        while (reasons.size() < Workers.LIMIT + TOO_MANY) {
            reasons.add(sick.take().reason());
        }

        assertThat(reasons)
                .filteredOn(reason -> reason.startsWith("no worker was free for "))
                .hasSizeGreaterThanOrEqualTo(TOO_MANY);
        assertThat(reasons).filteredOn("timed out after 100 ms"::equals).hasSizeGreaterThanOrEqualTo(Workers.REGULAR);
    }

    private void run(String type, long timeoutMillis, BlockingCheck check, BlockingQueue<CheckResult> results) {
        loop.execute(() -> {
            var order = new Runner.Order(type, check, TimeUnit.MILLISECONDS.toNanos(timeoutMillis), loop.nanos());
            assertThat(new Run(loop, runners, order, tally, results::add, over -> {}).lingers())
                    .isFalse();
        });
    }

    private CheckResult hang(long timeoutMillis) {
        while (release.getCount() > 0) {
            try {
                release.await();
            } catch (InterruptedException stubborn) {
                assertThat(release.getCount()).isNotNegative();
            }
        }
        return CheckResult.up("released");
    }
}
