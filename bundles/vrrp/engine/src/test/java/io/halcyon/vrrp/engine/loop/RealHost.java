package io.halcyon.vrrp.engine.loop;

import io.halcyon.spi.host.Host;
import io.halcyon.spi.host.Parker;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** This machine, as far as the JDK knows it. */
final class RealHost implements Host {

    @Override
    public long monotonicNanos() {
        return System.nanoTime();
    }

    @Override
    public long boottimeNanos() {
        return System.nanoTime();
    }

    @Override
    public Instant wallClock() {
        return Instant.now();
    }

    @Override
    public Parker newParker() {
        Semaphore wakeUps = new Semaphore(0);
        return new Parker() {
            @Override
            public void park(long deadlineNanos) {
                try {
                    if (wakeUps.tryAcquire(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                        wakeUps.drainPermits();
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void unpark() {
                wakeUps.release();
            }
        };
    }
}
