package io.halcyon.itests.lab.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** How regular advertisements are. */
final class Jitter {

    private static final List<String> NOTES = List.of(
            "How far the time between two advertisements of a router, both stamped by the kernel at the switch, is off the nominal one."
                    + " `runs` counts intervals, of three runs of 20 s; the daemons took turns. p50 and p99 are the middle one of the"
                    + " three, max is of all.",
            "\"over pcap\": Halcyon with `transport = pcap`, beside the same runs of keepalived.",
            "At work: each 2 s the priority of ten routers is edited (of keepalived's too, followed by SIGHUP), and Halcyon is asked for"
                    + " `vrrp:list -o json` some eight times a second. The edited routers themselves are not counted.");

    private Jitter() {}

    /** A disturbance of the machine that lasts a second is in one of them. */
    private static final int ROUNDS = 3;

    private record Trial(Samples idle, Samples atWork, int drops) {}

    static Section measure(Progress progress) {
        var load = new LoadNote();
        List<Figure> figures = new ArrayList<>();
        int missedOfOurs = 0;
        int missedOfTheirs = 0;
        for (var crowd : List.of(Crowd.fast(), Crowd.many())) {
            List<Trial> halcyon = new ArrayList<>();
            List<Trial> pcap = new ArrayList<>();
            List<Trial> peer = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                halcyon.add(run(Daemon.HALCYON, crowd, progress));
                peer.add(run(Daemon.KEEPALIVED, crowd, progress));
                if (crowd.isOne()) {
                    pcap.add(run(Daemon.HALCYON_PCAP, crowd, progress));
                }
            }
            figures.addAll(figures(crowd.title(), halcyon, peer));
            if (crowd.isOne()) {
                figures.addAll(figures(crowd.title() + " over pcap", pcap, peer));
            }
            missedOfOurs += drops(halcyon) + drops(pcap);
            missedOfTheirs += drops(peer);
        }
        figures.add(Drops.figure("jitter", missedOfOurs, missedOfTheirs));
        return new Section("jitter", figures, load.and(NOTES));
    }

    private static Trial run(Daemon daemon, Crowd crowd, Progress progress) {
        try (var stage = new JitterStage(daemon, crowd)) {
            progress.say("jitter, %s, %s: idle".formatted(daemon.title(), crowd.title()));
            stage.start();
            var idle = stage.idle();
            progress.say("jitter, %s, %s: at work".formatted(daemon.title(), crowd.title()));
            return new Trial(idle, stage.atWork(), stage.drops());
        }
    }

    private static int drops(List<Trial> trials) {
        return trials.stream().mapToInt(Trial::drops).sum();
    }

    private static List<Figure> figures(String title, List<Trial> halcyon, List<Trial> peer) {
        List<Figure> figures = new ArrayList<>();
        figures.addAll(off(title + ", idle", parts(halcyon, Trial::idle), parts(peer, Trial::idle)));
        figures.addAll(off(title + ", at work", parts(halcyon, Trial::atWork), parts(peer, Trial::atWork)));
        return figures;
    }

    private static List<Samples> parts(List<Trial> trials, Function<Trial, Samples> part) {
        return trials.stream().map(part).toList();
    }

    private static List<Figure> off(String title, List<Samples> halcyon, List<Samples> peer) {
        var name = title + ": advertisement off by, ";
        return List.of(
                figure(name + "p50", halcyon, peer, middle(0.5), Target.NONE),
                figure(name + "p99", halcyon, peer, middle(0.99), Target.timesPeer(1)),
                figure(name + "max", halcyon, peer, Jitter::most, Target.NONE));
    }

    private static Figure figure(
            String name,
            List<Samples> halcyon,
            List<Samples> peer,
            ToDoubleFunction<List<Samples>> statistic,
            Target target) {
        int intervals = Math.min(count(halcyon), count(peer));
        return new Figure(
                name, "ms", statistic.applyAsDouble(halcyon), statistic.applyAsDouble(peer), intervals, target);
    }

    /** The quantile of each run, of which the middle one. */
    private static ToDoubleFunction<List<Samples>> middle(double part) {
        return runs -> Samples.of(
                        runs.stream().mapToDouble(run -> run.quantile(part)).toArray())
                .median();
    }

    private static double most(List<Samples> runs) {
        return runs.stream().mapToDouble(Samples::max).max().orElse(Double.NaN);
    }

    private static int count(List<Samples> runs) {
        return runs.stream().mapToInt(Samples::count).sum();
    }
}
