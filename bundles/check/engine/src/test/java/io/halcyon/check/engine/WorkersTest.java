package io.halcyon.check.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkersTest {

    private final LoopThread loop = new LoopThread();
    private final Workers workers = new Workers("probe", loop, new Lateness());
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void close() {
        release.countDown();
        end();
        loop.close();
    }

    @Test
    void aLookRunsOnADaemonThreadWithItsName() throws Exception {
        var thread = new CompletableFuture<Thread>();
        var watched = start(timeout -> {
            thread.complete(Thread.currentThread());
            return CheckResult.up("limit " + timeout);
        });

        assertThat(watched.await().reason()).isEqualTo("limit 500");
        assertThat(thread.get().getName()).matches("check-probe-\\d+");
        assertThat(thread.get().isDaemon()).isTrue();
    }

    @Test
    void successiveLooksUseTheSameThread() throws Exception {
        for (int i = 0; i < 20; i++) {
            start(timeout -> CheckResult.up("fine")).await();
        }

        // On a busy machine a worker may not be back yet when the next look comes.
        assertThat(workers.threads()).isLessThanOrEqualTo(10);
    }

    @Test
    void anExceptionIsDownAnErrorAndNothingAreUnknown() throws Exception {
        var thrown = start(timeout -> {
            throw new IllegalStateException("no such host");
        });
        assertThat(thrown.await()).isEqualTo(CheckResult.down("no such host"));

        var broken = start(timeout -> {
            throw new NoClassDefFoundError("x/Y");
        });
        assertThat(broken.await()).isEqualTo(CheckResult.unknown("the check is broken: x/Y"));
        assertThat(start(timeout -> null).await().health()).isEqualTo(Health.UNKNOWN);
    }

    @Test
    void hungLooksAreWrittenOffSoThatOthersRun() throws Exception {
        var hung = new ArrayList<Runner.Look>();
        for (int i = 0; i < Workers.REGULAR; i++) {
            hung.add(startHanging());
        }
        var waiting = start(timeout -> CheckResult.up("at last"));
        assertThat(onLoop(() -> waiting.began.getCount())).isEqualTo(1);

        assertThat(onLoop(() -> hung.get(0).giveUp())).isFalse();
        assertThat(waiting.await().reason()).isEqualTo("at last");
        hung.forEach(look -> loop.execute(look::giveUp));
        for (int i = 0; i < 50; i++) {
            assertThat(start(timeout -> CheckResult.up("fine")).await().reason())
                    .isEqualTo("fine");
        }
    }

    @Test
    void threadsAreBoundedHoweverManyLooksHang() throws Exception {
        for (int i = 0; i < Workers.LIMIT + 3; i++) {
            var look = startHanging();
            onLoop(look::giveUp);
        }

        assertThat(workers.threads()).isEqualTo(Workers.LIMIT);
    }

    @Test
    void aLookThatDidNotBeginIsTakenBack() throws Exception {
        for (int i = 0; i < Workers.REGULAR; i++) {
            startHanging();
        }
        var watched = new Watched();
        BlockingCheck check = timeout -> CheckResult.up("never");
        var look = onLoop(() -> workers.start(order(check), watched));

        assertThat(onLoop(look::giveUp)).isTrue();
    }

    @Test
    void givingUpInterruptsThatLookAndNoOther() throws Exception {
        for (int i = 0; i < 200; i++) {
            var interrupted = new Watched();
            BlockingCheck sleeps = timeout -> {
                TimeUnit.SECONDS.sleep(20);
                return CheckResult.up("slept");
            };
            var look = onLoop(() -> workers.start(order(sleeps), interrupted));
            loop.execute(look::giveUp);
            var next = start(timeout -> {
                TimeUnit.MICROSECONDS.sleep(50);
                return CheckResult.up("fine");
            });

            assertThat(next.await().reason()).isEqualTo("fine");
            assertThat(interrupted.await().reason()).isEqualTo("interrupted");
        }
    }

    @Test
    void closingWaitsUntilLooksHaveClearedUpAndHurriesThoseThatDoNot() throws Exception {
        var clearedUp = new CountDownLatch(2);
        var willing = new Watched();
        var patient = onLoop(() -> workers.start(order(clearsUpAfter(1, clearedUp)), willing));
        var stubborn = new Watched();
        var look = onLoop(() -> workers.start(order(clearsUpAfter(2, clearedUp)), stubborn));
        assertThat(willing.began.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(stubborn.began.await(10, TimeUnit.SECONDS)).isTrue();
        onLoop(patient::giveUp);
        onLoop(look::giveUp);

        end();

        assertThat(clearedUp.getCount()).isZero();
    }

    /** Goes on until it was interrupted so many times, and then takes a moment. */
    private static BlockingCheck clearsUpAfter(int interrupts, CountDownLatch clearedUp) {
        return timeout -> {
            for (int left = interrupts; left > 0; ) {
                try {
                    TimeUnit.SECONDS.sleep(20);
                } catch (InterruptedException heard) {
                    left--;
                }
            }
            TimeUnit.MILLISECONDS.sleep(100);
            clearedUp.countDown();
            return CheckResult.up("cleared up");
        };
    }

    private Watched start(BlockingCheck check) throws Exception {
        var watched = new Watched();
        onLoop(() -> workers.start(order(check), watched));
        return watched;
    }

    /** Ignores interrupts until the test ends. */
    private Runner.Look startHanging() throws Exception {
        BlockingCheck hangs = timeout -> {
            while (release.getCount() > 0) {
                try {
                    release.await();
                } catch (InterruptedException stubborn) {
                    assertThat(release.getCount()).isNotNegative();
                }
            }
            return CheckResult.up("released");
        };
        var watched = new Watched();
        var look = onLoop(() -> workers.start(order(hangs), watched));
        watched.began.await(200, TimeUnit.MILLISECONDS);
        return look;
    }

    private static Runner.Order order(BlockingCheck check) {
        return new Runner.Order("probe", check, TimeUnit.MILLISECONDS.toNanos(500), System.nanoTime());
    }

    private void end() {
        workers.shutdown();
        Workers.awaitEnd(List.of(workers));
    }

    private <T> T onLoop(Supplier<T> task) throws Exception {
        var done = new CompletableFuture<T>();
        loop.execute(() -> done.complete(task.get()));
        return done.get(10, TimeUnit.SECONDS);
    }
}
