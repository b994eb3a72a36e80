package io.halcyon.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.spi.host.Parker;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ManualHostTest {

    private final ManualHost host = new ManualHost(0);

    @Test
    void clocksMoveOnlyWhenTheyAreMoved() {
        host.advance(5);
        host.suspend(7);

        assertThat(host.monotonicNanos()).isEqualTo(5);
        assertThat(host.boottimeNanos()).isEqualTo(12);
        assertThat(host.wallClock()).isEqualTo("2026-01-01T00:00:00.000000012Z");
    }

    @Test
    void aParkedThreadReturnsAtItsDeadlineAndNotBefore() throws Exception {
        Parker parker = host.newParker();
        CompletableFuture<Long> returned = CompletableFuture.supplyAsync(() -> {
            parker.park(10);
            return host.monotonicNanos();
        });
        host.awaitParked(1);
        assertThat(host.nextDeadlineNanos()).isEqualTo(10);

        host.advance(9);
        host.awaitParked(1);
        host.advance(1);

        assertThat(returned.get(10, TimeUnit.SECONDS)).isEqualTo(10);
        assertThat(host.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aWakeUpBeforeParkingIsNotLost() {
        Parker parker = host.newParker();

        parker.unpark();
        parker.park(Long.MAX_VALUE);

        assertThat(host.monotonicNanos()).isZero();
    }

    @Test
    void aParkedThreadIsWoken() throws Exception {
        Parker parker = host.newParker();
        CompletableFuture<Void> returned = CompletableFuture.runAsync(() -> parker.park(Long.MAX_VALUE));
        host.awaitParked(1);

        parker.unpark();

        assertThat(returned.get(10, TimeUnit.SECONDS)).isNull();
    }
}
