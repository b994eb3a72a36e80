package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.bench.OverlapTrials.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What it costs a client that two hosts have an address for a while. */
final class Overlap {

    private static final List<Integer> COUNTS = List.of(1, 1000);

    private static final double STOP_MILLIS = 50;
    private static final double KILL_MILLIS = 1_100;

    private static final List<String> NOTES = List.of(
            "VRRPv3 at 0.1 s. In half of the runs the leaving host's answers reach the client first, in the others the new master's: the"
                    + " switch floods to one port before the other.",
            "\"resolved anew\": the client forgets an address once in a run, 50 to 200 ms after SIGTERM or 0.25 to 3.6 s after a kill, and"
                    + " resolves it with its next probe; the longest time without an answer of any address in any run. \"known\": addresses"
                    + " that it does not forget.",
            "Of 1,000 addresses 40 are asked, each every 4 ms, and every other one is forgotten, each at another moment. A single one is asked"
                    + " every millisecond, and forgotten in every other run, at ten moments.",
            "A killed host's kernel answers until the lease ends. A killed keepalived's keeps its addresses, so its client is answered by a"
                    + " host on which nothing runs any more.");

    private Overlap() {}

    static Section measure(Progress progress) {
        var load = new LoadNote();
        List<Figure> figures = new ArrayList<>();
        int missedOfOurs = 0;
        int missedOfTheirs = 0;
        for (int count : COUNTS) {
            var halcyon = OverlapTrials.run(Daemon.HALCYON, count, progress);
            var peer = OverlapTrials.run(Daemon.KEEPALIVED, count, progress);
            missedOfOurs += halcyon.drops();
            missedOfTheirs += peer.drops();
            figures.addAll(figures(count, halcyon, peer));
        }
        figures.add(Drops.figure("overlap", missedOfOurs, missedOfTheirs));
        return new Section("overlap", figures, load.and(NOTES));
    }

    static List<Figure> figures(int count, OverlapTrials halcyon, OverlapTrials peer) {
        List<Figure> figures = new ArrayList<>();
        var addresses = String.format(Locale.ROOT, "%,d %s", count, count == 1 ? "address" : "addresses");
        rows(figures, Fault.STOP, addresses, halcyon.stops(), peer.stops(), STOP_MILLIS);
        rows(figures, Fault.KILL, addresses, halcyon.kills(), peer.kills(), KILL_MILLIS);
        return figures;
    }

    private static void rows(
            List<Figure> figures,
            Fault fault,
            String addresses,
            List<Trial> halcyon,
            List<Trial> peer,
            double mostMillis) {
        var name = fault.title() + ", " + addresses + ": ";
        figures.add(Figure.of(
                name + "resolved anew, longest wait",
                "ms",
                OverlapTrials.of(halcyon, Trial::longestWaitMillis),
                OverlapTrials.of(peer, Trial::longestWaitMillis),
                Samples::max,
                Target.atMost(mostMillis)));
        figures.add(Figure.of(
                name + "known, lost probes, worst run",
                "probes",
                OverlapTrials.of(halcyon, Trial::lost),
                OverlapTrials.of(peer, Trial::lost),
                Samples::max,
                Target.atMost(0)));
    }
}
