package io.halcyon.vrrp.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.spi.host.Host;
import io.halcyon.spi.host.Parker;
import io.halcyon.spi.host.Supervisor;
import io.halcyon.spi.link.Link;
import io.halcyon.spi.link.LinkListener;
import io.halcyon.spi.link.LinkMonitor;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The loop with its threads, in real time, and somebody who watches it. */
class SignsOfLifeTest {

    private static final long PATIENCE_NANOS = 60_000_000L;
    private static final long LIMIT_SECONDS = 20;

    private final Semaphore signs = new Semaphore(0);
    private final CountDownLatch hangs = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final VrrpLoop loop = new VrrpLoop(new WatchedHost(), new NoLinks(), (event, causes) -> 1);

    @AfterEach
    void end() {
        over.countDown();
        loop.close();
    }

    @Test
    void aLoopThatIsHeldUpGivesNoneUntilItGoesOn() throws InterruptedException {
        // Not started yet, so it is the loop that answers and has to wait.
        var held = loop.failover("nobody").handle((answer, refusal) -> hang());
        loop.start();
        assertThat(hangs.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();

        assertThat(signs.tryAcquire(5 * PATIENCE_NANOS, TimeUnit.NANOSECONDS))
                .as("a sign of life while the loop stands still")
                .isFalse();
        over.countDown();

        assertThat(signs.tryAcquire(4, LIMIT_SECONDS, TimeUnit.SECONDS))
                .as("signs of life of a loop that has nothing else to do")
                .isTrue();
        assertThat(held.join()).isEqualTo("vrrp-loop");
    }

    /** Does not return before the test is over; tells whose time that took. */
    private String hang() {
        hangs.countDown();
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Thread.currentThread().getName();
    }

    private final class WatchedHost implements Host {

        private final Host machine = new RealHost();

        @Override
        public long monotonicNanos() {
            return machine.monotonicNanos();
        }

        @Override
        public long boottimeNanos() {
            return machine.boottimeNanos();
        }

        @Override
        public Instant wallClock() {
            return machine.wallClock();
        }

        @Override
        public Parker newParker() {
            return machine.newParker();
        }

        @Override
        public Supervisor supervisor() {
            return new Watcher();
        }
    }

    private final class Watcher implements Supervisor {

        @Override
        public void ready() {}

        @Override
        public void status(String sentence) {}

        @Override
        public void stopping() {}

        @Override
        public void alive() {
            signs.release();
        }

        @Override
        public long patienceNanos() {
            return PATIENCE_NANOS;
        }
    }

    private static final class NoLinks implements LinkMonitor {

        @Override
        public List<Link> links() {
            return List.of();
        }

        @Override
        public Subscription watch(LinkListener listener) {
            return () -> {};
        }
    }
}
