package io.halcyon.check.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When a check looks for the first time. */
class WarmupTest {

    private final ManualLoop loop = new ManualLoop();
    private final long beginNanos = loop.nanos();

    @Test
    void firstLooksAreSpreadAtRandomOverTheTimeAndTheOthersAreAnIntervalApart() {
        var firsts = new ArrayList<Long>();
        var seconds = new ArrayList<Long>();
        var all = new ArrayList<Starts>();
        for (int turn = 0; turn < 1_000; turn++) {
            all.add(starts(turn, TimeUnit.SECONDS.toNanos(8), seconds, firsts));
        }
        all.forEach(Starts::begin);
        loop.advanceMillis(8_000);

        assertThat(firsts).hasSize(1_000);
        for (int quarter = 0; quarter < 4; quarter++) {
            long from = TimeUnit.SECONDS.toNanos(2L * quarter);
            // Nine standard deviations to either side.
            assertThat(firsts.stream().filter(at -> at >= from && at < from + TimeUnit.SECONDS.toNanos(2)))
                    .hasSizeBetween(125, 375);
        }
        loop.advanceMillis(10_000);
        assertThat(seconds)
                .containsExactlyElementsOf(firsts.stream()
                        .map(at -> at + TimeUnit.SECONDS.toNanos(10))
                        .toList());
    }

    @Test
    void zeroIsAtOnceAndNoneIsInTurnWithinASecond() {
        var first = new ArrayList<Long>();
        for (int turn = 0; turn < 50; turn++) {
            starts(turn, 0, new ArrayList<>(), first).begin();
        }
        loop.settle();
        assertThat(first).hasSize(50).containsOnly(0L);
        for (int turn = 0; turn < 50; turn++) {
            starts(turn, CheckSettings.IN_TURN, new ArrayList<>(), first).begin();
        }
        loop.settle();

        assertThat(first).hasSize(51);
        loop.advanceMillis(1_000);
        assertThat(first).hasSize(100);
    }

    @Test
    void aCheckWaitsForItsFirstLookAsLongAsItIsTold() {
        var stage = new Stage();
        stage.start(new SettingsBuilder().warmupMillis(3_600_000));
        var next = stage.status().nextAt();

        assertThat(stage.runner.runs()).isZero();
        assertThat(next).isBetween(Stage.START, Stage.START.plusSeconds(3_600));
        stage.loop.advanceMillis(3_600_000);
        assertThat(stage.told).contains("UP fine");
    }

    @Test
    void itIsReadFromTheKey() throws Refusal {
        assertThat(settings(Map.of()).warmupNanos()).isEqualTo(CheckSettings.IN_TURN);
        assertThat(settings(Map.of("warmup", "0")).warmupNanos()).isZero();
        assertThat(settings(Map.of("warmup", "2.5")).warmupNanos()).isEqualTo(2_500_000_000L);
        assertThatThrownBy(() -> settings(Map.of("warmup", "-1")))
                .hasMessageContaining("warmup = -1 is refused: allowed is a number from 0 to 86400");
    }

    private Starts starts(int turn, long warmupNanos, List<Long> later, List<Long> first) {
        var times = new ArrayList<Long>();
        var self = new Starts[1];
        self[0] = new Starts(loop, TimeUnit.SECONDS.toNanos(10), turn, warmupNanos, () -> {
            (times.isEmpty() ? first : later).add(loop.nanos() - beginNanos);
            times.add(loop.nanos());
            if (times.size() < 2) {
                self[0].next();
            }
        });
        return self[0];
    }

    private static CheckSettings settings(Map<String, String> keys) throws Refusal {
        var all = new HashMap<>(keys);
        all.put("type", "probe");
        return CheckSettings.of(ConfigText.of("c", "io.halcyon.check-c.cfg", all));
    }
}
