package io.halcyon.check.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.CheckStatus;
import io.halcyon.api.check.CheckType;
import io.halcyon.api.check.Health;
import io.halcyon.api.check.Verdict;
import io.halcyon.api.check.VerdictListener;
import io.halcyon.api.event.Event;
import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.HealthCheck;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckTest {

    private final ManualLoop loop = new ManualLoop();
    private final ManualRunner runner = new ManualRunner(loop);
    private final VerdictBoard board = new VerdictBoard(loop);
    private final List<String> told = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final Trackers trackers = new Trackers();
    private final Checks checks = new Checks(
            new Surroundings(loop, runner, board, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)), trackers, name -> 0);
    private final List<HealthCheck> closed = new ArrayList<>();
    private final InstalledType type = type();

    @BeforeEach
    void listen() {
        board.sinks().set((event, causes) -> {
            events.add(event);
            return events.size();
        });
        board.add(listener());
        loop.settle();
    }

    @Test
    void theFirstResultIsTheVerdictAtOnce() {
        start(settings().build());

        assertThat(told).containsExactly("c UP fine");
        assertThat(runner.runs()).isEqualTo(1);
        assertThat(events).containsExactly(new Event.VerdictChange("c", Health.UNKNOWN, Health.UP, "fine"));
        assertThat(status().verdict().eventId()).isEqualTo(1);
    }

    @Test
    void itRunsOncePerInterval() {
        start(settings().intervalMillis(2_000).build());
        loop.advanceMillis(10_000);

        assertThat(runner.runs()).isEqualTo(6);
        assertThat(status().counters()).containsEntry("runs", 6L).containsEntry("skipped", 0L);
    }

    @Test
    void initFailStartsAsDownWithoutAnEventUntilItRises() {
        start(settings().rise(2).init(Health.DOWN, "init.fail: no success yet").build());
        loop.advanceMillis(1_000);

        assertThat(told).containsExactly("c DOWN init.fail: no success yet", "c UP fine");
        assertThat(events).hasSize(1);
    }

    @Test
    void aFailureThatDoesNotCountEnoughChangesNothing() {
        start(settings().fall(2).build());
        runner.answer = CheckResult.down("broken");
        loop.advanceMillis(1_000);

        assertThat(status().verdict().health()).isEqualTo(Health.UP);
        assertThat(status().verdict().reason()).isEqualTo("fine");
        assertThat(status().streak()).isEqualTo(1);
        assertThat(status().lastHealth()).isEqualTo(Health.DOWN);
        assertThat(status().lastReason()).isEqualTo("broken");

        loop.advanceMillis(1_000);
        assertThat(told).containsExactly("c UP fine", "c DOWN broken");
    }

    @Test
    void anotherReasonOrWeightIsToldWithoutAnEvent() {
        start(settings().build());
        runner.answer = CheckResult.up("finer").withWeight(7);
        loop.advanceMillis(1_000);

        assertThat(told).containsExactly("c UP fine", "c UP finer");
        assertThat(status().verdict().dynamicWeight()).isEqualTo(7);
        assertThat(events).hasSize(1);
    }

    @Test
    void aHungRunIsReportedAtItsLimitAndNeverRunTwice() {
        runner.hangs = true;
        start(settings().intervalMillis(1_000).timeoutMillis(500).build());
        loop.advanceMillis(599);
        assertThat(told).isEmpty();
        loop.advanceMillis(1);

        assertThat(told).containsExactly("c DOWN timed out after 500 ms");
        assertThat(runner.givenUp).isEqualTo(1);
        assertThat(status().state()).isEqualTo("hanging");
        loop.advanceMillis(5_000);
        assertThat(runner.runs()).isEqualTo(1);
        assertThat(status().counters()).containsEntry("timeouts", 1L).containsEntry("skipped", 5L);
    }

    @Test
    void aRunThatHangsOnCountsAsAFailureAtEveryInterval() {
        start(settings().fall(3).build());
        runner.hangs = true;
        loop.advanceMillis(1_000 + 1_100);
        assertThat(status().verdict().health()).isEqualTo(Health.UP);
        loop.advanceMillis(2_000);

        assertThat(status().verdict().health()).isEqualTo(Health.DOWN);
        assertThat(status().verdict().reason()).isEqualTo("timed out, and the run still hangs");
        assertThat(runner.runs()).isEqualTo(2);
    }

    @Test
    void aRunThatComesBackLateGivesItsDetailsAndTheNextOneStarts() {
        runner.hangs = true;
        start(settings().build());
        loop.advanceMillis(1_200);
        runner.release(CheckResult.down("ended by TERM").withDetails(Map.of("output", "waiting")));
        runner.hangs = false;
        loop.advanceMillis(800);

        assertThat(told).containsExactly("c DOWN timed out after 1000 ms", "c UP fine");
    }

    @Test
    void aPluginThatKeepsTheLimitItselfIsHeardInItsOwnWords() {
        runner.hangs = true;
        start(settings().timeoutMillis(500).build());
        loop.advanceMillis(510);
        runner.release(CheckResult.down("timed out after 505 ms, ended by TERM"));

        assertThat(told).containsExactly("c DOWN timed out after 505 ms, ended by TERM");
        assertThat(status().counters()).containsEntry("timeouts", 1L);
    }

    @Test
    void aSuccessAfterTheLimitIsAFailure() {
        runner.hangs = true;
        start(settings().timeoutMillis(500).build());
        loop.advanceMillis(550);
        runner.release(CheckResult.up("fine at last"));

        assertThat(told).containsExactly("c DOWN timed out, answered after 550 ms");
    }

    @Test
    void aRunLongerThanTheIntervalButWithinItsLimitIsOnlyWaitedFor() {
        runner.hangs = true;
        start(settings().intervalMillis(1_000).timeoutMillis(5_000).build());
        loop.advanceMillis(3_500);
        runner.release(CheckResult.up("slow"));

        assertThat(told).containsExactly("c UP slow");
        assertThat(status().counters()).containsEntry("skipped", 3L).containsEntry("timeouts", 0L);
    }

    @Test
    void aRemedyHoldsTheVerdictHoweverLongItTakes() {
        start(settings().build());
        runner.answer = CheckResult.hold("restarting nginx, 1 of 3");
        loop.advanceMillis(10_000);

        assertThat(told).containsExactly("c UP fine");
        assertThat(status().lastReason()).isEqualTo("restarting nginx, 1 of 3");
        assertThat(status().streak()).isZero();
    }

    @Test
    void aRemedyFromTheStartGivesNoVerdict() {
        runner.answer = CheckResult.hold("restarting");
        start(settings().build());
        loop.advanceMillis(5_000);

        assertThat(told).isEmpty();
        assertThat(status().verdict().health()).isEqualTo(Health.UNKNOWN);
    }

    @Test
    void unknownIsToldWithItsReasonAndKeepsAVerdictForFallRuns() {
        runner.answer = CheckResult.unknown("file missing: /x");
        start(settings().fall(2).build());
        assertThat(told).containsExactly("c UNKNOWN file missing: /x");
        runner.answer = CheckResult.up("fine");
        loop.advanceMillis(1_000);
        runner.answer = CheckResult.unknown("file missing: /x");
        loop.advanceMillis(1_000);
        assertThat(status().verdict().health()).isEqualTo(Health.UP);
        loop.advanceMillis(1_000);

        assertThat(status().verdict().health()).isEqualTo(Health.UNKNOWN);
    }

    @Test
    void aMissingTypeIsWaitedForAndTheCheckStartsByItself() {
        checks.apply("c", settings().build());
        loop.settle();
        assertThat(status().state()).isEqualTo("waiting for type probe");
        assertThat(told).isEmpty();
        loop.advanceMillis(3_000);
        assertThat(told)
                .containsExactly("c UNKNOWN waiting for type probe, which no installed bundle brings;"
                        + " if it comes with Halcyon, install it: feature:install halcyon-check-probe");

        checks.add(type, 0);
        loop.settle();
        assertThat(status().state()).isEqualTo("idle");
        assertThat(told).last().isEqualTo("c UP fine");
    }

    @Test
    void aBundleUpdateIsNoEventForAnybody() {
        start(settings().rise(5).fall(5).build());
        checks.remove(type, 0);
        loop.advanceMillis(2_900);
        assertThat(status().state()).isEqualTo("waiting for type probe");
        var updated = type();
        checks.add(updated, 0);
        loop.advanceMillis(10_000);

        assertThat(told).containsExactly("c UP fine");
        assertThat(closed).hasSize(1);
        assertThat(events).hasSize(1);
        assertThat(runner.runs()).isGreaterThan(5);
        assertThat(status().counters()).containsEntry("skipped", 0L);
    }

    @Test
    void aNewTypeThatComesBeforeTheOldOneWentTakesOver() {
        start(settings().build());
        checks.add(type(), 0);
        checks.remove(type, 0);
        loop.advanceMillis(5_000);

        assertThat(told).containsExactly("c UP fine");
        assertThat(status().state()).isEqualTo("idle");
    }

    @Test
    void aTypeThatStaysAwayMakesItsChecksUnknown() {
        start(settings().build());
        checks.remove(type, 0);
        loop.advanceMillis(3_000);

        assertThat(told)
                .containsExactly(
                        "c UP fine",
                        "c UNKNOWN waiting for type probe, which no installed bundle brings;"
                                + " if it comes with Halcyon, install it: feature:install halcyon-check-probe");
        assertThat(runner.runs()).isEqualTo(1);
    }

    @Test
    void aCheckThatHangsWhenItsTypeGoesIsClosedWhenItReturns() {
        runner.hangs = true;
        start(settings().build());
        checks.remove(type, 0);
        loop.settle();
        assertThat(runner.givenUp).isEqualTo(1);
        assertThat(closed).isEmpty();
        runner.release(CheckResult.up("too late"));

        assertThat(closed).hasSize(1);
        assertThat(told).isEmpty();
    }

    @Test
    void keysThatTheTypeRefusesLateAreToldAndHoldTheRouter() {
        checks.apply("c", settings().build());
        loop.settle();
        var refusing = new InstalledType(type.description(), text -> {
            throw text.refuse("script", "a command");
        });
        checks.add(refusing, 0);
        loop.settle();

        assertThat(status().state()).isEqualTo("refused");
        assertThat(told).singleElement().asString().startsWith("c UNKNOWN ").contains("script");
        assertThat(events).singleElement().isInstanceOf(Event.ConfigurationChange.class);
    }

    @Test
    void anEditKeepsVerdictAndCountersAndTakesEffectAtOnce() {
        start(settings().intervalMillis(60_000).build());
        checks.apply(
                "c",
                settings().intervalMillis(1_000).weight(new Weight(-20, false)).build());
        loop.advanceMillis(2_000);

        assertThat(told).containsExactly("c UP fine", "c UP fine");
        assertThat(status().verdict().weight()).isEqualTo(-20);
        assertThat(runner.runs()).isEqualTo(3);
        assertThat(closed).hasSize(1);
    }

    @Test
    void anEditWhileARunHangsDoesNotWaitForIt() {
        runner.hangs = true;
        start(settings().build());
        loop.advanceMillis(1_500);
        runner.hangs = false;
        checks.apply("c", settings().build());
        loop.advanceMillis(1_000);

        assertThat(told).containsExactly("c DOWN timed out after 1000 ms", "c UP fine");
        runner.release(CheckResult.down("the old one at last"));
        assertThat(told).hasSize(2);
        assertThat(closed).hasSize(1);
    }

    @Test
    void aRemovedCheckIsForgotten() {
        start(settings().build());
        checks.remove("c");
        loop.advanceMillis(5_000);

        assertThat(told).containsExactly("c UP fine", "c gone");
        assertThat(runner.runs()).isEqualTo(1);
        assertThat(checks.find("c")).isNull();
        assertThat(closed).hasSize(1);
    }

    @Test
    void aNewListenerIsToldAllVerdictsAndAGoneOneNone() {
        start(settings().build());
        var second = listener();
        board.add(second);
        loop.settle();
        assertThat(told).containsExactly("c UP fine", "c UP fine");

        board.remove(second);
        runner.answer = CheckResult.down("broken");
        loop.advanceMillis(1_000);
        assertThat(told).containsExactly("c UP fine", "c UP fine", "c DOWN broken");
    }

    @Test
    void aListenerThatThrowsDoesNotKeepOthersFromHearing() {
        board.add(new VerdictListener() {
            @Override
            public void onVerdict(Verdict verdict) {
                throw new IllegalStateException("not today");
            }

            @Override
            public void onVerdictRemoved(String name) {
                throw new IllegalStateException("not today");
            }
        });
        board.add(listener());
        start(settings().build());

        assertThat(told).containsExactly("c UP fine", "c UP fine");
    }

    @Test
    void runNowCountsLikeAnyOtherRunAndJoinsOneUnderWay() {
        start(settings().intervalMillis(60_000).build());
        runner.hangs = true;
        var answers = new ArrayList<String>();
        find().runNow(() -> answers.add("first"));
        find().runNow(() -> answers.add("second"));
        loop.settle();
        assertThat(runner.runs()).isEqualTo(2);
        assertThat(answers).isEmpty();
        runner.release(CheckResult.down("broken"));

        assertThat(answers).containsExactly("first", "second");
        assertThat(status().verdict().health()).isEqualTo(Health.DOWN);
    }

    @Test
    void aMachineThatSleptRunsOnceAndGoesOn() {
        start(settings().build());
        loop.jumpMillis(100_500);

        assertThat(runner.runs()).isEqualTo(2);
        loop.advanceMillis(500);
        assertThat(runner.runs()).isEqualTo(3);
    }

    @Test
    void aCheckNobodyTracksIsNamed() {
        start(settings().build());
        assertThat(trackers.complete(status()).warnings()).isEmpty();
        trackers.add(() -> Map.of("other", List.of("VI_1")));
        assertThat(trackers.complete(status()).warnings()).containsExactly(Trackers.UNTRACKED);
        trackers.add(() -> Map.of("c", List.of("VI_2", "VI_1")));

        assertThat(trackers.complete(status()).warnings()).isEmpty();
        assertThat(trackers.complete(status()).trackedBy()).containsExactly("VI_1", "VI_2");
    }

    private void start(CheckSettings settings) {
        checks.add(type, 0);
        checks.apply("c", settings);
        loop.settle();
    }

    private Check find() {
        return Objects.requireNonNull(checks.find("c"));
    }

    private CheckStatus status() {
        return find().status();
    }

    private InstalledType type() {
        return new InstalledType(new CheckType("probe", "for tests", "", List.of()), text -> new BlockingCheck() {
            @Override
            public CheckResult look(long timeoutMillis) {
                throw new AssertionError("the manual runner answers");
            }

            @Override
            public void close() {
                closed.add(this);
            }
        });
    }

    private VerdictListener listener() {
        return new VerdictListener() {
            @Override
            public void onVerdict(Verdict verdict) {
                told.add(verdict.name() + " " + verdict.health() + " " + verdict.reason());
            }

            @Override
            public void onVerdictRemoved(String name) {
                told.add(name + " gone");
            }
        };
    }

    private static SettingsBuilder settings() {
        return new SettingsBuilder();
    }
}
