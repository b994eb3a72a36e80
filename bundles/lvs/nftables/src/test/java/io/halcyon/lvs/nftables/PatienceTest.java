package io.halcyon.lvs.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PatienceTest {

    @Test
    void whatFailsIsTriedLessAndLessOftenAndSoonAgainOnceItSucceeds() {
        var patience = new Patience();
        long now = -1_000;
        patience.failed(now);

        assertThat(patience.isOver(now + Patience.SHORTEST_NANOS - 1)).isFalse();
        assertThat(patience.isOver(now + Patience.SHORTEST_NANOS)).isTrue();
        for (int i = 0; i < 100; i++) {
            patience.failed(now);
        }
        assertThat(patience.isOver(now + Patience.LONGEST_NANOS - 1)).isFalse();
        assertThat(patience.isOver(now + Patience.LONGEST_NANOS)).isTrue();
        patience.succeeded(now);
        assertThat(patience.isOver(now)).isTrue();
        patience.failed(now);
        assertThat(patience.isOver(now + Patience.SHORTEST_NANOS)).isTrue();
    }
}
