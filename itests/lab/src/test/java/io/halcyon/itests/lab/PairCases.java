package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

/**
 * A pair of daemons that lives as long as the class, because starting them is what costs time; every case begins with
 * {@code a} as master and both well.
 */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PairCases {

    static final String VIP = "192.168.88.50";
    static final Duration LIMIT = Duration.ofSeconds(30);

    /** A timer of one node against a packet of the other: both are seen at the bridge, up to this earlier. */
    static final double EARLY_MILLIS = 5;

    /** An address of the other family that moves without being advertised. */
    static final String EXCLUDED = "2001:db8:88:0:0:0:0:50";

    private final Router home;
    private final Router away;
    private final Pair.Maker first;
    private final Pair.Maker second;
    private Pair pair;
    private Wire wire;
    private Departures departures;
    private Path tracked;

    PairCases(Router home, Pair.Maker first, Pair.Maker second) {
        this.home = home.excluding(EXCLUDED + "/64");
        this.away = this.home.withPriority(90);
        this.first = first;
        this.second = second;
    }

    @BeforeAll
    void makeTheLab() throws IOException {
        pair = new Pair("lab-" + getClass().getSimpleName(), first, second, List.of(VIP));
        wire = new Wire(pair.capture(), home.vrid());
        departures = new Departures(getClass().getSimpleName(), pair, wire, lateMillis());
        tracked = pair.lab().directory("h1").resolve("healthy");
        Files.writeString(tracked, "");
        configure(home, away);
    }

    @AfterAll
    void endTheLab() {
        if (pair != null) {
            pair.close();
        }
    }

    final void configure(Router ofA, Router ofB) {
        pair.a().configure(List.of(ofA.tracking(tracked.toString(), -20)));
        pair.b().configure(List.of(ofB));
    }

    @BeforeEach
    void bothAreWellAndTheFirstIsMaster() {
        boolean fresh = !pair.b().alive();
        if (fresh) {
            pair.b().start();
        }
        if (!pair.a().alive()) {
            pair.a().start();
        }
        if (fresh) {
            pair.b().awaitBackup(LIMIT); // a master alone is no proof that somebody would take over
            // Until a backup has heard its master once, its timer runs from its own start.
            pair.capture()
                    .awaitAdvert(
                            "an advertisement that the backup hears",
                            Times.now(),
                            LIMIT,
                            advert -> advert.host().equals(pair.a().host()) && advert.priority() > 0);
        }
        pair.awaitMaster(pair.a(), home, LIMIT);
    }

    Pair pair() {
        return pair;
    }

    Wire wire() {
        return wire;
    }

    Departures departures() {
        return departures;
    }

    Router home() {
        return home;
    }

    Path tracked() {
        return tracked;
    }

    Router away() {
        return away;
    }

    /** Not before the master-down interval since the last advertisement, and not much after it. */
    final void takenOverInTime(long fault) {
        var takeover = wire.adverts("h2", fault).get(0);
        var last = wire.last("h1", takeover.at()).orElseThrow();
        assertThat(Times.millis(last.at(), takeover.at()))
                .as("time from the last advertisement to the takeover")
                .isBetween(away.masterDownMillis() - EARLY_MILLIS, away.masterDownMillis() + lateMillis());
        assertThat(wire.adverts("h1", takeover.at())).isEmpty();
    }

    final void theReturnIsOneTransition(Runnable heal) {
        long healed = Times.now();
        heal.run();
        pair.awaitMaster(pair.a(), home, LIMIT);
        long end = Times.now();
        assertThat(wire.reigns(healed - homeInterval(), end)).containsExactly("h2", "h1");
        departures.cost(pair.b(), "h1", healed, end);
    }

    /**
     * What waking up, sending and, on a busy machine, waiting for a processor may cost; more at 1 s, because another laboratory is
     * made and ended meanwhile. How late it really is the bench measures.
     */
    final double lateMillis() {
        return home.version() == 2 ? 300 : 100;
    }

    /** Long enough to see the reign that was before. */
    final long homeInterval() {
        return (long) (1.2e6 * home.intervalMillis());
    }
}
