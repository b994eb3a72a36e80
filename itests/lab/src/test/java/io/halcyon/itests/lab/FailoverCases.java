package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What must hold for every pair of daemons and both protocol versions.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class FailoverCases extends PairCases {

    FailoverCases(Router home, Pair.Maker first, Pair.Maker second) {
        super(home, first, second);
    }

    @Test
    @Order(1)
    void aStartingNodeWaitsForItsMasterDownIntervalAndAnnouncesFiveTimesTwice() {
        pair().a().stop(LIMIT);
        pair().awaitMaster(pair().b(), away(), LIMIT);
        long started = Times.now();
        pair().a().start();
        pair().awaitMaster(pair().a(), home(), LIMIT);
        var advert = wire().adverts("h1", started).get(0);
        long secondBurst = advert.at() + 5_000_000_000L;
        Await.until(
                "the second burst of GARPs",
                LIMIT,
                () -> wire().garps("h1", VIP, secondBurst - 200_000_000L).size() >= 5);

        assertThat(Times.millis(started, advert.at())).isGreaterThanOrEqualTo(home().masterDownMillis() - EARLY_MILLIS);
        var garps = wire().garps("h1", VIP, advert.at() - 1);
        assertThat(garps).allMatch(garp -> garp.request() && garp.broadcast());
        // The other's last advertisement may have been under way: a master answers it with announcements more.
        int answers = wire().adverts("h2", advert.at() - 100_000_000L).size();
        assertThat(garps).hasSizeBetween(10, 10 * (1 + answers));
        long first = garps.stream()
                .filter(garp -> garp.at() < advert.at() + 200_000_000L)
                .count();
        long second = garps.stream()
                .filter(garp -> Math.abs(Times.millis(secondBurst, garp.at())) < lateMillis())
                .count();
        assertThat(first).isGreaterThanOrEqualTo(5);
        assertThat(second).isGreaterThanOrEqualTo(5);
        assertThat(first + second).isEqualTo(garps.size());
        assertThat(advert.ttl()).isEqualTo(255);
        assertThat(advert.tos()).isEqualTo(0xC0);
        assertThat(advert.checksum()).isEqualTo(home().version() == 2 ? "plain" : "pseudo");
        assertThat(advert.auth()).isEqualTo(home().authPass());
        assertThat(advert.intervalMillis()).isEqualTo((int) home().intervalMillis());
        assertThat(advert.addresses()).containsExactly(VIP);
    }

    /** A bridge floods its newest port first, so the order of the hosts decides what a client that asks anew hears. */
    @ParameterizedTest(name = "newest port {0}")
    @ValueSource(strings = {"h1", "h2"})
    @Order(2)
    void aPlannedStopLosesNoProbe(String newest) {
        pair().lab().makeNewest(newest);
        pair().prober().awaitAnswer(VIP, "h1", Times.now(), LIMIT); // the bridge has learned its ports again
        long stopped = Times.now();
        pair().a().stop(LIMIT);
        pair().awaitMaster(pair().b(), away(), LIMIT);
        long end = Times.now();
        var service = pair().prober().of(VIP).between(stopped, end);

        var resignations = wire().resignations("h1", stopped);
        var takeover = wire().adverts("h2", stopped).get(0);
        assertThat(Times.millis(resignations.get(0).at(), takeover.at()))
                .isBetween(away().skewMillis() - EARLY_MILLIS, away().skewMillis() + lateMillis());
        assertThat(wire().reigns(stopped - homeInterval(), end)).containsExactly("h1", "h2");
        if (pair().a() instanceof HalcyonNode) {
            assertTwice(resignations);
            assertThat(service.lost()).isZero();
            assertThat(service.hosts()).containsExactly("h1", "h2");
            departures().followTheAnnouncement(stopped);
        }
        theReturnIsOneTransition(() -> pair().a().start());
    }

    /** At 0.1 s the heir may be master before the second one, which then is not sent. */
    private void assertTwice(List<Frame.Advert> resignations) {
        assertThat(resignations).hasSizeBetween(home().version() == 2 ? 2 : 1, 2);
        long first = resignations.get(0).at();
        assertThat(resignations.stream().skip(1)).allSatisfy(second -> assertThat(Times.millis(first, second.at()))
                .isBetween(8.0, 8 + lateMillis()));
    }

    @Test
    @Order(4)
    void aFrozenMasterLosesItsAddressAndReturnsOnceWhenThawed() {
        long frozen = Times.now();
        pair().a().freeze();
        pair().awaitMaster(pair().b(), away(), LIMIT);
        takenOverInTime(frozen);
        if (pair().a() instanceof HalcyonNode) {
            departures().happenWithTheLease(frozen);
        }
        assertThat(wire().reigns(frozen - homeInterval(), Times.now())).containsExactly("h1", "h2");

        theReturnIsOneTransition(() -> pair().a().thaw());
    }

    @Test
    @Order(5)
    void aCutCableMovesTheAddressAndHealingBringsItBack() {
        long cut = Times.now();
        pair().lab().cut("h1");
        pair().awaitMaster(pair().b(), away(), LIMIT);
        takenOverInTime(cut);
        assertThat(pair().prober()
                        .of(VIP)
                        .between(cut - 100_000_000, Times.now())
                        .outageMillis())
                .isLessThan(away().masterDownMillis() + lateMillis());

        theReturnIsOneTransition(() -> pair().lab().heal("h1"));
    }

    @Test
    @Order(6)
    void anIsolatedMasterIsReplacedAndAloneAgainWhenItIsBack() {
        long isolated = Times.now();
        pair().lab().isolate("h1");
        Await.until(
                "h2 takes over", LIMIT, () -> !wire().adverts("h2", isolated).isEmpty());
        pair().prober().awaitAnswer(VIP, "h2", isolated, LIMIT);

        pair().lab().rejoin("h1");
        long back = Times.now();
        pair().awaitMaster(pair().a(), home(), LIMIT);
        long last = wire().last("h2", Times.now()).orElseThrow().at();
        assertThat(Times.millis(back, last)).isLessThan(2 * home().intervalMillis() + lateMillis());
    }

    @Test
    @Order(7)
    void aFailedCheckWithWeightHandsOverAndItsRecoveryTakesBack() throws IOException {
        long failed = Times.now();
        Files.delete(tracked());
        pair().awaitMaster(pair().b(), away(), LIMIT);
        long end = Times.now();
        var lowered = wire().adverts("h1", failed).stream()
                .filter(advert -> advert.priority() == home().priority() - 20)
                .findFirst()
                .orElseThrow();
        var lastStrong = wire().last("h1", lowered.at()).orElseThrow();
        var takeover = wire().adverts("h2", failed).get(0);

        assertThat(Times.millis(lastStrong.at(), takeover.at()))
                .isBetween(away().masterDownMillis() - EARLY_MILLIS, away().masterDownMillis() + lateMillis());
        assertThat(wire().reigns(failed - homeInterval(), end)).containsExactly("h1", "h2");
        departures().cost(pair().a(), "h2", failed, end);
        theReturnIsOneTransition(() -> Directories.write(tracked(), ""));
    }

    @Test
    @Order(8)
    void equalPrioritiesStayWhereTheyAreAndTheHigherAddressWinsATie() {
        pair().a().stop(LIMIT);
        pair().b().stop(LIMIT);
        configure(home(), home());
        try {
            pair().a().start();
            pair().awaitMaster(pair().a(), home(), LIMIT);
            long joined = Times.now();
            pair().b().start();
            pair().b().awaitBackup(LIMIT);
            Await.pass(Duration.ofMillis((long) (1.5 * home().masterDownMillis())), "nobody may take over meanwhile");
            assertThat(wire().reigns(joined, Times.now())).containsExactly("h1");

            pair().lab().isolate("h1");
            Await.until("both are masters", LIMIT, () -> !wire().adverts("h2", joined)
                    .isEmpty());
            pair().lab().rejoin("h1");
            pair().awaitMaster(pair().b(), home(), LIMIT);
        } finally {
            pair().a().stop(LIMIT);
            pair().b().stop(LIMIT);
            configure(home(), away());
        }
    }

    @AfterEach
    void theCaptureMissedNothing() {
        assertThat(pair().capture().drops()).isZero();
    }
}
