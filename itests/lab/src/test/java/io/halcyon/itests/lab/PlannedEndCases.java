package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Every other planned end of a master that is Halcyon's loses no probe either, whoever comes next. */
abstract class PlannedEndCases extends FailoverCases {

    /** Long enough after the handover to see that h2 answers; shorter than any way back. */
    private static final long SEEN_NANOS = 100_000_000;

    PlannedEndCases(Router home, Pair.Maker first, Pair.Maker second) {
        super(home, first, second);
    }

    private HalcyonNode node() {
        return (HalcyonNode) pair().a();
    }

    @Test
    @Order(3)
    void aFailoverOnCommandLosesNoProbe() {
        long asked = Times.now();
        node().command("vrrp:failover", home().name()).orThrow();
        movesWithoutALostProbe(asked);
        pair().awaitMaster(pair().b(), away(), LIMIT);

        // Whoever handed over on command does not take back; a node that starts anew does.
        node().stop(LIMIT);
        theReturnIsOneTransition(() -> node().start());
    }

    @Test
    @Order(3)
    void aDeletedFileLosesNoProbe() throws IOException {
        var file = node().file(home());
        var text = Files.readString(file);
        long deleted = Times.now();
        Files.delete(file);
        movesWithoutALostProbe(deleted);

        theReturnIsOneTransition(() -> Directories.write(file, text));
    }

    /** The launcher's restart is a stop and a start; what it starts is supervised, so it ends by the launcher, too. */
    @Test
    @Order(3)
    void aRestartLosesNoProbe() {
        long asked = Times.now();
        node().command("restart").orThrow();
        movesWithoutALostProbe(asked);
        pair().awaitMaster(node(), home(), LIMIT);

        long stopped = Times.now();
        node().command("stop").orThrow();
        movesWithoutALostProbe(stopped);
    }

    /** From h1 to h2; what comes after h1's next advertisement is another matter. */
    private void movesWithoutALostProbe(long since) {
        long takeover = pair().capture()
                .awaitAdvert(
                        "h2 takes over",
                        since,
                        LIMIT,
                        advert -> advert.host().equals("h2") && advert.vrid() == home().vrid())
                .at();
        departures().followTheAnnouncement(since);
        long gone = pair().addresses().awaitGone("h1", VIP, takeover, LIMIT);
        long moved = gone + SEEN_NANOS;
        var service = pair().prober().of(VIP).between(since, moved);

        assertThat(wire().resignations("h1", since)).hasSize(2);
        assertThat(service.lost()).isZero();
        assertThat(service.hosts()).containsExactly("h1", "h2");
    }
}
