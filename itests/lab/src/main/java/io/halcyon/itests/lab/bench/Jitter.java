package io.halcyon.itests.lab.bench;

import java.util.ArrayList;
import java.util.List;

/** How regular advertisements are. */
final class Jitter {

    private static final List<String> NOTES = List.of(
            "How far the time between two advertisements of a router, both stamped by the kernel at the switch, is off the nominal one;"
                    + " `runs` counts intervals.",
            "\"over pcap\": Halcyon with `transport = pcap`, beside the same run of keepalived.",
            "At work: each 2 s the priority of ten routers is edited (of keepalived's too, followed by SIGHUP), and Halcyon is asked for"
                    + " `vrrp:list -o json` some eight times a second. The edited routers themselves are not counted.");

    private Jitter() {}

    private record Trial(Samples idle, Samples atWork, int drops) {}

    static Section measure(Progress progress) {
        var load = new LoadNote();
        List<Figure> figures = new ArrayList<>();
        int missedOfOurs = 0;
        int missedOfTheirs = 0;
        for (var crowd : List.of(Crowd.fast(), Crowd.many())) {
            var halcyon = run(Daemon.HALCYON, crowd, progress);
            var peer = run(Daemon.KEEPALIVED, crowd, progress);
            missedOfOurs += halcyon.drops();
            missedOfTheirs += peer.drops();
            figures.addAll(figures(crowd.title(), halcyon, peer));
            if (crowd.isOne()) {
                var pcap = run(Daemon.HALCYON_PCAP, crowd, progress);
                missedOfOurs += pcap.drops();
                figures.addAll(figures(crowd.title() + " over pcap", pcap, peer));
            }
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

    private static List<Figure> figures(String title, Trial halcyon, Trial peer) {
        List<Figure> figures = new ArrayList<>(figures(title + ", idle", halcyon.idle(), peer.idle()));
        figures.addAll(figures(title + ", at work", halcyon.atWork(), peer.atWork()));
        return figures;
    }

    static List<Figure> figures(String title, Samples halcyon, Samples peer) {
        var name = title + ": advertisement off by, ";
        return List.of(
                Figure.of(name + "p50", "ms", halcyon, peer, samples -> samples.quantile(0.5), Target.NONE),
                Figure.of(name + "p99", "ms", halcyon, peer, samples -> samples.quantile(0.99), Target.timesPeer(1)),
                Figure.of(name + "max", "ms", halcyon, peer, Samples::max, Target.NONE));
    }
}
