package io.halcyon.check.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;

    @Test
    void startsDoNotDriftWhenOneIsLate() {
        var schedule = new Schedule(0, SECOND, 0);

        schedule.advance(SECOND / 3);

        assertThat(schedule.dueNanos()).isEqualTo(SECOND);
    }

    @Test
    void startsThatWereSleptThroughAreCountedAndLeftOut() {
        var schedule = new Schedule(0, SECOND, 0);

        long missed = schedule.advance(10 * SECOND + SECOND / 2);

        assertThat(missed).isEqualTo(10);
        assertThat(schedule.dueNanos()).isEqualTo(11 * SECOND);
    }

    @Test
    void firstStartsComeOneAfterTheOtherWithinASecondAndTheirInterval() {
        assertThat(new Schedule(0, SECOND, 0).dueNanos()).isZero();
        assertThat(new Schedule(0, SECOND, 1).dueNanos()).isBetween(10 * MILLI, 20 * MILLI);
        assertThat(new Schedule(0, SECOND, 100).dueNanos()).isLessThan(10 * MILLI);
        assertThat(new Schedule(0, 60 * SECOND, 150).dueNanos()).isBetween(500 * MILLI, 510 * MILLI);
        assertThat(new Schedule(0, MILLI, 77).dueNanos()).isLessThan(MILLI);
    }

    @Test
    void tenThousandEachSecondNeverComeInABurst() {
        var starts = starts(10_000, SECOND, 0, SECOND);

        assertThat(most(starts, 10 * MILLI)).isBetween(100, 110);
        assertThat(most(starts, MILLI)).isLessThan(20);
    }

    @Test
    void aLongIntervalIsFilledFromItsThirdStartOn() {
        var starts = starts(10_000, 60 * SECOND, 120 * SECOND, 180 * SECOND);

        assertThat(starts).hasSize(10_000);
        assertThat(most(starts, SECOND)).isLessThan(200);
    }

    @Test
    void itsPlaceStaysAndNoGapIsLongerThanTheIntervalOrShorterThanHalf() {
        for (int turn = 0; turn < 1_000; turn++) {
            var schedule = new Schedule(0, 10 * SECOND, turn);
            long last = schedule.dueNanos();
            for (int run = 0; run < 6; run++) {
                assertThat(schedule.advance(last + MILLI)).isZero();
                long gap = schedule.dueNanos() - last;
                assertThat(gap).isBetween(run < 2 ? 5 * SECOND : 10 * SECOND, 10 * SECOND);
                last = schedule.dueNanos();
            }
        }
    }

    private static List<Long> starts(int checks, long interval, long from, long to) {
        var starts = new ArrayList<Long>();
        for (int turn = 0; turn < checks; turn++) {
            var schedule = new Schedule(0, interval, turn);
            while (schedule.dueNanos() < to) {
                if (schedule.dueNanos() >= from) {
                    starts.add(schedule.dueNanos());
                }
                schedule.advance(schedule.dueNanos());
            }
        }
        return starts;
    }

    /** The most starts within one slot of that width. */
    private static int most(List<Long> starts, long width) {
        var counts = new TreeMap<Long, Integer>();
        starts.forEach(start -> counts.merge(start / width, 1, Integer::sum));
        return Collections.max(counts.values());
    }

    @Test
    void aNewIntervalCountsFromTheLastStart() {
        var schedule = new Schedule(0, 10 * SECOND, 0);
        schedule.advance(0);

        schedule.interval(SECOND, 2 * SECOND);
        assertThat(schedule.dueNanos()).isEqualTo(2 * SECOND);
        schedule.interval(SECOND, SECOND / 10);
        assertThat(schedule.dueNanos()).isEqualTo(SECOND);
    }

    @Test
    void timeWithoutATypeIsNotMadeUpFor() {
        var schedule = new Schedule(0, SECOND, 0);

        schedule.resume(100 * SECOND);

        assertThat(schedule.dueNanos()).isEqualTo(100 * SECOND);
        assertThat(schedule.advance(100 * SECOND)).isZero();
    }
}
