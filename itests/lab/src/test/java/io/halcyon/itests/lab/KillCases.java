package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The master's daemon is killed again and again; what a dead host keeps must be gone with its lease. */
abstract class KillCases extends PairCases {

    KillCases(Router home, Pair.Maker first, Pair.Maker second) {
        super(home, first, second);
        KillBaseline.begin(home());
    }

    @Test
    void aKilledMasterIsReplacedAndItsAddressDies() {
        boolean ours = pair().a() instanceof HalcyonNode;
        int lost = 0;
        for (int run = 0; run < KillBaseline.RUNS; run++) {
            bothAreWellAndTheFirstIsMaster();
            lost += killOnce(ours);
        }
        if (ours) {
            int theirs = KillBaseline.lost(home());
            System.out.printf(
                    "%s: %d runs of kill -9 lost %d probes, keepalived %d%n",
                    getClass().getSimpleName(), KillBaseline.RUNS, lost, theirs);
            assertThat(lost).as("probes lost in %d runs", KillBaseline.RUNS).isLessThanOrEqualTo(theirs);
            if (pair().b() instanceof KeepalivedNode) {
                assertThat(lost).isZero();
            }
        }
        assertThat(pair().capture().drops()).isZero();
    }

    private int killOnce(boolean ours) {
        long killed = Times.now();
        pair().a().kill();
        pair().awaitMaster(pair().b(), away(), LIMIT);
        takenOverInTime(killed);
        if (ours) {
            departures().happenWithTheLease(killed);
        } else {
            ((KeepalivedNode) pair().a()).removeLeftOvers(home());
        }
        long end = Times.now();
        assertThat(wire().reigns(killed - homeInterval(), end)).containsExactly("h1", "h2");
        var service = pair().prober().of(VIP).between(killed, end);
        double takeover =
                Times.millis(killed, wire().adverts("h2", killed).get(0).at());
        service.losses()
                .forEach(loss -> System.out.printf(
                        "%s: %s; the takeover came after %.1f ms%n", getClass().getSimpleName(), loss, takeover));
        return service.lost();
    }
}
