package io.halcyon.vrrp.engine.loop;

import static io.halcyon.vrrp.engine.loop.Lan.MILLI;
import static io.halcyon.vrrp.engine.loop.Lan.SECOND;
import static io.halcyon.vrrp.engine.loop.Lan.settings;
import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.api.check.Verdict;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.Severity;
import io.halcyon.api.net.VirtualAddress;
import io.halcyon.api.vrrp.RouterState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is told, and which events caused it. */
class CausesTest {

    private static final VirtualAddress VIP = VirtualAddress.of(Lan.address("10.0.0.201"));

    private final Lan lan = new Lan();
    private final Lan.Node a = lan.node("a", 1);
    private final Lan.Node b = lan.node("b", 2);

    private static Verdict verdict(Health health, long event) {
        return new Verdict("chk", health, "connect refused", Instant.EPOCH, 0, false, null, event);
    }

    private static RouterSettings tracking(int weight) {
        return settings("VI_1", 1, 100, 10, List.of(new Track(Track.Kind.SCRIPT, "chk", weight, false)));
    }

    private static void forget(Lan.Node node) {
        // Ids go on counting from here, so that tests can name them.
        node.events.clear();
        node.causes.clear();
    }

    private static List<String> story(Lan.Node node) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < node.events.size(); i++) {
            Event event = node.events.get(i);
            String what = event instanceof Event.RouterTransition move
                    ? move.from() + " -> " + move.to()
                    : event instanceof Event.PriorityChange change
                            ? change.from() + " -> " + change.to()
                            : event.getClass().getSimpleName();
            lines.add(i + 1 + " " + what + " " + node.causes.get(i));
        }
        return lines;
    }

    @Test
    void aVerdictLowersThePriorityWhichMovesTheRouterAndBack() {
        a.loop.verdict(verdict(Health.UP, 1000));
        a.start(tracking(-20));
        b.start(settings(90));
        lan.pass(SECOND);
        forget(a);

        a.loop.verdict(verdict(Health.DOWN, 1001));
        lan.pass(SECOND);
        a.loop.verdict(verdict(Health.UP, 1002));
        lan.pass(SECOND);

        assertThat(story(a))
                .containsExactly(
                        "1 100 -> 80 [1001]", "2 MASTER -> BACKUP [1]", "3 80 -> 100 [1002]", "4 BACKUP -> MASTER [3]");
    }

    @Test
    void thePeersPriorityIsNoEventOfOurs() {
        a.start(settings(100));
        b.loop.verdict(verdict(Health.UP, 1));
        b.start(settings("VI_1", 1, 90, 10, List.of(new Track(Track.Kind.SCRIPT, "chk", 20, false))));
        lan.pass(SECOND);
        forget(a);

        b.loop.verdict(verdict(Health.DOWN, 2));
        lan.pass(SECOND);
        b.loop.verdict(verdict(Health.UP, 3));
        lan.pass(SECOND);

        assertThat(story(a)).containsExactly("1 BACKUP -> MASTER []", "2 MASTER -> BACKUP []");
    }

    @Test
    void aFailedTrackerWithoutWeightIsTheCauseOfTheFaultAndItsEndOfTheReturn() {
        a.loop.verdict(verdict(Health.UP, 1000));
        a.start(tracking(0));
        lan.pass(SECOND);
        forget(a);

        a.loop.verdict(verdict(Health.DOWN, 1001));
        lan.pass(SECOND);
        a.loop.verdict(verdict(Health.UP, 1002));
        lan.pass(SECOND);

        assertThat(story(a))
                .containsExactly("1 MASTER -> FAULT [1001]", "2 FAULT -> BACKUP [1002]", "3 BACKUP -> MASTER [2]");
    }

    @Test
    void aWeightThatChangesWithoutANewEventIsNotBlamedOnTheOldOne() {
        a.loop.verdict(verdict(Health.UP, 1000));
        a.start(settings("VI_1", 1, 100, 10, List.of(new Track(Track.Kind.SCRIPT, "chk", null, false))));
        lan.pass(SECOND);
        forget(a);

        a.loop.verdict(new Verdict("chk", Health.UP, "lags", Instant.EPOCH, 0, false, 5, 1000));
        lan.pass(SECOND);

        assertThat(story(a)).containsExactly("1 100 -> 105 []");
    }

    @Test
    void aLostLinkIsNamedByTheFaultItself() {
        a.start(settings(100));
        lan.pass(SECOND);
        forget(a);

        a.carrier(false);
        lan.pass(SECOND);
        a.carrier(true);
        lan.pass(SECOND);

        assertThat(story(a)).containsExactly("1 MASTER -> FAULT []", "2 FAULT -> BACKUP []", "3 BACKUP -> MASTER [2]");
        assertThat(a.events.get(0).text()).contains("eth0").contains("carrier");
    }

    @Test
    void aStallIsTheCauseOfWhatOthersDidMeanwhile() {
        a.start(settings(100));
        b.start(settings(90));
        lan.pass(SECOND);
        a.freeze(true);
        lan.pass(5 * SECOND);
        b.start(settings(110));
        lan.pass(SECOND);
        forget(a);

        a.freeze(false);
        lan.pass(MILLI);

        assertThat(story(a)).containsExactly("1 Stall []", "2 MASTER -> BACKUP [1]");
        assertThat(a.events.get(0).text()).endsWith("another node is master now");
    }

    @Test
    void aConfigurationIsTheCauseOfWhatFollowsFromIt() {
        a.loop.configure(settings(100), 0, 1000);
        b.start(settings(95));
        lan.pass(SECOND);
        assertThat(story(a)).containsExactly("1 INIT -> BACKUP [1000]", "2 BACKUP -> MASTER [1]");
        forget(a);

        a.loop.remove("VI_1", "configuration removed", 1001);
        lan.pass(SECOND);

        assertThat(story(a)).containsExactly("1 MASTER -> INIT [1001]");
        assertThat(a.events).singleElement().isInstanceOfSatisfying(Event.RouterTransition.class, gone -> {
            assertThat(gone.stopping()).isTrue();
            assertThat(gone.deleted()).isTrue();
            assertThat(gone.cause()).isEqualTo("configuration removed");
        });
    }

    @Test
    void aPlannedStopDeletesNothing() {
        a.start(settings(100));
        lan.pass(SECOND);
        forget(a);

        CompletableFuture<Void> stopped = a.loop.stopAll("planned stop", false);
        lan.pass(SECOND);
        assertThat(stopped).isDone();

        assertThat(a.events).singleElement().isInstanceOfSatisfying(Event.RouterTransition.class, gone -> {
            assertThat(gone.stopping()).isTrue();
            assertThat(gone.deleted()).isFalse();
            assertThat(gone.cause()).isEqualTo("planned stop");
        });
    }

    @Test
    void aTransportThatGoesIsTheCauseOfTheHandover() {
        a.start(settings(100));
        b.start(settings(90));
        lan.pass(SECOND);
        forget(a);

        CompletableFuture<Void> left = a.loop.removeTransport(a.transport, 1000);
        lan.pass(SECOND);
        assertThat(left).isDone();

        assertThat(story(a)).startsWith("1 MASTER -> BACKUP [1000]").hasSize(2);
        assertThat(a.events.get(1)).isInstanceOfSatisfying(Event.RouterTransition.class, move -> assertThat(move.to())
                .isEqualTo(RouterState.INIT));
    }

    /** An override may stay for good; it is no hold by hand, during which notifiers would be quiet. */
    @Test
    void anOverrideIsNamedByTheChangeOfThePriorityItself() {
        a.start(settings(100));
        b.start(settings(90));
        lan.pass(SECOND);
        forget(a);

        CompletableFuture<Void> overridden = a.loop.priority("VI_1", 80);
        lan.pass(SECOND);
        CompletableFuture<Void> withdrawn = a.loop.priority("VI_1", 0);
        lan.pass(SECOND);
        assertThat(overridden).isDone();
        assertThat(withdrawn).isDone();

        assertThat(story(a))
                .containsExactly(
                        "1 100 -> 80 []", "2 MASTER -> BACKUP [1]", "3 80 -> 100 []", "4 BACKUP -> MASTER [3]");
        assertThat(a.events.get(0).text()).endsWith("priority overridden with 80");
        assertThat(a.events.get(2).text()).endsWith("override withdrawn");
    }

    @Test
    void whoIsMasterWithALowerPriorityIsToldOfOnceAMinuteWhileItLasts() {
        a.start(settings(100));
        lan.pass(SECOND);
        forget(a);
        // B hears nobody and believes to be alone.
        lan.wire.cut("a", "b");
        b.start(settings(90));
        lan.pass(50 * SECOND);

        Event heard = new Event.LowerPriorityHeard("VI_1", "10.0.0.2", 90, 100);
        assertThat(a.events).containsExactly(heard);
        lan.pass(15 * SECOND);
        assertThat(a.events).containsExactly(heard, heard);
    }

    @Test
    void aLostLeaseIsToldAndTheReturnOfTheAddressNamesIt() {
        a.start(settings(100));
        lan.pass(SECOND);
        forget(a);

        a.lose(VIP, true);
        lan.pass(MILLI);
        a.restored(VIP);
        lan.pass(MILLI);
        a.lose(VIP, false);
        lan.pass(MILLI);

        assertThat(story(a)).containsExactly("1 LeaseTrouble []", "2 AddressTrouble [1]", "3 AddressTrouble []");
        assertThat(a.events.get(0).text()).isEqualTo("10.0.0.201/32 was removed by the kernel, its lease ran out");
        assertThat(a.events.get(0).severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void aRenewalThatWasLateIsToldOnceAMinute() {
        a.start(settings(100));
        lan.pass(SECOND);
        forget(a);

        for (int i = 0; i < 5; i++) {
            a.blockVips(true);
            lan.pass(3 * SECOND);
            a.blockVips(false);
            lan.pass(SECOND);
        }

        assertThat(a.events)
                .singleElement()
                .isEqualTo(new Event.LeaseTrouble(
                        "VI_1",
                        "10.0.0.201/32",
                        "not renewed in time: the order was taken up too late and dropped",
                        Severity.WARNING));
    }
}
