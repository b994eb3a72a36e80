package io.halcyon.vrrp.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.spi.host.Host;
import io.halcyon.spi.transport.Channel;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One address that is announced twice by a thread that does not get its turn in time. */
class BurstTest {

    private static final RouterSettings SETTINGS = Lan.settings(100);
    private static final long INTERVAL_NANOS = 10 * Lan.MILLI;

    private final Worker worker = new Worker("announces");
    private final Announcer announcer = new Announcer(worker, new Worker("helps"));
    private long nowNanos = Lan.SECOND;
    private int announced;

    private final Host host = (Host) Proxy.newProxyInstance(
            BurstTest.class.getClassLoader(), new Class<?>[] {Host.class}, (proxy, called, arguments) -> nowNanos);

    private final Channel channel = (Channel) Proxy.newProxyInstance(
            BurstTest.class.getClassLoader(), new Class<?>[] {Channel.class}, (proxy, called, arguments) -> {
                announced += ((Collection<?>) arguments[0]).size();
                return null;
            });

    private final Mandate mandate = new Mandate(host);
    private final Burst burst = new Burst(announcer, SETTINGS, Map.of("eth0", channel), mandate, 2, 2, count -> {});

    private void work() {
        while (worker.turn()) {
            // until nothing waits
        }
    }

    @Test
    void nothingIsAnnouncedWithoutAMandate() {
        burst.announce(SETTINGS.addresses());
        work();

        assertThat(announced).isZero();
    }

    @Test
    void whatIsLateGoesWithTheNextMandateAndOnce() {
        mandate.begin(INTERVAL_NANOS, 3);
        burst.announce(SETTINGS.addresses());
        nowNanos += 2 * INTERVAL_NANOS + 1;
        work();
        assertThat(announced).as("too late").isZero();

        mandate.begin(INTERVAL_NANOS, 3);
        burst.resume();
        burst.resume();
        work();
        assertThat(announced).as("both rounds").isEqualTo(2);
    }

    @Test
    void whatIsLateIsForgottenWithTheEndOfTheBurst() {
        mandate.begin(INTERVAL_NANOS, 3);
        burst.announce(SETTINGS.addresses());
        nowNanos += Lan.SECOND;
        work();

        burst.end();
        mandate.begin(INTERVAL_NANOS, 3);
        burst.resume();
        work();
        assertThat(announced).isZero();
    }

    @Test
    void theMandateIsOfTwoIntervalsOrOfOneWhereThatIsAllAPeerWaits() {
        mandate.begin(Lan.SECOND, 3);
        nowNanos += 2 * Lan.SECOND;
        assertThat(mandate.isOver()).isFalse();
        nowNanos++;
        assertThat(mandate.isOver()).isTrue();

        assertThat(mandate.begin(Lan.SECOND, 1)).isEqualTo(nowNanos + Lan.SECOND);
        assertThat(mandate.begin(Lan.MILLI, 3)).as("never less than 20 ms").isEqualTo(nowNanos + 20 * Lan.MILLI);
    }
}
