package io.halcyon.check.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static final long SECOND = 1_000_000_000L;

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
    void checksThatComeAtOnceStartOneAfterTheOtherWithinTheirInterval() {
        assertThat(new Schedule(0, SECOND, 0).dueNanos()).isZero();
        assertThat(new Schedule(0, SECOND, 1).dueNanos()).isEqualTo(SECOND / 100);
        assertThat(new Schedule(0, SECOND, 100).dueNanos()).isZero();
        assertThat(new Schedule(0, 60 * SECOND, 150).dueNanos()).isEqualTo(SECOND / 2);
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
