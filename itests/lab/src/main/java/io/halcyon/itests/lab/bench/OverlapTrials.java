package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.Answers.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Handovers and deaths of one kind of daemon with so many addresses, each with either host's answers first. */
record OverlapTrials(List<Trial> stops, List<Trial> kills, int drops) {

    /** For each host whose answers come first. */
    private static final int ROUNDS = 5;

    /**
     * What the client saw of the addresses that it forgot, and of those that it did not forget; in runs with one address one of
     * the two is empty.
     */
    record Trial(List<Service> forgotten, List<Service> known) {

        double longestWaitMillis() {
            return forgotten.stream().mapToDouble(Service::outageMillis).max().orElse(Double.NaN);
        }

        double lost() {
            return known.isEmpty()
                    ? Double.NaN
                    : known.stream().mapToInt(Service::lost).sum();
        }
    }

    static OverlapTrials run(Daemon daemon, int count, Progress progress) {
        try (var stage = new OverlapStage(daemon, count)) {
            stage.start();
            List<OverlapStage.Span> stops = new ArrayList<>();
            List<OverlapStage.Span> kills = new ArrayList<>();
            for (var host : stage.hosts()) {
                stage.answersFirst(host);
                progress.say("overlap, %s with %,d, answers of %s first: planned stop and kill, %d times each"
                        .formatted(daemon.title(), count, host, ROUNDS));
                for (int i = 0; i < ROUNDS; i++) {
                    double part = (i + 0.5) / ROUNDS;
                    for (var forgotten : choices(stage.asked())) {
                        stops.add(stage.strike(Fault.STOP, forgotten, part));
                        kills.add(stage.strike(Fault.KILL, forgotten, part));
                    }
                }
            }
            // Only now, because the last answers to a run's probes are waited for.
            return new OverlapTrials(trials(stage, stops), trials(stage, kills), stage.drops());
        }
    }

    /** Every other address at a time; the only one in one run and not in the next. */
    private static List<List<String>> choices(List<String> asked) {
        if (asked.size() == 1) {
            return List.of(asked, List.of());
        }
        return List.of(Stream.iterate(0, i -> i < asked.size(), i -> i + 2)
                .map(asked::get)
                .toList());
    }

    private static List<Trial> trials(OverlapStage stage, List<OverlapStage.Span> spans) {
        return spans.stream()
                .map(span -> new Trial(services(stage, span, span.forgotten()), services(stage, span, span.known())))
                .toList();
    }

    private static List<Service> services(OverlapStage stage, OverlapStage.Span span, List<String> addresses) {
        return addresses.stream().map(address -> stage.service(address, span)).toList();
    }

    /** Of the runs that tell. */
    static Samples of(List<Trial> trials, ToDoubleFunction<Trial> value) {
        return Samples.of(trials.stream()
                .mapToDouble(value)
                .filter(one -> !Double.isNaN(one))
                .toArray());
    }
}
