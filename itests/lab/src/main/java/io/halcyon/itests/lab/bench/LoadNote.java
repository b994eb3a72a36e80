package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Whether the machine had other work when a measurement began. Made at its beginning; looks for a second. */
final class LoadNote {

    private static final Path STAT = Path.of("/proc/stat");
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int BUSY_PERCENT = 10;
    private static final int IDLE = 3;

    private final long busyPercent = busyPercent();

    /** The notes, and this one where it matters. */
    List<String> and(List<String> notes) {
        var all = new ArrayList<>(notes);
        if (busyPercent > BUSY_PERCENT) {
            all.add("**The machine was busy with something else when this began: " + busyPercent
                    + " % of its processors.**");
        }
        return all;
    }

    private static long busyPercent() {
        var before = ticks();
        Await.pass(LOOK, "time itself is measured");
        var after = ticks();
        long all = Arrays.stream(after).sum() - Arrays.stream(before).sum();
        long idle = after[IDLE] - before[IDLE];
        return all == 0 ? 0 : 100 * (all - idle) / all;
    }

    /** The first line of proc(5) {@code stat}: ticks per kind of work, all processors together. */
    private static long[] ticks() {
        var line = Usage.read(STAT).lines().findFirst().orElse("");
        return Arrays.stream(line.split(" +", -1))
                .skip(1)
                .mapToLong(Long::parseLong)
                .toArray();
    }
}
