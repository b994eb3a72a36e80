package io.halcyon.check.composite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.check.Health;
import io.halcyon.api.check.Verdict;
import io.halcyon.spi.check.AsynchronousCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.CheckRun;
import io.halcyon.spi.check.HealthCheckFactory;
import io.halcyon.testkit.HealthCheckContract;
import io.halcyon.testkit.Keys;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompositeCheckTest extends HealthCheckContract<CompositeKeys> {

    private long seconds;
    private final CompositeCheckFactory factory = new CompositeCheckFactory(() -> seconds++ * 1_000_000_000L);

    @Override
    protected HealthCheckFactory<CompositeKeys> factory() {
        return factory;
    }

    @Override
    protected Map<String, Object> working() {
        tell("a", Health.UP);
        return keys("all", "a");
    }

    @Override
    protected Map<String, Object> failing() {
        tell("b", Health.DOWN);
        return keys("all", "b");
    }

    @Override
    protected Map<String, Object> hanging() {
        return Map.of();
    }

    @Override
    protected Map<String, Object> senseless() {
        return keys("3", "a", "b");
    }

    @ParameterizedTest
    @CsvSource({
        "all, UP, UP, UP, UP",
        "all, UP, UP, DOWN, DOWN",
        "all, UP, DEGRADED, UP, DEGRADED",
        "all, UP, UP, UNKNOWN, UNKNOWN",
        "all, UNKNOWN, DOWN, UP, DOWN",
        "any, DOWN, UP, DOWN, UP",
        "any, DOWN, DOWN, DOWN, DOWN",
        "any, DOWN, DEGRADED, UNKNOWN, DEGRADED",
        "any, DOWN, UNKNOWN, DOWN, UNKNOWN",
        "any, UP, UNKNOWN, DOWN, UP",
        "2, UP, UP, DOWN, UP",
        "2, UP, DEGRADED, DOWN, DEGRADED",
        "2, UP, DOWN, DOWN, DOWN",
        "2, UP, UNKNOWN, DOWN, UNKNOWN",
        "2, UP, UP, UNKNOWN, UP"
    })
    void enoughOfThemDecide(String quorum, Health a, Health b, Health c, Health expected) {
        tell("a", a);
        tell("b", b);
        tell("c", c);

        assertThat(look("x", keys(quorum, "a", "b", "c")).health()).isEqualTo(expected);
    }

    @Test
    void weightsCount() {
        tell("big", Health.UP);
        tell("s1", Health.DOWN);
        tell("s2", Health.DOWN);
        var keys = keys("3", "big weight 3", "s1", "s2");
        var result = look("x", keys);
        assertThat(result.health()).isEqualTo(Health.UP);
        assertThat(result.reason()).isEqualTo("3 of 5 is fine (quorum 3); s1 is DOWN; s2 is DOWN");

        tell("big", Health.DOWN);
        tell("s1", Health.UP);
        tell("s2", Health.UP);
        assertThat(look("x", keys).reason()).isEqualTo("2 of 5 is fine (quorum 3); big is DOWN: because of big");
    }

    @Test
    void reverseSwapsSuccessAndFailureButNotIgnorance() {
        var keys = keys("all", "flag weight 2 reverse");
        tell("flag", Health.UP);
        assertThat(look("x", keys).health()).isEqualTo(Health.DOWN);
        tell("flag", Health.DEGRADED);
        assertThat(look("x", keys).health()).isEqualTo(Health.DOWN);
        tell("flag", Health.DOWN);
        assertThat(look("x", keys).health()).isEqualTo(Health.UP);
        tell("flag", Health.UNKNOWN);
        assertThat(look("x", keys).health()).isEqualTo(Health.UNKNOWN);
    }

    @Test
    void unknownMembersAreNamed() {
        tell("a", Health.UNKNOWN);

        var result = settled("x", keys("all", "a", "nobody"));
        assertThat(result.health()).isEqualTo(Health.UNKNOWN);
        assertThat(result.reason())
                .isEqualTo("0 of 2 is fine (quorum 2); a is UNKNOWN: because of a; nobody has no verdict");
        assertThat(result.details()).containsEntry("a", "UNKNOWN: because of a").containsEntry("nobody", "no verdict");
    }

    @Test
    void aChangeShowsWithTheNextLookAndAMemberThatWentIsMissed() {
        tell("a", Health.UP);
        var check = check("x", keys("all", "a"));
        assertThat(look(check).health()).isEqualTo(Health.UP);
        tell("a", Health.DOWN);
        assertThat(look(check).health()).isEqualTo(Health.DOWN);
        factory.onVerdictRemoved("a");
        assertThat(look(check).reason()).isEqualTo("0 of 1 is fine (quorum 1); a has no verdict");
        assertThat(look(check).hold()).isFalse();
    }

    @Test
    void whileVerdictsStillComeTheVerdictStays() {
        tell("a", Health.UP);
        var check = check("x", keys("all", "a", "b"));
        assertThat(look(check).hold()).isTrue();
        tell("b", Health.UNKNOWN);
        assertThat(look(check).hold())
                .as("a member that says itself that it knows nothing")
                .isFalse();

        var any = check("y", keys("any", "a", "c"));
        assertThat(look(any).health()).as("what is not missed").isEqualTo(Health.UP);
        var all = check("z", keys("all", "a", "c"));
        assertThat(look(all).hold()).isTrue();
        assertThat(look(all).hold()).isTrue();
        assertThat(look(all).hold()).as("after two seconds").isFalse();
    }

    @Test
    void oneThatWouldLookAtItselfIsUnknownUntilTheCircleIsOpened() {
        tell("p", Health.UP);
        for (var name : List.of("a", "b", "c")) {
            tell(name, Health.UP);
        }
        var a = check("a", keys("any", "p", "b"));
        var b = check("b", keys("any", "p", "c"));
        var c = check("c", keys("any", "p", "a"));
        look(a);
        look(b);
        assertThat(look(c).reason()).isEqualTo("it would look at itself: c -> a -> b -> c");
        assertThat(look(a).health()).isEqualTo(Health.UNKNOWN);
        assertThat(look(a).reason()).isEqualTo("it would look at itself: a -> b -> c -> a");
        assertThat(look("outside", keys("any", "a", "p")).health()).isEqualTo(Health.UP);

        c.close();
        assertThat(look(a).health()).isEqualTo(Health.UP);
        assertThat(look(b).health()).isEqualTo(Health.UP);
    }

    @Test
    void twoWaysToOneCheckAreNoCircle() {
        tell("p", Health.UP);
        tell("left", Health.UP);
        tell("right", Health.UP);
        look("left", keys("all", "p"));
        look("right", keys("all", "p"));

        assertThat(look("top", keys("all", "left", "right")).health()).isEqualTo(Health.UP);
    }

    @Test
    void whatIsOnlyMadeToSeeWhetherItsKeysAreTakenTracksNothing() {
        var tried = check("x", keys("all", "a"));
        assertThat(factory.trackedChecks()).isEmpty();
        tried.close();

        var first = check("x", keys("all", "a"));
        look(first);
        var second = check("x", keys("all", "b"));
        look(second);
        first.close();
        assertThat(factory.trackedChecks()).as("closed after its successor ran").isEqualTo(Map.of("b", List.of("x")));
        second.close();
        assertThat(factory.trackedChecks()).isEmpty();
    }

    @Test
    void aLongReasonIsCut() {
        factory.onVerdict(new Verdict("a", Health.DOWN, "x".repeat(500), Instant.EPOCH, 0, false, null, 0));

        assertThat(look("x", keys("all", "a")).reason()).hasSizeLessThan(200).endsWith("x...");
    }

    @ParameterizedTest
    @CsvSource({
        "'', NAME",
        "a weight, NAME",
        "a weight 0, NAME",
        "a weight -1, NAME",
        "a weight 1001, NAME",
        "a reverse weight 2, NAME",
        "a b, NAME",
        "x, 'other checks, not itself'"
    })
    void senselessMembersAreRefused(String member, String allowed) {
        assertThatThrownBy(() -> check("x", keys("all", member)))
                .hasMessageStartingWith("checks = " + member + " is refused: allowed is " + allowed);
    }

    @Test
    void noMembersTwiceTheSameAndAnImpossibleQuorumAreRefused() {
        assertThatThrownBy(() -> check("x", keys("all"))).hasMessageStartingWith("checks = ");
        assertThatThrownBy(() -> check("x", keys("all", "a", "a weight 2")))
                .hasMessage("checks = a weight 2 is refused: allowed is each check once");
        assertThatThrownBy(() -> check("x", keys("4", "a", "b weight 2")))
                .hasMessage("quorum = 4 is refused: allowed is all, any, or 1-3, the sum of weights");
        assertThatThrownBy(() -> check("x", keys("0", "a"))).hasMessageStartingWith("quorum = 0 is refused");
    }

    private void tell(String name, Health health) {
        factory.onVerdict(new Verdict(name, health, "because of " + name, Instant.EPOCH, 0, false, null, 0));
    }

    private static Map<String, Object> keys(String quorum, String... checks) {
        return Map.of("quorum", quorum, "checks", checks);
    }

    private CheckResult settled(String name, Map<String, Object> keys) {
        return settled(check(name, keys));
    }

    /** The clock goes on by a second with every look. */
    private static CheckResult settled(AsynchronousCheck check) {
        look(check);
        look(check);
        return look(check);
    }

    private CheckResult look(String name, Map<String, Object> keys) {
        return look(check(name, keys));
    }

    private AsynchronousCheck check(String name, Map<String, Object> keys) {
        return (AsynchronousCheck) factory.create(name, Keys.of(CompositeKeys.class, keys));
    }

    /** It completes within the call: there is nothing to wait for. */
    private static CheckResult look(AsynchronousCheck check) {
        var result = new CompletableFuture<CheckResult>();
        check.look(new CheckRun() {
            @Override
            public void connect(InetSocketAddress target, Handler handler) {
                throw new AssertionError("it connects");
            }

            @Override
            public void connectDatagram(InetSocketAddress target, Handler handler) {
                throw new AssertionError("it connects");
            }

            @Override
            public void after(long delayMillis, Runnable action) {
                throw new AssertionError("it waits");
            }

            @Override
            public void complete(CheckResult completed) {
                result.complete(completed);
            }

            @Override
            public long elapsedNanos() {
                return 0;
            }
        });
        assertThat(result).isCompleted();
        return result.join();
    }
}
