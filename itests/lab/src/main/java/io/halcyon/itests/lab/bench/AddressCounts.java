package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.AnnouncementFloor;
import io.halcyon.itests.lab.Distribution;
import io.halcyon.itests.lab.KernelFloor;
import io.halcyon.itests.lab.Lab;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What many addresses on one router cost. */
final class AddressCounts {

    private static final List<Integer> COUNTS = List.of(1, 100, 1000);

    /** From so many addresses on it counts. */
    private static final int MANY = 1000;

    private static final double FACTOR = 0.5;
    private static final int FLOOR_RUNS = 10;

    /** What both daemons send at once for each, {@code vrrp_garp_master_repeat}. */
    private static final int GARPS = 5;

    private static final List<String> NOTES = List.of(
            "VRRPv3 at 0.1 s; the master's cable is cut. Times count from the new master's first advertisement.",
            "\"last GARP\" is the last of the first burst; both daemons repeat all of them five seconds later.",
            "\"first\": takeovers of ten daemons, each the first of its life (with 1,000 addresses of twenty: the two daemons take"
                    + " turns, ten each). \"warm\": of one that had taken over three times before.",
            "An address is present when the kernel takes packets for it: it has told a listener of the address, or of a route of type"
                    + " local that covers it. It is listed when it has told of the address itself, which is read with up to 1 ms of"
                    + " delay. The targets are of what clients notice; the list has none, because half of keepalived's is about what the"
                    + " kernel alone takes, see the row of that name.",
            "\"the kernel alone, listed\": all of them in one system call, with nobody who listens and nothing announced. With GARPs:"
                    + " a second thread sends those at the same time, a thousand a call, whether the addresses are there or not. No daemon"
                    + " of two threads can be quicker than that. Beside it: keepalived, warm.");

    private AddressCounts() {}

    static Section measure(Progress progress) {
        var load = new LoadNote();
        List<Figure> figures = new ArrayList<>();
        int missedOfOurs = 0;
        int missedOfTheirs = 0;
        for (int count : COUNTS) {
            var halcyon = AddressTrials.run(Daemon.HALCYON, count, progress);
            var peer = AddressTrials.run(Daemon.KEEPALIVED, count, progress);
            if (count >= MANY) {
                // In turn: what else the machine does for half a minute would otherwise meet one of them alone.
                halcyon = halcyon.and(AddressTrials.run(Daemon.HALCYON, count, progress));
                peer = peer.and(AddressTrials.run(Daemon.KEEPALIVED, count, progress));
            }
            missedOfOurs += halcyon.drops();
            missedOfTheirs += peer.drops();
            figures.addAll(figures(count, halcyon, peer));
            if (count == MANY) {
                figures.addAll(floors(peer));
            }
        }
        figures.add(Drops.figure("addresses", missedOfOurs, missedOfTheirs));
        return new Section("addresses", figures, load.and(NOTES));
    }

    private static List<Figure> floors(AddressTrials peer) {
        var name = "bench-floor";
        try (var lab = Lab.create(
                name, Distribution.root().resolve("itests/lab/target/labs").resolve(name), 1)) {
            return List.of(
                    floor(
                            "the kernel alone, listed",
                            KernelFloor.addMillis(lab.host("h1"), MANY, FLOOR_RUNS),
                            peer.warm(Spread::listedMillis)),
                    floor(
                            "the kernel alone, listed and five GARPs each",
                            AnnouncementFloor.millis(lab.host("h1"), MANY, GARPS, FLOOR_RUNS),
                            peer.warm(Spread::lastMillis)));
        }
    }

    private static Figure floor(String what, double[] millis, Samples peer) {
        return Figure.medians("1,000 addresses: " + what, "ms", Samples.of(millis), peer, Target.NONE);
    }

    static List<Figure> figures(int count, AddressTrials halcyon, AddressTrials peer) {
        List<Figure> figures = new ArrayList<>();
        var target = count >= MANY ? Target.timesPeer(FACTOR) : Target.NONE;
        row(figures, count, "last address present", halcyon, peer, Spread::presentMillis, target);
        row(figures, count, "last address listed", halcyon, peer, Spread::listedMillis, Target.NONE);
        row(figures, count, "each one's first GARP", halcyon, peer, Spread::announcedMillis, target);
        row(figures, count, "last GARP", halcyon, peer, Spread::lastMillis, target);
        return figures;
    }

    private static void row(
            List<Figure> figures,
            int count,
            String what,
            AddressTrials halcyon,
            AddressTrials peer,
            ToDoubleFunction<Spread> value,
            Target target) {
        var name = String.format(Locale.ROOT, "%,d %s, %%s: %s", count, count == 1 ? "address" : "addresses", what);
        figures.add(Figure.medians(name.formatted("first"), "ms", halcyon.first(value), peer.first(value), target));
        figures.add(Figure.medians(name.formatted("warm"), "ms", halcyon.warm(value), peer.warm(value), target));
    }
}
