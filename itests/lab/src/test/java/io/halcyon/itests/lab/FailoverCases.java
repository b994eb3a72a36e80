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
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What must hold for every pair of daemons and both protocol versions. The nodes live as long as the class, because
 * starting them is what costs time; every case begins with {@code a} as master and both well.
 */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class FailoverCases {

    static final String VIP = "192.168.88.50";
    static final Duration LIMIT = Duration.ofSeconds(30);

    /** A timer of one node against a packet of the other: both are seen at the bridge, up to this earlier. */
    private static final double EARLY_MILLIS = 5;

    /** What waking up, sending and, on a busy machine, waiting for a processor may cost. */
    private static final double LATE_MILLIS = 100;

    /** Clients may lose what is under way while the switch and their neighbour entry change over. */
    private static final int HANDOVER_PROBES = 25;

    private final Router home;
    private final Router away;
    private final Pair.Maker first;
    private final Pair.Maker second;
    private Pair pair;
    private Wire wire;
    private Path tracked;

    FailoverCases(Router home, Pair.Maker first, Pair.Maker second) {
        this.home = home;
        this.away = home.withPriority(90);
        this.first = first;
        this.second = second;
    }

    @BeforeAll
    void makeTheLab() throws IOException {
        pair = new Pair("lab-" + getClass().getSimpleName(), first, second, List.of(VIP));
        wire = new Wire(pair.capture(), home.vrid());
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

    private void configure(Router ofA, Router ofB) {
        pair.a().configure(List.of(ofA.tracking(tracked.toString(), -20)));
        pair.b().configure(List.of(ofB));
    }

    @BeforeEach
    void bothAreWellAndTheFirstIsMaster() {
        if (!pair.b().alive()) {
            pair.b().start();
        }
        if (!pair.a().alive()) {
            pair.a().start();
        }
        pair.awaitMaster(pair.a(), home, LIMIT);
    }

    Pair pair() {
        return pair;
    }

    Wire wire() {
        return wire;
    }

    Router home() {
        return home;
    }

    Router away() {
        return away;
    }

    @Test
    @Order(1)
    void aStartingNodeWaitsForItsMasterDownIntervalAndAnnouncesFiveTimesTwice() {
        pair.a().stop(LIMIT);
        pair.awaitMaster(pair.b(), away, LIMIT);
        long started = Times.now();
        pair.a().start();
        pair.awaitMaster(pair.a(), home, LIMIT);
        var advert = wire.adverts("h1", started).get(0);
        long secondBurst = advert.at() + 5_000_000_000L;
        Await.until(
                "the second burst of GARPs",
                LIMIT,
                () -> wire.garps("h1", VIP, advert.at()).size() >= 10);

        assertThat(Times.millis(started, advert.at())).isGreaterThanOrEqualTo(home.masterDownMillis() - EARLY_MILLIS);
        var garps = wire.garps("h1", VIP, advert.at() - 1);
        assertThat(garps).hasSize(10).allMatch(garp -> garp.request() && garp.broadcast());
        assertThat(garps.get(4).at()).isLessThan(advert.at() + 200_000_000L);
        assertThat(Math.abs(Times.millis(secondBurst, garps.get(5).at()))).isLessThan(LATE_MILLIS);
        assertThat(advert.ttl()).isEqualTo(255);
        assertThat(advert.tos()).isEqualTo(0xC0);
        assertThat(advert.checksum()).isEqualTo(home.version() == 2 ? "plain" : "pseudo");
        assertThat(advert.auth()).isEqualTo(home.authPass());
        assertThat(advert.intervalMillis()).isEqualTo((int) home.intervalMillis());
        assertThat(advert.addresses()).containsExactly(VIP);
    }

    /** A bridge floods its newest port first, so the order of the hosts decides what a client that asks anew hears. */
    @ParameterizedTest(name = "newest port {0}")
    @ValueSource(strings = {"h1", "h2"})
    @Order(2)
    void aPlannedStopLosesNoProbe(String newest) {
        pair.lab().makeNewest(newest);
        pair.prober().awaitAnswer(VIP, "h1", Times.now(), LIMIT); // the bridge has learned its ports again
        long stopped = Times.now();
        pair.a().stop(LIMIT);
        pair.awaitMaster(pair.b(), away, LIMIT);
        long end = Times.now();
        var service = pair.prober().of(VIP).between(stopped, end);

        var resignations = wire.resignations("h1", stopped);
        var takeover = wire.adverts("h2", stopped).get(0);
        assertThat(Times.millis(resignations.get(0).at(), takeover.at()))
                .isBetween(away.skewMillis() - EARLY_MILLIS, away.skewMillis() + LATE_MILLIS);
        assertThat(wire.reigns(stopped - homeInterval(), end)).containsExactly("h1", "h2");
        if (pair.a() instanceof HalcyonNode) {
            assertThat(resignations).hasSize(2);
            assertThat(Times.millis(
                            resignations.get(0).at(), resignations.get(1).at()))
                    .isBetween(8.0, 40.0);
            assertThat(service.lost()).isZero();
            assertThat(service.hosts()).containsExactly("h1", "h2");
            long gone = pair.addresses().awaitGone("h1", VIP, stopped, LIMIT);
            assertThat(Times.millis(takeover.at(), gone)).isBetween(0.0, 200 + LATE_MILLIS);
        }
        theReturnIsOneTransition(() -> pair.a().start());
    }

    /** The master's daemon is killed again and again; what a dead host keeps must be gone with its lease. */
    @Test
    @Order(3)
    void aKilledMasterIsReplacedAndItsAddressDies() {
        int runs = pair.a() instanceof HalcyonNode ? KillBaseline.RUNS : 1;
        int lost = 0;
        for (int run = 0; run < runs; run++) {
            bothAreWellAndTheFirstIsMaster();
            lost += killOnce();
        }
        if (pair.a() instanceof HalcyonNode) {
            assertThat(lost).as("probes lost in %d runs", runs).isLessThanOrEqualTo(KillBaseline.lost(home));
        }
    }

    private int killOnce() {
        long killed = Times.now();
        pair.a().kill();
        pair.awaitMaster(pair.b(), away, LIMIT);
        takenOverInTime(killed, home);
        if (pair.a() instanceof HalcyonNode) {
            addressDiesWithItsLease(killed);
        } else {
            ((KeepalivedNode) pair.a()).removeLeftOvers(List.of(VIP));
        }
        long end = Times.now();
        assertThat(wire.reigns(killed - homeInterval(), end)).containsExactly("h1", "h2");
        return pair.prober().of(VIP).between(killed - 100_000_000, end).lost();
    }

    private void addressDiesWithItsLease(long since) {
        long gone = pair.addresses().awaitGone("h1", VIP, since, LIMIT);
        var renewal = pair.addresses().lastRenewal("h1", VIP).orElseThrow();
        long limit = renewal.at() + renewal.validSeconds() * 1_000_000_000L + 1_100_000_000L;
        assertThat(renewal.permanent()).isFalse();
        assertThat(gone).isLessThanOrEqualTo(limit);
        assertThat(pair.prober().of(VIP).lastBy("h1")).isLessThanOrEqualTo(limit);
        assertThat(gone).isGreaterThan(wire.adverts("h2", since).get(0).at());
    }

    @Test
    @Order(4)
    void aFrozenMasterLosesItsAddressAndReturnsOnceWhenThawed() {
        long frozen = Times.now();
        pair.a().freeze();
        pair.awaitMaster(pair.b(), away, LIMIT);
        takenOverInTime(frozen, home);
        if (pair.a() instanceof HalcyonNode) {
            addressDiesWithItsLease(frozen);
        }
        assertThat(wire.reigns(frozen - homeInterval(), Times.now())).containsExactly("h1", "h2");

        theReturnIsOneTransition(() -> pair.a().thaw());
    }

    @Test
    @Order(5)
    void aCutCableMovesTheAddressAndHealingBringsItBack() {
        long cut = Times.now();
        pair.lab().cut("h1");
        pair.awaitMaster(pair.b(), away, LIMIT);
        takenOverInTime(cut, home);
        assertThat(pair.prober().of(VIP).between(cut - 100_000_000, Times.now()).outageMillis())
                .isLessThan(away.masterDownMillis() + LATE_MILLIS);

        theReturnIsOneTransition(() -> pair.lab().heal("h1"));
    }

    @Test
    @Order(6)
    void anIsolatedMasterIsReplacedAndAloneAgainWhenItIsBack() {
        long isolated = Times.now();
        pair.lab().isolate("h1");
        Await.until("h2 takes over", LIMIT, () -> !wire.adverts("h2", isolated).isEmpty());
        pair.prober().awaitAnswer(VIP, "h2", isolated, LIMIT);

        long back = Times.now();
        pair.lab().rejoin("h1");
        pair.awaitMaster(pair.a(), home, LIMIT);
        long last = wire.last("h2", Times.now()).orElseThrow().at();
        assertThat(Times.millis(back, last)).isLessThan(2 * home.intervalMillis() + LATE_MILLIS);
    }

    @Test
    @Order(7)
    void aFailedCheckWithWeightHandsOverAndItsRecoveryTakesBack() throws IOException {
        long failed = Times.now();
        Files.delete(tracked);
        pair.awaitMaster(pair.b(), away, LIMIT);
        long end = Times.now();
        var lowered = wire.adverts("h1", failed).stream()
                .filter(advert -> advert.priority() == home.priority() - 20)
                .findFirst()
                .orElseThrow();
        var lastStrong = wire.last("h1", lowered.at()).orElseThrow();
        var takeover = wire.adverts("h2", failed).get(0);

        assertThat(Times.millis(lastStrong.at(), takeover.at()))
                .isBetween(away.masterDownMillis() - EARLY_MILLIS, away.masterDownMillis() + LATE_MILLIS);
        assertThat(wire.reigns(failed - homeInterval(), end)).containsExactly("h1", "h2");
        assertThat(pair.prober().of(VIP).between(failed, end).lost()).isLessThanOrEqualTo(HANDOVER_PROBES);
        theReturnIsOneTransition(() -> create(tracked));
    }

    @Test
    @Order(8)
    void equalPrioritiesStayWhereTheyAreAndTheHigherAddressWinsATie() {
        pair.a().stop(LIMIT);
        pair.b().stop(LIMIT);
        configure(home, home);
        try {
            pair.a().start();
            pair.awaitMaster(pair.a(), home, LIMIT);
            long joined = Times.now();
            pair.b().start();
            pair.b().awaitBackup(LIMIT);
            Await.pass(Duration.ofMillis((long) (1.5 * home.masterDownMillis())), "nobody may take over meanwhile");
            assertThat(wire.reigns(joined, Times.now())).containsExactly("h1");

            pair.lab().isolate("h1");
            Await.until(
                    "both are masters", LIMIT, () -> !wire.adverts("h2", joined).isEmpty());
            pair.lab().rejoin("h1");
            pair.awaitMaster(pair.b(), home, LIMIT);
        } finally {
            pair.a().stop(LIMIT);
            pair.b().stop(LIMIT);
            configure(home, away);
        }
    }

    @Test
    @Order(9)
    void theCaptureMissedNothing() {
        assertThat(pair.capture().drops()).isZero();
    }

    /** Not before the master-down interval since the last advertisement, and not much after it. */
    private void takenOverInTime(long fault, Router of) {
        var takeover = wire.adverts("h2", fault).get(0);
        var last = wire.last("h1", takeover.at()).orElseThrow();
        assertThat(Times.millis(last.at(), takeover.at()))
                .as("time from the last advertisement of %s to the takeover", of.name())
                .isBetween(away.masterDownMillis() - EARLY_MILLIS, away.masterDownMillis() + LATE_MILLIS);
        assertThat(wire.adverts("h1", takeover.at())).isEmpty();
    }

    private void theReturnIsOneTransition(Runnable heal) {
        long healed = Times.now();
        heal.run();
        pair.awaitMaster(pair.a(), home, LIMIT);
        long end = Times.now();
        assertThat(wire.reigns(healed - homeInterval(), end)).containsExactly("h2", "h1");
        assertThat(pair.prober().of(VIP).between(healed, end).lost()).isLessThanOrEqualTo(HANDOVER_PROBES);
    }

    /** Long enough to see the reign that was before. */
    private long homeInterval() {
        return (long) (1.2e6 * home.intervalMillis());
    }

    private static void create(Path file) {
        Directories.write(file, "");
    }
}
