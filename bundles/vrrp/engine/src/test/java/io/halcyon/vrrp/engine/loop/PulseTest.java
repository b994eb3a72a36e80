package io.halcyon.vrrp.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.spi.host.Supervisor;
import org.junit.jupiter.api.Test;

class PulseTest {

    private int signs;

    private Supervisor withPatience(long nanos) {
        return new Supervisor() {
            @Override
            public void ready() {}

            @Override
            public void status(String sentence) {}

            @Override
            public void stopping() {}

            @Override
            public void alive() {
                signs++;
            }

            @Override
            public long patienceNanos() {
                return nanos;
            }
        };
    }

    @Test
    void threeSignsComeInEachPatience() {
        Pulse pulse = new Pulse(withPatience(9_000));

        long next = pulse.beat(100);
        assertThat(next).isEqualTo(3_100);
        assertThat(pulse.beat(3_099)).isEqualTo(3_100);
        assertThat(signs).isEqualTo(1);
        assertThat(pulse.beat(3_150)).isEqualTo(6_150);

        assertThat(signs).isEqualTo(2);
    }

    @Test
    void withoutAWatcherTheLoopIsNotWoken() {
        assertThat(new Pulse(Supervisor.NONE).beat(100)).isEqualTo(Long.MAX_VALUE);
    }
}
