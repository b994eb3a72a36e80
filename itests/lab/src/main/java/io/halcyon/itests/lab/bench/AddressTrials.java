package io.halcyon.itests.lab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Takeovers of one kind of daemon with so many addresses.
 *
 * @param first each by a daemon that had never been master
 * @param warm by one daemon that had been it before
 */
record AddressTrials(List<Spread> first, List<Spread> warm, int drops) {

    private static final int RUNS = 10;
    private static final int WARM_UP = 3;

    static AddressTrials run(Daemon daemon, int count, Progress progress) {
        try (var stage = new AddressStage(daemon, count)) {
            stage.start();
            progress.say("addresses, %s with %,d: %d takeovers, each the first of a daemon"
                    .formatted(daemon.title(), count, RUNS));
            List<Spread> first = new ArrayList<>();
            first.add(stage.takeover());
            while (first.size() < RUNS) {
                stage.renewOther();
                first.add(stage.takeover());
            }
            progress.say("addresses, %s with %,d: %d takeovers of one that is warmed up"
                    .formatted(daemon.title(), count, RUNS));
            List<Spread> warm = new ArrayList<>();
            for (int i = 1; i < WARM_UP + RUNS; i++) { // its first one is among those above
                warm.add(stage.takeover());
            }
            return new AddressTrials(first, warm.subList(WARM_UP - 1, warm.size()), stage.drops());
        }
    }

    AddressTrials and(AddressTrials more) {
        return new AddressTrials(both(first, more.first), both(warm, more.warm), drops + more.drops);
    }

    private static List<Spread> both(List<Spread> some, List<Spread> more) {
        List<Spread> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    Samples first(ToDoubleFunction<Spread> value) {
        return Samples.of(first.stream().mapToDouble(value).toArray());
    }

    Samples warm(ToDoubleFunction<Spread> value) {
        return Samples.of(warm.stream().mapToDouble(value).toArray());
    }
}
