package io.halcyon.check.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A pause of the whole process, such as a full collection, makes runs late, and is nobody's failure. */
class PauseTest {

    private static final long TIMEOUT_MILLIS = 500;

    private final ManualLoop loop = new ManualLoop();
    private final ManualRunner runner = new ManualRunner(loop);
    private final Tally tally = new Tally();
    private final List<CheckResult> judged = new ArrayList<>();

    @Test
    void aStartThatIsLateByLessThanTheIntervalIsNotLeftOut() {
        var schedule = new Schedule(0, 1_000, 0);
        schedule.advance(0);

        assertThat(schedule.advance(1_999)).isZero();
        assertThat(schedule.dueNanos()).isEqualTo(2_000);
    }

    @Test
    void anAnswerThatWaitedForTheEndOfAPauseCounts() {
        start();
        loop.jumpMillis(5_000);
        assertThat(judged).isEmpty();
        runner.release(CheckResult.up("fine"));

        assertThat(judged).containsExactly(CheckResult.up("fine"));
        assertThat(tally.counters()).containsEntry("timeouts", 0L);
    }

    @Test
    void aRunThatHangsOnAfterAPauseHasItsLimitOnceMoreAndNoLonger() {
        start();
        loop.jumpMillis(5_000);
        loop.jumpMillis(599);
        assertThat(judged).isEmpty();
        loop.advanceMillis(1);

        assertThat(judged).containsExactly(CheckResult.down("timed out after 500 ms"));
        assertThat(tally.counters()).containsEntry("timeouts", 1L);
    }

    @Test
    void withoutAPauseALateAnswerHasFailed() {
        start();
        loop.advanceMillis(550);
        runner.release(CheckResult.up("fine"));

        assertThat(judged).singleElement().satisfies(result -> assertThat(result.reason())
                .isEqualTo("timed out, answered after 550 ms"));
    }

    private void start() {
        runner.hangs = true;
        BlockingCheck check = timeout -> {
            throw new AssertionError("the manual runner answers");
        };
        var order = new Runner.Order("probe", check, TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS), loop.nanos());
        assertThat(new Run(loop, runner, order, tally, judged::add, result -> {}).lingers())
                .isFalse();
        loop.settle();
    }
}
