package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.Program;
import java.time.Duration;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** What a data plane of ours takes for {@link Farm#LARGE}; see {@link LvsLoad}. */
final class LvsTrials {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Supplier<Program> program;
    private final Runnable clear;
    private final IntConsumer verify;
    private final LvsTimes times = new LvsTimes();

    /**
     * @param program starts {@link LvsLoad}
     * @param clear takes everything out of the kernel
     * @param verify fails unless the kernel has that round
     */
    LvsTrials(Supplier<Program> program, Runnable clear, IntConsumer verify) {
        this.program = program;
        this.clear = clear;
        this.verify = verify;
    }

    /**
     * Measures.
     *
     * @param processes how often all is done by a new process
     * @param warmUp what each of them does before it counts as warm
     * @param repeats what each of them does then
     */
    LvsTimes run(int processes, int warmUp, int repeats) {
        for (int i = 0; i < processes; i++) {
            clear.run();
            firstLife();
            secondLife(warmUp, repeats);
        }
        return times;
    }

    private void firstLife() {
        long start = System.nanoTime();
        try (var load = program.get()) {
            load.await("ready", LIMIT);
            var put = put(load, 0);
            times.add(LvsTimes.Step.PROCESS, start, put.applied());
            times.add(LvsTimes.Step.START, put.sent(), put.applied());
        }
    }

    private void secondLife(int warmUp, int repeats) {
        try (var load = program.get()) {
            load.await("ready", LIMIT);
            add(LvsTimes.Step.RECONCILE_FIRST, put(load, 0));
            add(LvsTimes.Step.WEIGHTS_FIRST, put(load, 1));
            for (int i = 1; i <= warmUp + repeats; i++) {
                var weights = put(load, i + 1);
                load.ask("reopen", "open", LIMIT);
                var reconcile = put(load, i + 1);
                if (i > warmUp) {
                    add(LvsTimes.Step.WEIGHTS, weights);
                    add(LvsTimes.Step.RECONCILE, reconcile);
                }
            }
        }
    }

    private void add(LvsTimes.Step step, Put put) {
        times.add(step, put.sent(), put.applied());
    }

    private record Put(long sent, long applied) {}

    private Put put(Program load, int round) {
        var words = load.ask("put " + round, "put ", LIMIT).split(" ", -1);
        verify.accept(round);
        return new Put(Long.parseLong(words[1]), Long.parseLong(words[2]));
    }
}
