package io.halcyon.notify.engine;

import static io.halcyon.notify.engine.Happenings.transition;
import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.event.EventRecord;
import org.junit.jupiter.api.Test;

class RecentTest {

    private final Recent recent = new Recent(10);

    @Test
    void aThousandStayWhenTheJournalHasThem() {
        for (long id = 11; id <= 5_010; id++) {
            assertThat(recent.add(transition(id))).isNull();
            recent.written(id);
        }

        assertThat(recent.firstId()).isEqualTo(4_011);
        assertThat(recent.lastId()).isEqualTo(5_010);
        assertThat(recent.after(0, 1)).extracting(EventRecord::id).containsExactly(4_011L);
        assertThat(recent.after(5_008, 10)).extracting(EventRecord::id).containsExactly(5_009L, 5_010L);
        assertThat(recent.unwritten(10)).isEmpty();
    }

    @Test
    void tenThousandStayWhileItHasNot() {
        for (long id = 11; id <= 10_010; id++) {
            assertThat(recent.add(transition(id))).isNull();
        }
        assertThat(recent.unwritten(10_001)).hasSize(10_000);

        assertThat(recent.add(transition(10_011))).isEqualTo(transition(11));

        assertThat(recent.unwritten(1)).extracting(EventRecord::id).containsExactly(12L);
        recent.written(10_011);
        assertThat(recent.firstId()).isEqualTo(9_012);
    }

    @Test
    void nobodyWaitsLongerThanHeWants() {
        recent.add(transition(11));

        assertThat(recent.awaitWritten(11, 5)).isFalse();
        recent.written(11);
        assertThat(recent.awaitWritten(11, 0)).isTrue();
    }
}
