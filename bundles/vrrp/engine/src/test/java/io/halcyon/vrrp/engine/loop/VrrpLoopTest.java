package io.halcyon.vrrp.engine.loop;

import static io.halcyon.vrrp.engine.loop.Lan.MILLI;
import static io.halcyon.vrrp.engine.loop.Lan.SECOND;
import static io.halcyon.vrrp.engine.loop.Lan.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.check.Health;
import io.halcyon.api.check.Verdict;
import io.halcyon.api.event.Event;
import io.halcyon.api.vrrp.RouterExplanation;
import io.halcyon.api.vrrp.RouterState;
import io.halcyon.api.vrrp.RouterStatus;
import io.halcyon.spi.transport.Packet;
import io.halcyon.transport.memory.Sent;
import io.halcyon.vrrp.protocol.RouterConfig;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class VrrpLoopTest {

    private static final String VIP = "10.0.0.201/32";
    /** 3 * 100 ms + 156/256 * 100 ms, RFC 9568 section 6.1. */
    private static final long MASTER_DOWN = 300 * MILLI + 156 * 100 * MILLI / 256;

    private static final long MASTER_DOWN_OF_90 = 300 * MILLI + 166 * 100 * MILLI / 256;

    private final Lan lan = new Lan();
    private final Lan.Node a = lan.node("a", 1);
    private final Lan.Node b = lan.node("b", 2);

    private static Verdict verdict(Health health) {
        return new Verdict("chk", health, "said so", Instant.EPOCH, 0, false, null, 7);
    }

    private void startBoth() {
        a.start(settings(100));
        b.start(settings(90));
        lan.pass(SECOND);
        assertThat(a.state()).isEqualTo(RouterState.MASTER);
        assertThat(b.state()).isEqualTo(RouterState.BACKUP);
    }

    @Test
    void aNewRouterListensForMasterDownAndTakesOver() {
        long start = lan.now();
        a.start(settings(100));

        lan.pass(MASTER_DOWN - MILLI);
        assertThat(a.state()).isEqualTo(RouterState.BACKUP);
        lan.pass(2 * MILLI);

        assertThat(a.state()).isEqualTo(RouterState.MASTER);
        assertThat(lan.wire.adverts("a").get(0).atNanos()).isEqualTo(start + MASTER_DOWN);
        assertThat(a.answersFor()).containsExactly(VIP);
    }

    @Test
    void theAdvertisementIsOutBeforeTheAddressIsHeldAndTheAddressBeforeItIsAnnounced() {
        a.blockVips(true);
        a.start(settings(100));
        lan.pass(SECOND);
        assertThat(lan.wire.adverts("a")).isNotEmpty();
        assertThat(lan.wire.announcements("a")).isEmpty();

        a.blockVips(false);
        lan.pass(MILLI);

        // The first order is too late by now; the next one after an advertisement is not.
        lan.pass(200 * MILLI);
        assertThat(lan.wire.announcements("a")).hasSize(5);
    }

    @Test
    void whatAStallMayHaveCostIsAnnouncedOnlyWhenItIsThereAgain() {
        a.start(settings(100));
        lan.pass(SECOND);
        a.freeze(true);
        lan.pass(5 * SECOND);
        assertThat(a.answersFor()).isEmpty();
        lan.wire.forget();
        a.blockVips(true);

        a.freeze(false);
        lan.pass(10 * MILLI);
        assertThat(lan.wire.adverts("a")).isNotEmpty();
        assertThat(lan.wire.announcements("a")).isEmpty();
        a.blockVips(false);
        lan.pass(10 * MILLI);

        assertThat(a.answersFor()).containsExactly(VIP);
        assertThat(lan.wire.announcements("a")).hasSize(5);
    }

    @Test
    void fiveAnnouncementsAtOnceAndFiveMoreAfterFiveSeconds() {
        a.start(settings(100));
        lan.pass(MASTER_DOWN + 100 * MILLI);
        assertThat(lan.wire.announcements("a")).hasSize(5);

        lan.pass(5 * SECOND);

        List<Sent.Announcement> all = lan.wire.announcements("a");
        assertThat(all).hasSize(10);
        assertThat(all.get(5).atNanos() - all.get(0).atNanos()).isEqualTo(5 * SECOND);
    }

    @Test
    void aBlockedVipManagerDelaysNoAdvertisement() {
        startBoth();
        lan.wire.forget();
        a.blockVips(true);

        lan.pass(10 * SECOND);

        List<Sent.Advert> adverts = lan.wire.adverts("a");
        assertThat(adverts).hasSize(100);
        for (int i = 1; i < adverts.size(); i++) {
            assertThat(adverts.get(i).atNanos() - adverts.get(i - 1).atNanos()).isEqualTo(100 * MILLI);
        }
    }

    @Test
    void aFrozenMasterLosesItsAddressBeforeItWakesAndYieldsToWhomItHears() {
        startBoth();
        a.freeze(true);
        lan.pass(5 * SECOND);
        assertThat(b.state()).isEqualTo(RouterState.MASTER);
        assertThat(a.answersFor()).isEmpty();
        lan.wire.forget();
        b.start(settings(110));
        lan.pass(SECOND);

        a.freeze(false);
        lan.pass(MILLI);

        assertThat(a.state()).isEqualTo(RouterState.BACKUP);
        assertThat(lan.wire.adverts("a")).isEmpty();
        assertThat(a.answersFor()).isEmpty();
    }

    @Test
    void aMasterFrozenInTheMiddleOfATurnSendsNothingBeforeItHasRead() {
        startBoth();
        a.freeze(true);
        long frozen = lan.now();
        lan.pass(5 * SECOND);
        b.start(settings(110));
        lan.pass(SECOND);
        lan.wire.forget();

        a.thawInsideATurn(frozen);
        lan.pass(MILLI);

        assertThat(a.state()).isEqualTo(RouterState.BACKUP);
        assertThat(lan.wire.adverts("a")).isEmpty();
        assertThat(a.answersFor()).isEmpty();
    }

    @Test
    void aFrozenMasterThatHearsNobodyStaysMasterAndSaysHowLongItSlept() {
        a.start(settings(100));
        lan.pass(SECOND);
        a.freeze(true);
        lan.pass(5 * SECOND);
        assertThat(a.answersFor()).isEmpty();

        a.freeze(false);
        lan.pass(10 * MILLI);

        assertThat(a.state()).isEqualTo(RouterState.MASTER);
        assertThat(a.answersFor()).containsExactly(VIP);
        assertThat(a.events).anySatisfy(event -> {
            assertThat(event).isInstanceOf(Event.Stall.class);
            assertThat(((Event.Stall) event).lateMillis()).isBetween(4_800L, 5_000L);
        });
    }

    @Test
    void aPlannedStopKeepsTheAddressUntilTheNewMasterAnnouncedIt() {
        startBoth();
        lan.wire.forget();
        CompletableFuture<Void> stopped = a.loop.stopAll("planned stop", false);
        lan.pass(11 * MILLI);
        assertThat(lan.wire.adverts("a")).hasSize(2);
        assertThat(a.answersFor()).containsExactly(VIP);

        lan.pass(100 * MILLI);
        assertThat(b.state()).isEqualTo(RouterState.MASTER);
        assertThat(b.answersFor()).containsExactly(VIP);
        assertThat(a.answersFor()).isEmpty();
        lan.pass(200 * MILLI);

        assertThat(stopped).isDone();
        assertThat(a.orders).endsWith("release", "close");
    }

    @Test
    void aStopThatNobodyAnswersEndsAfterMasterDownOfTheSlowestPeer() {
        a.start(settings(100));
        lan.pass(SECOND);
        CompletableFuture<Void> stopped = a.loop.stopAll("planned stop", false);

        lan.pass(390 * MILLI);
        assertThat(stopped).isNotDone();
        lan.pass(20 * MILLI);

        assertThat(stopped).isDone();
        assertThat(a.answersFor()).isEmpty();
    }

    @Test
    void anUpdateHandsOverIfSomebodyIsThere() {
        startBoth();

        CompletableFuture<Void> gone = a.loop.suspendAll("update");
        lan.pass(300 * MILLI);

        assertThat(gone).isDone();
        assertThat(b.answersFor()).containsExactly(VIP);
        assertThat(a.answersFor()).isEmpty();
        assertThat(a.orders).endsWith("release", "close");
    }

    @Test
    void anUpdateOfALoneNodeLeavesTheAddressesToAFreshLease() {
        a.start(settings(100));
        lan.pass(SECOND);

        CompletableFuture<Void> gone = a.loop.suspendAll("update");
        lan.pass(450 * MILLI);

        assertThat(gone).isDone();
        assertThat(a.orders).doesNotContain("release").endsWith("close");
        assertThat(a.kernel.get(VIP)).isGreaterThan(lan.now() + 1_900 * MILLI);
    }

    @Test
    void aNodeThatIsBackBeforeAnybodyCanHaveTakenOverResumes() {
        a.start(eachSecond(100));
        b.start(eachSecond(90));
        lan.pass(10 * SECOND);
        assertThat(a.state()).isEqualTo(RouterState.MASTER);

        Lan.Node again = lan.restarted(a);
        lan.pass(1_900 * MILLI);
        again.kernel.replaceAll((address, until) -> lan.now() + SECOND);
        again.start(eachSecond(100));
        lan.pass(MILLI);

        assertThat(again.state()).isEqualTo(RouterState.MASTER);
        assertThat(again.status("VI_1").cause()).startsWith("resumes: it was master");
        lan.pass(10 * SECOND);
        assertThat(b.state()).isEqualTo(RouterState.BACKUP);
        assertThat(lan.wire.adverts("b")).isEmpty();
    }

    @Test
    void aNodeThatIsBackLaterWaitsAsEveryNewOneDoes() {
        a.start(eachSecond(100));
        lan.pass(10 * SECOND);

        Lan.Node again = lan.restarted(a);
        lan.pass(3_050 * MILLI);
        again.kernel.replaceAll((address, until) -> lan.now() + SECOND);
        again.start(eachSecond(100));
        lan.pass(MILLI);

        assertThat(again.answersFor()).containsExactly(VIP);
        assertThat(again.state()).isEqualTo(RouterState.BACKUP);
    }

    @Test
    void aNodeThatCrashedWhileItHandedOverDoesNotResume() {
        a.start(eachSecond(100));
        lan.pass(10 * SECOND);
        CompletableFuture<Void> asked = a.loop.failover("VI_1");
        lan.pass(5 * MILLI);
        assertThat(asked).isDone();

        Lan.Node again = lan.restarted(a);
        again.start(eachSecond(100));
        lan.pass(MILLI);

        assertThat(again.answersFor()).containsExactly(VIP);
        assertThat(again.state()).isEqualTo(RouterState.BACKUP);
    }

    @Test
    void aShortLeaseCoversAStopThatNobodyAnswers() {
        a.start(eachSecond(100));
        lan.pass(10 * SECOND);
        assertThat(a.state()).isEqualTo(RouterState.MASTER);

        CompletableFuture<Void> stopped = a.loop.stopAll("planned stop", false);
        lan.pass(3_990 * MILLI);
        assertThat(a.answersFor()).as("with a lease of 2 s").containsExactly(VIP);
        assertThat(stopped).isNotDone();
        lan.pass(10 * MILLI);

        assertThat(stopped).isDone();
        assertThat(a.answersFor()).isEmpty();
    }

    @Test
    void aShortLeaseCoversAFailoverThatNobodyTakes() {
        a.start(Lan.settings("VI_1", 1, 100, 1000, List.of()));
        lan.pass(60 * SECOND);
        assertThat(a.state()).isEqualTo(RouterState.MASTER);

        CompletableFuture<Void> asked = a.loop.failover("VI_1");
        lan.pass(39 * SECOND);

        assertThat(asked).isCompleted();
        assertThat(a.state()).isEqualTo(RouterState.BACKUP);
        assertThat(a.answersFor()).containsExactly(VIP);
        lan.pass(2 * SECOND);
        assertThat(a.state()).isEqualTo(RouterState.MASTER);
    }

    private static RouterSettings eachSecond(int priority) {
        return Lan.settings("VI_1", 1, priority, 100, List.of());
    }

    @Test
    void aTransportThatGoesFromALoneNodeLeavesTheAddressUntilItIsBack() {
        a.start(settings(100));
        lan.pass(SECOND);

        CompletableFuture<Void> left = a.loop.removeTransport(a.transport, 0);
        lan.pass(500 * MILLI);
        assertThat(left).isDone();
        assertThat(a.state()).isEqualTo(RouterState.INIT);
        assertThat(a.answersFor()).containsExactly(VIP);
        a.loop.addTransport(a.transport, 0);
        lan.pass(500 * MILLI);

        assertThat(a.state()).isEqualTo(RouterState.MASTER);
        assertThat(a.orders).doesNotContain("release");
    }

    @Test
    void aLostCarrierIsAFaultAndBackAgain() {
        startBoth();

        a.carrier(false);
        lan.pass(10 * MILLI);
        assertThat(a.state()).isEqualTo(RouterState.FAULT);
        assertThat(a.status("VI_1").cause()).contains("eth0 has no carrier");
        assertThat(a.answersFor()).isEmpty();
        lan.pass(SECOND);
        assertThat(b.state()).isEqualTo(RouterState.MASTER);
        a.carrier(true);
        lan.pass(SECOND);

        assertThat(a.state()).isEqualTo(RouterState.MASTER);
        assertThat(b.state()).isEqualTo(RouterState.BACKUP);
    }

    @Test
    void aMissingInterfaceIsAFaultUntilItAppears() {
        a.unplug("eth0");
        a.start(settings(100));
        lan.pass(SECOND);
        assertThat(a.state()).isEqualTo(RouterState.FAULT);
        assertThat(a.status("VI_1").cause()).contains("interface eth0 does not exist");

        a.plug(a.link("eth0", 2, "10.0.0.1"));
        lan.pass(SECOND);

        assertThat(a.state()).isEqualTo(RouterState.MASTER);
    }

    @Test
    void aTrackedCheckWithoutAVerdictHoldsTheRouterInInit() {
        a.start(settings("VI_1", 1, 100, 10, List.of(new Track(Track.Kind.SCRIPT, "chk", -20, false))));
        lan.pass(SECOND);
        assertThat(a.state()).isEqualTo(RouterState.INIT);
        assertThat(a.status("VI_1").cause()).contains("check chk has no verdict yet");

        a.loop.verdict(verdict(Health.UP));
        lan.pass(SECOND);

        assertThat(a.state()).isEqualTo(RouterState.MASTER);
    }

    @Test
    void aFailedCheckWithAWeightMovesTheAddress() {
        a.start(settings("VI_1", 1, 100, 10, List.of(new Track(Track.Kind.SCRIPT, "chk", -20, false))));
        a.loop.verdict(verdict(Health.UP));
        b.start(settings(90));
        lan.pass(SECOND);
        assertThat(a.state()).isEqualTo(RouterState.MASTER);

        a.loop.verdict(verdict(Health.DOWN));
        lan.pass(SECOND);

        assertThat(a.state()).isEqualTo(RouterState.BACKUP);
        assertThat(b.state()).isEqualTo(RouterState.MASTER);
        assertThat(a.status("VI_1").effectivePriority()).isEqualTo(80);
        assertThat(a.events).anyMatch(event -> event instanceof Event.PriorityChange change && change.to() == 80);
    }

    @Test
    void aFailedCheckWithoutAWeightIsAFaultThatIsHandedOver() {
        a.start(settings("VI_1", 1, 100, 10, List.of(new Track(Track.Kind.SCRIPT, "chk", 0, false))));
        a.loop.verdict(verdict(Health.UP));
        b.start(settings(90));
        lan.pass(SECOND);

        a.loop.verdict(verdict(Health.DOWN));
        lan.pass(300 * MILLI);

        assertThat(a.state()).isEqualTo(RouterState.FAULT);
        assertThat(b.answersFor()).containsExactly(VIP);
        assertThat(a.answersFor()).isEmpty();
    }

    @Test
    void editingOneOfFiftyRoutersCostsTheOthersNotOneAdvertisement() {
        for (int vrid = 1; vrid <= 50; vrid++) {
            a.start(settings("VI_" + vrid, vrid, 100, 10, List.of()));
        }
        lan.pass(SECOND);
        lan.wire.forget();
        for (int second = 0; second < 10; second++) {
            a.start(settings("VI_7", 7, 100 + second, 10, List.of()));
            lan.pass(SECOND);
        }

        int[] adverts = new int[51];
        lan.wire.adverts("a").forEach(advert -> adverts[advert.message().get(1)]++);
        for (int vrid = 1; vrid <= 50; vrid++) {
            if (vrid != 7) {
                assertThat(adverts[vrid]).as("adverts of vrid %d", vrid).isEqualTo(100);
            }
        }
    }

    @Test
    void anotherVridIsAnotherRouterAndTheOldOneHandsOver() {
        startBoth();

        a.start(settings("VI_1", 2, 100, 10, List.of()));
        lan.pass(2 * SECOND);

        assertThat(b.state()).isEqualTo(RouterState.MASTER);
        assertThat(a.state()).isEqualTo(RouterState.MASTER);
        assertThat(a.answersFor()).containsExactly("10.0.0.202/32");
    }

    @Test
    void aTransportThatGoesIsLeftWithAHandoverAndTakenUpAgain() {
        startBoth();

        CompletableFuture<Void> left = a.loop.removeTransport(a.transport, 0);
        lan.pass(300 * MILLI);
        assertThat(left).isDone();
        assertThat(a.state()).isEqualTo(RouterState.INIT);
        assertThat(a.status("VI_1").cause()).contains("transport memory is not installed");
        assertThat(b.answersFor()).containsExactly(VIP);
        assertThat(a.answersFor()).isEmpty();
        a.loop.addTransport(a.transport, 0);
        lan.pass(SECOND);

        assertThat(a.state()).isEqualTo(RouterState.MASTER);
    }

    @Test
    void aRouterWhoseVipManagerIsMissingWaitsForIt() {
        CompletableFuture<Void> gone = a.loop.removeVipManager(a, 0);
        a.start(settings(100));
        lan.pass(SECOND);
        assertThat(gone).isDone();
        assertThat(a.state()).isEqualTo(RouterState.INIT);
        assertThat(a.status("VI_1").cause()).contains("vip manager memory is not installed");
        assertThat(lan.wire.adverts("a")).isEmpty();

        a.loop.addVipManager(a, 0);
        lan.pass(SECOND);

        assertThat(a.state()).isEqualTo(RouterState.MASTER);
        assertThat(a.answersFor()).containsExactly(VIP);
    }

    @Test
    void anAddressStaysAsLongAsASlowManagerNeeds() {
        startBoth();
        a.takeoverMillis = 2_000;
        b.blockVips(true);

        CompletableFuture<Void> left = a.loop.removeVipManager(a, 0);
        lan.pass(1_500 * MILLI);
        assertThat(b.state()).isEqualTo(RouterState.MASTER);
        assertThat(b.answersFor()).isEmpty();
        assertThat(a.answersFor()).containsExactly(VIP);
        b.blockVips(false);
        lan.pass(100 * MILLI);

        assertThat(b.answersFor()).containsExactly(VIP);
        assertThat(a.answersFor()).as("it has heard the announcement").isEmpty();
        assertThat(lan.wire.announcements("b")).as("late, but no fewer").hasSize(5);
        lan.pass(500 * MILLI);
        assertThat(left).isDone();
    }

    @Test
    void aVipManagerThatGoesIsLeftWithAHandoverAndTakenUpAgain() {
        startBoth();

        CompletableFuture<Void> left = a.loop.removeVipManager(a, 0);
        lan.pass(300 * MILLI);
        assertThat(left).isDone();
        assertThat(a.orders).as("it had its last order before it went").endsWith("release", "close");
        assertThat(a.state()).isEqualTo(RouterState.INIT);
        assertThat(b.answersFor()).containsExactly(VIP);
        assertThat(a.answersFor()).isEmpty();
        a.loop.addVipManager(a, 0);
        lan.pass(SECOND);

        assertThat(a.state()).isEqualTo(RouterState.MASTER);
        assertThat(a.answersFor()).containsExactly(VIP);
    }

    @Test
    void aVipManagerThatGoesFromALoneNodeLeavesTheAddressUntilItIsBack() {
        a.start(settings(100));
        lan.pass(SECOND);

        CompletableFuture<Void> left = a.loop.removeVipManager(a, 0);
        lan.pass(500 * MILLI);
        assertThat(left).isDone();
        assertThat(a.state()).isEqualTo(RouterState.INIT);
        assertThat(a.answersFor()).containsExactly(VIP);
        a.loop.addVipManager(a, 0);
        lan.pass(500 * MILLI);

        assertThat(a.state()).isEqualTo(RouterState.MASTER);
        assertThat(a.orders).doesNotContain("release");
    }

    @Test
    void anotherOfTheSameNameChangesNothing() {
        startBoth();
        lan.wire.forget();

        a.loop.addVipManager(b, 0);
        CompletableFuture<Void> gone = a.loop.removeVipManager(b, 0);
        lan.pass(SECOND);

        assertThat(gone).isDone();
        assertThat(a.state()).isEqualTo(RouterState.MASTER);
        assertThat(lan.wire.adverts("a"))
                .allMatch(advert -> advert.atNanos() > 0)
                .hasSize(10);
        assertThat(a.orders).doesNotContain("release", "close");
    }

    @Test
    void aRouterThatChangesItsVipManagerGivesTheAddressesBackToTheOldOne() {
        startBoth();
        RouterSettings now = settings(100);

        a.start(new RouterSettings(
                now.name(),
                now.networkInterface(),
                now.protocol(),
                now.advertised(),
                now.excluded(),
                now.tracks(),
                now.transport(),
                "cloud",
                now.leaseSeconds()));
        lan.pass(SECOND);

        assertThat(a.orders).endsWith("release", "close");
        assertThat(a.status("VI_1").cause()).contains("vip manager cloud is not installed");
        assertThat(b.state()).isEqualTo(RouterState.MASTER);
    }

    @Test
    void theExplanationSaysWhetherTheKernelEndsWhatADeadDaemonLeaves() {
        a.start(settings(100));
        assertThat(because()).anyMatch(line -> line.startsWith("lease 2 s: the kernel removes"));
        assertThat(a.status("VI_1").timers()).containsEntry("lease", 2_000L);

        a.kernelLease = false;

        assertThat(because())
                .contains("vip manager memory has no kernel lease: a killed or frozen daemon leaves its"
                        + " addresses behind until another host claims them");
        assertThat(a.status("VI_1").timers()).containsEntry("lease", 0L);
    }

    private List<String> because() {
        CompletableFuture<RouterExplanation> answer = a.loop.explain("VI_1");
        a.loop.turn();
        return answer.join().because();
    }

    @Test
    void failoverHandsOverAndDoesNotTakeBack() {
        startBoth();

        CompletableFuture<Void> done = a.loop.failover("VI_1");
        lan.pass(5 * SECOND);

        assertThat(done).isCompleted();
        assertThat(b.state()).isEqualTo(RouterState.MASTER);
        assertThat(a.state()).isEqualTo(RouterState.BACKUP);
        CompletableFuture<Void> refused = a.loop.failover("VI_1");
        lan.pass(MILLI);
        assertThatThrownBy(refused::join).hasMessageContaining("only a MASTER can hand over");
    }

    @Test
    void anOverriddenPriorityDecidesTheElection() {
        startBoth();

        CompletableFuture<Void> done = b.loop.priority("VI_1", 150);
        lan.pass(SECOND);

        assertThat(done).isCompleted();
        assertThat(b.state()).isEqualTo(RouterState.MASTER);
        assertThat(b.status("VI_1").configuredPriority()).isEqualTo(90);
        assertThat(b.status("VI_1").basePriority()).isEqualTo(150);
    }

    @Test
    void malformedPacketsAreCountedByKind() {
        startBoth();
        lan.wire.inject(
                "a",
                new Packet(Lan.address("10.0.0.9"), Lan.address("224.0.0.18"), 254, ByteBuffer.wrap(new byte[20])));
        lan.pass(MILLI);

        assertThat(a.status("VI_1").faults()).containsEntry("BAD_TTL", 1L);
    }

    @Test
    void aDroppedRenewalIsMadeUpForAfterTheNextAdvertisement() {
        startBoth();
        a.blockVips(true);
        lan.pass(1_900 * MILLI);

        a.blockVips(false);
        lan.pass(110 * MILLI);

        assertThat(a.status("VI_1").counters()).containsKey("lease.late");
        assertThat(a.orders).endsWith("hold");
        assertThat(a.answersFor()).containsExactly(VIP);
    }

    private static RouterSettings version2(int priority) {
        RouterSettings three = settings(priority);
        RouterConfig config = three.protocol();
        return new RouterSettings(
                three.name(),
                three.networkInterface(),
                new RouterConfig(
                        config.vrid(),
                        2,
                        config.priority(),
                        100,
                        true,
                        0,
                        3,
                        null,
                        config.checksumForm(),
                        config.addresses(),
                        config.garp()),
                three.advertised(),
                List.of(),
                List.of(),
                "memory",
                "memory",
                5);
    }

    @Test
    void aBackupWithAnotherVersionIsStillThere() {
        startBoth();

        b.start(version2(90));
        lan.pass(MILLI);

        assertThat(b.status("VI_1").version()).isEqualTo(2);
    }

    @Test
    void aMasterWithAnotherVersionHandsOverAndStartsAnew() {
        startBoth();

        a.start(version2(100));
        lan.pass(SECOND);

        assertThat(b.state()).isEqualTo(RouterState.MASTER);
        assertThat(a.status("VI_1").version()).isEqualTo(2);
    }

    @Test
    void aRouterThatIsRemovedWhileItChangesItsIdDoesNotComeBack() {
        a.start(settings(100));
        lan.pass(SECOND);

        a.start(settings("VI_1", 2, 100, 10, List.of()));
        lan.pass(10 * MILLI);
        a.loop.remove("VI_1", "configuration removed", 0);
        lan.pass(5 * SECOND);

        CompletableFuture<List<RouterStatus>> left = a.loop.routers();
        lan.pass(MILLI);
        assertThat(left.join()).isEmpty();
        assertThat(a.answersFor()).isEmpty();
    }

    @Test
    void ofTwoQuickEditsTheLaterWins() {
        a.start(settings(100));
        lan.pass(SECOND);

        a.start(settings("VI_1", 2, 100, 10, List.of()));
        lan.pass(10 * MILLI);
        a.start(settings("VI_1", 3, 100, 10, List.of()));
        lan.pass(5 * SECOND);

        assertThat(a.status("VI_1").vrid()).isEqualTo(3);
        assertThat(a.answersFor()).containsExactly("10.0.0.203/32");
    }

    @Test
    void masterDownCountsFromWhenAnAdvertisementCameNotFromWhenTheLoopReadIt() {
        startBoth();
        lan.wire.forget();
        lan.pass(50 * MILLI);
        b.waitsUntilNanos = lan.now() + 100 * MILLI;
        while (lan.wire.adverts("a").isEmpty()) {
            lan.pass(MILLI);
        }
        long sent = lan.wire.adverts("a").get(0).atNanos();
        b.waitsUntilNanos = sent + 5 * MILLI;
        lan.pass(MILLI);
        a.freeze(true);
        lan.pass(SECOND);

        long longestWay = MILLI / 5;
        assertThat(lan.wire.adverts("b").get(0).atNanos() - sent)
                .isBetween(MASTER_DOWN_OF_90, MASTER_DOWN_OF_90 + longestWay);
    }

    @Test
    void aFloodOfPacketsDelaysNoAdvertisement() {
        startBoth();
        lan.wire.forget();
        for (int second = 0; second < 10; second++) {
            for (int i = 0; i < 10_000; i++) {
                lan.wire.inject(
                        "a",
                        new Packet(
                                Lan.address("10.0.0.9"),
                                Lan.address("224.0.0.18"),
                                255,
                                ByteBuffer.wrap(new byte[20])));
            }
            lan.pass(100 * MILLI);
        }

        assertThat(lan.wire.adverts("a")).hasSize(10);
        assertThat(a.status("VI_1").faults()).containsKey("OVERRUN");
    }

    @Test
    void aCheckThatIsNewDoesNotThrowOutAMaster() {
        startBoth();

        a.start(settings("VI_1", 1, 100, 10, List.of(new Track(Track.Kind.SCRIPT, "chk", -20, false))));
        lan.pass(SECOND);

        assertThat(a.state()).isEqualTo(RouterState.MASTER);
    }
}
