package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.bench.FaultTrials.Trial;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** What a fault costs, at three intervals. */
final class Failover {

    /** As the client sees it, a takeover may take this many times what it takes with the peer. */
    private static final double CLIENT_FACTOR = 1.03;

    /** Nothing is started in between: that is another matter where the processors are busy. */
    private static final Set<Fault> ON_A_BUSY_MACHINE = EnumSet.of(Fault.CUT);

    private static final String MILLIS = "ms";
    private static final String PROBES = "probes";

    private final List<Figure> figures = new ArrayList<>();
    private final Pace pace;
    private final FaultTrials halcyon;
    private final FaultTrials peer;

    private Failover(Pace pace, FaultTrials halcyon, FaultTrials peer) {
        this.pace = pace;
        this.halcyon = halcyon;
        this.peer = peer;
    }

    static Section measure(Progress progress) {
        var load = new LoadNote();
        List<Figure> figures = new ArrayList<>();
        int missedOfOurs = 0;
        int missedOfTheirs = 0;
        for (var pace : Pace.ALL) {
            var halcyon = FaultTrials.run(Daemon.HALCYON, pace, progress);
            var peer = FaultTrials.run(Daemon.KEEPALIVED, pace, progress);
            missedOfOurs += halcyon.drops();
            missedOfTheirs += peer.drops();
            figures.addAll(figures(pace, halcyon, peer));
            if (pace.equals(Pace.MIDDLE)) {
                var pcap = FaultTrials.run(Daemon.HALCYON_PCAP, pace, progress);
                missedOfOurs += pcap.drops();
                figures.addAll(figures(pace.titled(pace.title() + " over pcap"), pcap, peer));
            }
        }
        var pace = Pace.SLOWEST.titled(Pace.SLOWEST.title() + ", busy machine");
        try (var bustle = new Bustle()) {
            progress.say("failover, beside %d programs that never rest".formatted(bustle.programs()));
            var halcyon = FaultTrials.run(Daemon.HALCYON, pace, ON_A_BUSY_MACHINE, progress);
            var peer = FaultTrials.run(Daemon.KEEPALIVED, pace, ON_A_BUSY_MACHINE, progress);
            missedOfOurs += halcyon.drops();
            missedOfTheirs += peer.drops();
            figures.addAll(onABusyMachine(pace, halcyon, peer));
        }
        figures.add(Drops.figure("failover", missedOfOurs, missedOfTheirs));
        return new Section("failover", figures, load.and(NOTES));
    }

    static final List<String> NOTES = List.of(
            "1 s is VRRPv2, the others are VRRPv3; priorities 100 and 90, so master-down is 3648.4, 364.8 and 36.48 ms.",
            "Both daemons were struck at the same ten phases of the interval after an advertisement, none nearer than 2 ms to the next;"
                    + " one pair of daemons lived through all faults at an interval.",
            "\"seen by the client\" is from the fault to the first probe that the new master answered. A killed or frozen keepalived"
                    + " keeps its address, and so does Halcyon until its lease ends: the client then notices no outage at all.",
            "\"busy machine\": beside programs that never rest, one more than there are processors; nothing has real-time priority.",
            "\"over pcap\": Halcyon with `transport = pcap`, beside the same runs of keepalived.",
            "At a planned stop the client has no outage, so it does not notice how long SIGTERM to takeover takes: with Halcyon some 20 ms"
                    + " longer, in which the JVM begins to end.",
            "The return is the preferred master's, started again after a planned stop.");

    static List<Figure> figures(Pace pace, FaultTrials halcyon, FaultTrials peer) {
        var rows = new Failover(pace, halcyon, peer);
        List.of(Fault.KILL, Fault.CUT, Fault.FROZEN).forEach(rows::unplanned);
        rows.planned();
        rows.comeback();
        return rows.figures;
    }

    static List<Figure> onABusyMachine(Pace pace, FaultTrials halcyon, FaultTrials peer) {
        var rows = new Failover(pace, halcyon, peer);
        ON_A_BUSY_MACHINE.forEach(fault -> {
            rows.takeover(fault);
            rows.latest(fault);
        });
        return rows.figures;
    }

    private void latest(Fault fault) {
        figures.add(Figure.of(
                title(fault) + "last advertisement to takeover, latest",
                MILLIS,
                halcyon.of(fault, Failover::silenceMillis),
                peer.of(fault, Failover::silenceMillis),
                Samples::max,
                Target.NONE));
    }

    private void takeover(Fault fault) {
        double masterDown = pace.away().masterDownMillis();
        var name = title(fault);
        add(
                name + "last advertisement to takeover",
                MILLIS,
                fault,
                Failover::silenceMillis,
                Target.atMost(masterDown + pace.lateMillis()));
        figures.add(Figure.of(
                name + "the same, earliest",
                MILLIS,
                halcyon.of(fault, Failover::silenceMillis),
                peer.of(fault, Failover::silenceMillis),
                Samples::min,
                Target.atLeast(masterDown)));
        add(
                name + "takeover seen by the client",
                MILLIS,
                fault,
                trial -> trial.takeover().clientMillis(),
                Target.timesPeer(CLIENT_FACTOR));
    }

    private void unplanned(Fault fault) {
        takeover(fault);
        var name = title(fault);
        add(name + "client outage", MILLIS, fault, trial -> trial.during().outageMillis(), Target.NONE);
        add(name + "lost probes", PROBES, fault, trial -> trial.during().lost(), Target.NONE);
        if (fault == Fault.KILL) {
            add(
                    name + "address stays on the dead host",
                    MILLIS,
                    fault,
                    trial -> trial.takeover().staysMillis(),
                    Target.NONE);
        }
    }

    private void planned() {
        var fault = Fault.STOP;
        add(
                title(fault) + "SIGTERM to takeover",
                MILLIS,
                fault,
                trial -> trial.takeover().advertMillis(),
                Target.NONE);
        add(
                title(fault) + "client outage",
                MILLIS,
                fault,
                trial -> trial.during().outageMillis(),
                Target.NONE);
        figures.add(Figure.of(
                title(fault) + "lost probes, worst run",
                PROBES,
                halcyon.of(fault, trial -> trial.during().lost()),
                peer.of(fault, trial -> trial.during().lost()),
                Samples::max,
                pace.stopsLoseNothing() ? Target.atMost(0) : Target.NONE));
    }

    private void comeback() {
        var fault = Fault.STOP;
        var name = "return, " + pace.title() + ": ";
        add(
                name + "start to first advertisement",
                MILLIS,
                fault,
                trial -> trial.comeback().advertMillis(),
                Target.NONE);
        add(name + "client outage", MILLIS, fault, trial -> trial.after().outageMillis(), Target.NONE);
        add(name + "lost probes", PROBES, fault, trial -> trial.after().lost(), Target.NONE);
    }

    private static double silenceMillis(Trial trial) {
        return trial.takeover().silenceMillis();
    }

    private String title(Fault fault) {
        return fault.title() + ", " + pace.title() + ": ";
    }

    private void add(String name, String unit, Fault fault, ToDoubleFunction<Trial> value, Target target) {
        figures.add(Figure.medians(name, unit, halcyon.of(fault, value), peer.of(fault, value), target));
    }
}
