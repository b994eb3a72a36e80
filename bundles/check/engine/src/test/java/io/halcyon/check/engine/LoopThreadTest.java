package io.halcyon.check.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LoopThreadTest {

    private final LoopThread loop = new LoopThread();

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void tasksRunInTheOrderOfTheCallsHoweverManyCall() throws Exception {
        var seen = new ArrayList<Integer>();
        var callers = new ArrayList<Thread>();
        for (int caller = 0; caller < 4; caller++) {
            int first = caller * 10_000;
            var thread = new Thread(() -> {
                for (int i = 0; i < 10_000; i++) {
                    int number = first + i;
                    loop.execute(() -> seen.add(number));
                }
            });
            callers.add(thread);
            thread.start();
        }
        for (var thread : callers) {
            thread.join();
        }
        var all = ask(() -> List.copyOf(seen));

        assertThat(all).hasSize(40_000);
        for (int caller = 0; caller < 4; caller++) {
            int first = caller * 10_000;
            assertThat(all.stream().filter(number -> number / 10_000 * 10_000 == first))
                    .isSorted();
        }
    }

    @Test
    void timersAreNeverEarlyAndOneThatIsCancelledNeverFires() throws Exception {
        var early = new ArrayList<Long>();
        var cancelled = new ArrayList<String>();
        var done = new CountDownLatch(200);
        loop.execute(() -> {
            for (int i = 0; i < 200; i++) {
                long due = loop.nanos() + TimeUnit.MICROSECONDS.toNanos(337) * i;
                loop.at(due, () -> {
                    if (loop.nanos() - due < 0) {
                        early.add(due);
                    }
                    done.countDown();
                });
                loop.at(due, () -> cancelled.add("fired")).cancel();
            }
        });

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ask(() -> List.copyOf(early))).isEmpty();
        assertThat(ask(() -> List.copyOf(cancelled))).isEmpty();
    }

    @Test
    void neitherAnErrorNorAnInterruptEndsIt() throws Exception {
        loop.execute(() -> {
            throw new IllegalStateException("for the log");
        });
        loop.execute(() -> {
            throw new AssertionError("for the log");
        });
        loop.execute(() -> Thread.currentThread().interrupt());

        assertThat(ask(() -> Thread.currentThread().getName())).isEqualTo("check-scheduler");
        var later = new CompletableFuture<Boolean>();
        loop.execute(() -> loop.at(
                loop.nanos() + TimeUnit.MILLISECONDS.toNanos(5),
                () -> later.complete(Thread.currentThread().isInterrupted())));
        assertThat(later.get(10, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void itNoticesThatItCouldNotRunWhileSomethingWasDue() throws Exception {
        int before = ask(loop::pauses);
        var fired = new CompletableFuture<Integer>();
        loop.execute(() -> {
            long dueNanos = loop.nanos();
            loop.at(dueNanos, () -> fired.complete(loop.pauses()));
            // Who posted this task may have left a permit: parking once is not enough.
            while (loop.nanos() - dueNanos < 4 * LoopThread.PAUSE_NANOS) {
                LockSupport.parkNanos(LoopThread.PAUSE_NANOS);
            }
        });

        assertThat(fired.get(10, TimeUnit.SECONDS)).isGreaterThan(before);
    }

    @Test
    void timersBelongToItsOwnThread() {
        assertThatThrownBy(() -> loop.at(0, () -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("check-scheduler");
    }

    @Test
    void afterTheEndTasksAreForgotten() {
        loop.close();
        var ran = new CountDownLatch(1);
        loop.execute(ran::countDown);

        assertThat(ran.getCount()).isEqualTo(1);
    }

    private <T> T ask(Supplier<T> question) throws Exception {
        var answer = new CompletableFuture<T>();
        loop.execute(() -> answer.complete(question.get()));
        return answer.get(10, TimeUnit.SECONDS);
    }
}
