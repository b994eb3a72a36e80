package io.halcyon.vrrp.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.spi.host.Host;
import io.halcyon.spi.host.Parker;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RestTest {

    private static final long MICRO = 1_000;

    /** A clock that goes on by a microsecond each time somebody looks, and sleep that ends when it should or before. */
    private static final class Clock implements Host, Parker {

        private long nowNanos;
        private long sleptUntilNanos;
        private long woken = Long.MAX_VALUE;
        private long looks;
        private Runnable atLook = () -> {};

        @Override
        public long monotonicNanos() {
            looks++;
            nowNanos += MICRO;
            atLook.run();
            return nowNanos;
        }

        @Override
        public void park(long deadlineNanos) {
            sleptUntilNanos = deadlineNanos;
            nowNanos = Math.max(nowNanos, Math.min(deadlineNanos, woken));
        }

        @Override
        public void unpark() {}

        @Override
        public long boottimeNanos() {
            return nowNanos;
        }

        @Override
        public Instant wallClock() {
            return Instant.EPOCH;
        }

        @Override
        public Parker newParker() {
            return this;
        }
    }

    private final Clock clock = new Clock();
    private final Mailbox mailbox = new Mailbox(() -> {});
    private final Rest rest = new Rest(clock, clock, mailbox);

    @Test
    void whoNeedNotBeAwakeSleepsToTheEnd() {
        rest.until(10_000 * MICRO, 0);

        assertThat(clock.sleptUntilNanos).isEqualTo(10_000 * MICRO);
        assertThat(clock.looks).isZero();
    }

    @Test
    void theLastPartIsWaitedForWithoutSleep() {
        rest.until(10_000 * MICRO, 200 * MICRO);

        assertThat(clock.sleptUntilNanos).isEqualTo(9_800 * MICRO);
        assertThat(clock.nowNanos).isEqualTo(10_000 * MICRO);
        assertThat(clock.looks).isEqualTo(200);
    }

    @Test
    void whatComesInEndsIt() {
        clock.atLook = () -> {
            if (clock.nowNanos == 9_850 * MICRO) {
                mailbox.add(() -> {});
            }
        };

        rest.until(10_000 * MICRO, 200 * MICRO);

        assertThat(clock.nowNanos).isEqualTo(9_850 * MICRO);
    }

    @Test
    void whoIsWokenEarlyDoesNotStayAwakeAllTheTime() {
        clock.woken = 3_000 * MICRO;

        rest.until(10_000 * MICRO, 200 * MICRO);

        assertThat(clock.looks).isEqualTo(1);
    }

    @Test
    void forEverIsForEver() {
        rest.until(Long.MAX_VALUE, 200 * MICRO);

        assertThat(clock.sleptUntilNanos).isEqualTo(Long.MAX_VALUE);
    }
}
