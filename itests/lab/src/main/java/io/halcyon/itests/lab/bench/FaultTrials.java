package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.Answers.Service;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Faults at one interval with one kind of daemon, each at the same phases after an advertisement. */
final class FaultTrials {

    /** As many as a median needs, spread over the interval. */
    static final int PHASES = 10;

    /** One fault, what came of it for the client, the return, and what that cost the client. */
    record Trial(Takeover takeover, Service during, Comeback comeback, Service after) {}

    private final Map<Fault, List<Trial>> trials;
    private final int drops;

    private FaultTrials(Map<Fault, List<Trial>> trials, int drops) {
        this.trials = trials;
        this.drops = drops;
    }

    static FaultTrials run(Daemon daemon, Pace pace, Progress progress) {
        return run(daemon, pace, EnumSet.allOf(Fault.class), progress);
    }

    /** Some faults only. */
    static FaultTrials run(Daemon daemon, Pace pace, Set<Fault> faults, Progress progress) {
        Map<Fault, List<Trial>> trials = new EnumMap<>(Fault.class);
        try (var stage = new FaultStage(daemon, pace)) {
            stage.start();
            for (var fault : faults) {
                progress.say("failover, %s at %s: %s, %d times"
                        .formatted(daemon.title(), pace.title(), fault.title(), PHASES * pace.rounds()));
                trials.put(fault, trials(stage, fault, pace.rounds()));
            }
            return new FaultTrials(trials, stage.drops());
        }
    }

    private static List<Trial> trials(FaultStage stage, Fault fault, int rounds) {
        List<Takeover> takeovers = new ArrayList<>();
        List<Comeback> comebacks = new ArrayList<>();
        for (int i = 0; i < PHASES * rounds; i++) {
            takeovers.add(stage.strike(fault, (i % PHASES + 0.5) / PHASES));
            comebacks.add(stage.mend(fault));
        }
        // Only now, because the last answers to a run's probes are waited for.
        return IntStream.range(0, takeovers.size())
                .mapToObj(i -> trial(stage, takeovers.get(i), comebacks.get(i)))
                .toList();
    }

    private static Trial trial(FaultStage stage, Takeover takeover, Comeback comeback) {
        return new Trial(
                takeover,
                stage.service(takeover.struckAt(), takeover.overAt()),
                comeback,
                stage.service(comeback.mendedAt(), comeback.overAt()));
    }

    Samples of(Fault fault, ToDoubleFunction<Trial> value) {
        return Samples.of(trials.getOrDefault(fault, List.of()).stream()
                .mapToDouble(value)
                .toArray());
    }

    int drops() {
        return drops;
    }
}
