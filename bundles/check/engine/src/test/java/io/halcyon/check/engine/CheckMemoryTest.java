package io.halcyon.check.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.CheckType;
import io.halcyon.settings.ConfigText;
import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What checks keep: ten thousand of them have to fit beside everything else. */
class CheckMemoryTest {

    private static final int CHECKS = 2_000;

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final Checks checks = new Checks(
            new Surroundings(new Timeless(), this::look, new VerdictBoard(new Timeless()), Clock.systemUTC()),
            new Trackers(),
            name -> 0);
    private final InstalledType type =
            new InstalledType(new CheckType("probe", "for tests", "", List.of()), text -> new BlockingCheck() {
                @Override
                public CheckResult look(long timeoutMillis) {
                    throw new AssertionError("nobody looks here");
                }
            });
    private int runs;

    @Test
    void aCheckThatHasSeenALotIsSmall() throws Exception {
        checks.add(type, 0);
        settle();
        long before = used();
        for (int i = 0; i < CHECKS; i++) {
            checks.apply("check-" + i, settings(i));
        }
        settle();
        for (int i = 0; i < 130; i++) {
            checks.all().forEach(check -> check.runNow(() -> {}));
            settle();
        }
        long each = (used() - before) / CHECKS;
        System.out.println("one check costs " + each + " bytes of heap after 130 runs and 4 changes");

        assertThat(runs).isEqualTo(130 * CHECKS);
        assertThat(each).isBetween(500L, 4_000L);
        assertThat(checks.find("check-7")).isNotNull();
    }

    /** As a file of a TCP check would be. */
    private static CheckSettings settings(int i) throws Exception {
        var text = ConfigText.of(
                "check-" + i,
                "etc/io.halcyon.check-" + i + ".cfg",
                Map.of("type", "probe", "interval", "1", "fall", "3", "rise", "2"));
        return CheckSettings.of(text);
    }

    /** Mostly fine, with a new text each time; some failures in a row. */
    private Runner.Look look(Runner.Order order, Runner.Observer observer) {
        int round = runs++ / CHECKS;
        boolean fails = round % 60 > 50 && round % 60 < 56;
        var result = fails
                ? CheckResult.down(new String("connection refused"))
                : CheckResult.up(new String("connected")).withLatency(Duration.ofMillis(round));
        tasks.add(() -> observer.ended(result));
        return () -> true;
    }

    private void settle() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private static long used() {
        var memory = ManagementFactory.getMemoryMXBean();
        for (int i = 0; i < 3; i++) {
            memory.gc();
        }
        return memory.getHeapMemoryUsage().getUsed();
    }

    /** Timers never come; what is to be done at once is. */
    private final class Timeless implements Loop {

        @Override
        public int pauses() {
            return 0;
        }

        @Override
        public long nanos() {
            return TimeUnit.DAYS.toNanos(1);
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public Timer at(long nanos, Runnable task) {
            return () -> {};
        }
    }
}
