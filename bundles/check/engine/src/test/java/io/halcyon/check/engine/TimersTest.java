package io.halcyon.check.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimersTest {

    private final Timers timers = new Timers();
    private final List<String> fired = new ArrayList<>();

    @Test
    void equalsFireInTheOrderOfTheCalls() {
        for (int i = 0; i < 100; i++) {
            var name = "t" + i;
            timers.add(7, () -> fired.add(name));
        }
        fire(6);
        assertThat(fired).isEmpty();

        fire(7);
        assertThat(fired).hasSize(100).startsWith("t0", "t1", "t2").endsWith("t99");
    }

    @Test
    void cancellingTwiceOrAfterItFiredIsHarmless() {
        var first = timers.add(1, () -> fired.add("first"));
        var second = timers.add(2, () -> fired.add("second"));
        timers.add(3, () -> fired.add("third"));
        fire(1);
        timers.cancel(first);
        timers.cancel(second);
        timers.cancel(second);

        fire(3);
        assertThat(fired).containsExactly("first", "third");
        assertThat(timers.isEmpty()).isTrue();
    }

    @Test
    void theClockMayWrap() {
        timers.add(Long.MIN_VALUE + 5, () -> fired.add("later"));
        timers.add(Long.MAX_VALUE - 5, () -> fired.add("sooner"));

        assertThat(timers.firstNanos()).isEqualTo(Long.MAX_VALUE - 5);
        fire(Long.MIN_VALUE + 5);
        assertThat(fired).containsExactly("sooner", "later");
    }

    /** Random schedules against a list that is searched from end to end. */
    @Test
    void anyMixtureFiresWhatASimpleListWouldFire() {
        for (long seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var live = new ArrayList<Timers.Entry>();
            var wanted = new ArrayList<Long>();
            var seen = new ArrayList<Long>();
            for (int i = 0; i < 500; i++) {
                if (random.nextInt(3) == 0 && !live.isEmpty()) {
                    int victim = random.nextInt(live.size());
                    timers.cancel(live.remove(victim));
                    wanted.remove(victim);
                } else {
                    long at = random.nextInt(100);
                    live.add(timers.add(at, () -> seen.add(at)));
                    wanted.add(at);
                }
            }
            assertThat(timers.size()).isEqualTo(wanted.size());
            fire(99);

            wanted.sort(null);
            assertThat(seen).as("seed " + seed).isEqualTo(wanted);
        }
    }

    private void fire(long now) {
        for (var action = timers.poll(now); action != null; action = timers.poll(now)) {
            action.run();
        }
    }
}
