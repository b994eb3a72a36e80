package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.Await;
import io.halcyon.itests.lab.Directories;
import io.halcyon.itests.lab.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What keepalived takes for {@link Farm#LARGE}, seen in the kernel's table. It compares all at each SIGHUP; one weight is another
 * then, so that its end can be seen, and after a restart one entry is missing. It logs nothing: a line for each change costs it more
 * than the change.
 */
final class KeepalivedTrials {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration STEP = Duration.ofMillis(10);
    private static final int WARM_UP = 50;

    private final Farm farm = Farm.LARGE;
    private final LvsTimes times = new LvsTimes();
    private final Path configuration;

    KeepalivedTrials(Path directory) {
        this.configuration = directory.resolve("keepalived.conf");
    }

    LvsTimes run(int processes, int repeats) {
        warmUp();
        for (int i = 0; i < processes; i++) {
            firstLife(repeats);
            secondLife(repeats);
            Context.output("ipvsadm", "--clear");
        }
        return times;
    }

    /** Our own looks at the table must not be what is measured. */
    private void warmUp() {
        for (int i = 0; i < WARM_UP; i++) {
            IpvsTable.is(farm, 0, 0);
        }
    }

    private void firstLife(int repeats) {
        write(0, 0);
        long start = System.nanoTime();
        try (var keepalived = started()) {
            awaitTable(0, 0);
            long filled = System.nanoTime();
            times.add(LvsTimes.Step.PROCESS, start, filled);
            times.add(LvsTimes.Step.START, start, filled);
            for (int i = 1; i <= repeats; i++) {
                reload(LvsTimes.Step.RECONCILE, keepalived, i - 1, i);
                reload(LvsTimes.Step.WEIGHTS, keepalived, i, i);
            }
        }
    }

    /** It was killed, and all but one entry is still there. */
    private void secondLife(int round) {
        Context.output(
                "ipvsadm", "--delete-server", "--tcp-service", farm.lastService(), "--real-server", farm.lastServer());
        long start = System.nanoTime();
        try (var keepalived = started()) {
            awaitTable(round, round);
            times.add(LvsTimes.Step.RECONCILE_FIRST, start, System.nanoTime());
            keepalived.requireRunning();
        }
    }

    private Program started() {
        return Program.here(List.of("/usr/sbin/keepalived", "-n", "-l", "-C", "-f", configuration.toString()));
    }

    private void reload(LvsTimes.Step step, Program keepalived, int round, int lastRound) {
        write(round, lastRound);
        long start = System.nanoTime();
        keepalived.grip().hangUp();
        awaitTable(round, lastRound);
        times.add(step, start, System.nanoTime());
    }

    private void write(int round, int lastRound) {
        Directories.write(configuration, farm.keepalived(round, lastRound));
    }

    private void awaitTable(int round, int lastRound) {
        Await.until("keepalived's entries of round " + round, LIMIT, () -> {
            Await.pass(STEP, "who looks takes time from who works");
            return IpvsTable.is(farm, round, lastRound);
        });
    }
}
