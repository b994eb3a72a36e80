package io.halcyon.notify.engine;

import static io.halcyon.notify.engine.Happenings.record;
import static io.halcyon.notify.engine.Happenings.transition;
import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who counts what is wanted need not look at what is not. */
class BacklogTest {

    @TempDir
    Path directory;

    private final Recent recent = new Recent(0);
    private final List<Long> reads = new ArrayList<>();
    private Backlog backlog;

    private final EventSource events = new EventSource() {
        @Override
        public List<EventRecord> after(long id, int limit) {
            reads.add(id);
            return recent.after(id, limit);
        }

        @Override
        public long firstId() {
            return recent.firstId();
        }

        @Override
        public long lastId() {
            return recent.lastId();
        }
    };

    @BeforeEach
    void open() {
        backlog = new Backlog(events, new MaintenanceWatch(directory), Settings.of("ops", Map.of()), 0);
    }

    @Test
    void whatIsNotWantedIsNotLookedAt() {
        assertThat(backlog.take()).isNull();
        reads.clear();
        for (long id = 1; id <= 500; id++) {
            happens(unwanted(id));
            assertThat(backlog.take()).isNull();
        }
        assertThat(reads).isEmpty();

        backlog.pass(500);
        happens(transition(501));

        assertThat(backlog.take()).isEqualTo(transition(501));
        assertThat(reads).containsExactly(500L);
    }

    @Test
    void nobodyGetsPastWhatWaitsOrIsBeingTold() {
        assertThat(backlog.take()).isNull();
        happens(transition(1));
        happens(unwanted(2));
        backlog.pass(2);
        assertThat(backlog.settledId()).isZero();

        assertThat(backlog.take()).isEqualTo(transition(1));
        backlog.pass(2);
        assertThat(backlog.settledId()).isZero();

        backlog.settle(1);
        backlog.pass(2);
        assertThat(backlog.settledId()).isEqualTo(2);
    }

    @Test
    void nobodyGetsPastAnythingBeforeHavingLookedOnce() {
        happens(transition(1));
        var late = new Backlog(events, new MaintenanceWatch(directory), Settings.of("ops", Map.of()), 0);

        late.pass(1);

        assertThat(late.take()).isEqualTo(transition(1));
    }

    @Test
    void anotherFilterLooksAnew() {
        assertThat(backlog.take()).isNull();
        happens(unwanted(1));
        backlog.configure(Settings.of("ops", Map.of("events", "stall")));

        backlog.pass(1);
        backlog.recount();

        assertThat(backlog.waiting()).isEqualTo(1);
        assertThat(backlog.take()).isEqualTo(unwanted(1));
    }

    /** They were read already when they went, so they are told although they count as lost; what follows is told, too. */
    @Test
    void aWrongCountLeavesNothingUntold() {
        assertThat(backlog.take()).isNull();
        for (long id = 1; id <= 3; id++) {
            happens(transition(id));
        }
        assertThat(backlog.take()).isEqualTo(transition(1));
        assertThat(backlog.lose(List.of(transition(2), transition(3)))).isEqualTo(2);
        happens(transition(4));
        happens(transition(5));

        for (long id = 2; id <= 5; id++) {
            assertThat(backlog.take()).isEqualTo(transition(id));
        }
        assertThat(backlog.take()).isNull();
        backlog.settle(5);
        assertThat(backlog.waiting()).isZero();
        happens(transition(6));
        assertThat(backlog.waiting()).isEqualTo(1);
        assertThat(backlog.take()).isEqualTo(transition(6));
    }

    @Test
    void onlyWhatWasWantedAsksToBeSaved() {
        happens(unwanted(1));
        assertThat(backlog.take()).isNull();
        assertThat(backlog.settledId()).isEqualTo(1);
        assertThat(backlog.askUnsaved()).isFalse();

        happens(transition(2));
        assertThat(backlog.take()).isEqualTo(transition(2));
        backlog.settle(2);

        assertThat(backlog.askUnsaved()).isTrue();
        assertThat(backlog.askUnsaved()).isFalse();
    }

    private void happens(EventRecord event) {
        recent.add(event);
        backlog.count(event);
    }

    private static EventRecord unwanted(long id) {
        return record(id, new Event.Stall("VI_1", id, "not asked for"));
    }
}
