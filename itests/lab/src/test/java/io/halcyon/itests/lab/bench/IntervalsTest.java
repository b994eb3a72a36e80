package io.halcyon.itests.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.itests.lab.Frame;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntervalsTest {

    @Test
    void eachRouterIsComparedWithItselfAndEarlyIsAsWrongAsLate() {
        var off = Intervals.off(List.of(advert(1, 0), advert(2, 3), advert(1, 12), advert(2, 12), advert(1, 22)), 10);

        assertThat(off.count()).isEqualTo(3);
        assertThat(off.min()).isEqualTo(0);
        assertThat(off.median()).isEqualTo(1);
        assertThat(off.max()).isEqualTo(2);
    }

    private static Frame.Advert advert(int vrid, long atMillis) {
        return new Frame.Advert(
                atMillis * 1_000_000, "h1", 3, vrid, 100, 10, List.of(), "192.168.88.129", 255, 0xc0, "pseudo", "");
    }
}
