package io.halcyon.check.felix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.check.Health;
import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.HealthCheckFactory;
import io.halcyon.testkit.Await;
import io.halcyon.testkit.HealthCheckContract;
import io.halcyon.testkit.Keys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** With health checks written against Felix' own API; that services are found is shown in a container. */
class FelixCheckTest extends HealthCheckContract<FelixKeys> {

    private final FelixCheckFactory factory = new FelixCheckFactory();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void endAll() {
        end.countDown();
    }

    @Override
    protected HealthCheckFactory<FelixKeys> factory() {
        return factory;
    }

    @Override
    protected Map<String, Object> working() {
        service("fine", () -> new Result(Result.Status.OK, "all is well"));
        return keys("name", list("fine"));
    }

    @Override
    protected Map<String, Object> failing() {
        service("bad", () -> new Result(Result.Status.CRITICAL, "nothing is well"));
        return keys("name", list("bad"));
    }

    @Override
    protected Map<String, Object> hanging() {
        service("hangs", () -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Result(Result.Status.OK, "");
        });
        return keys("name", list("hangs"));
    }

    @Override
    protected Map<String, Object> senseless() {
        return keys("name", list());
    }

    @ParameterizedTest
    @EnumSource(Result.Status.class)
    void everyStatusMeansSomething(Result.Status status) throws Exception {
        service("x", () -> new Result(status, "said so"));
        var expected =
                switch (status) {
                    case OK -> Health.UP;
                    case WARN -> Health.DEGRADED;
                    case TEMPORARILY_UNAVAILABLE, CRITICAL -> Health.DOWN;
                    case HEALTH_CHECK_ERROR -> Health.UNKNOWN;
                };

        var result = look(keys("name", list("x")));
        assertThat(result.health()).isEqualTo(expected);
        assertThat(result.reason()).isEqualTo(status == Result.Status.OK ? "x OK" : "x " + status + ": said so");
    }

    @ParameterizedTest
    @CsvSource({
        "OK, OK, UP",
        "OK, WARN, DEGRADED",
        "WARN, CRITICAL, DOWN",
        "HEALTH_CHECK_ERROR, CRITICAL, DOWN",
        "HEALTH_CHECK_ERROR, WARN, UNKNOWN",
        "TEMPORARILY_UNAVAILABLE, OK, DOWN"
    })
    void theWorstDecides(Result.Status a, Result.Status b, Health expected) throws Exception {
        service("a", () -> new Result(a, ""));
        service("b", () -> new Result(b, ""));

        assertThat(look(keys("name", list("a", "b"))).health()).isEqualTo(expected);
    }

    @Test
    void theReasonIsWhatWasSaidAboutTheStatus() throws Exception {
        service("disk", () -> {
            var log = new FormattingResultLog();
            log.info("looking at {}", "/data");
            log.warn("usage {} %", 91);
            log.critical("only\n{} left", "3 MB");
            return new Result(log);
        });
        service("ok", () -> new Result(Result.Status.OK, "well"));

        var result = look(keys("name", list("disk", "ok")));
        assertThat(result.reason()).isEqualTo("disk CRITICAL: only 3 MB left");
        assertThat(result.details())
                .containsEntry("disk", "CRITICAL only 3 MB left")
                .containsEntry("ok", "OK well");
    }

    @Test
    void tagsSelect() throws Exception {
        service("ab", () -> new Result(Result.Status.OK, ""), "a", "b");
        service("a", () -> new Result(Result.Status.OK, ""), "a");
        service("ac", () -> new Result(Result.Status.OK, ""), "a", "c");
        service("d", () -> new Result(Result.Status.OK, ""));

        assertThat(look(keys("tags", list("a"))).reason()).isEqualTo("a, ab, ac OK");
        assertThat(look(keys("tags", list("a", "b"))).reason()).isEqualTo("ab OK");
        assertThat(look(keys("tags", list("b", "c"), "tags.or", true)).reason()).isEqualTo("ab, ac OK");
        assertThat(look(keys("tags", list("a", "-b"))).reason()).isEqualTo("a, ac OK");
        assertThat(look(keys("tags", list("b"), "name", list("d"))).reason()).isEqualTo("ab, d OK");
    }

    @Test
    void tagsMayBeTextOrArrayOrListAndANameMayBeMissing() throws Exception {
        HealthCheck one = () -> new Result(Result.Status.OK, "");
        factory.addCheck(one, Map.of("hc.tags", "t", "component.name", "org.example.One"));
        HealthCheck two = () -> new Result(Result.Status.OK, "two");
        factory.addCheck(two, Map.of("hc.tags", List.of("t", "u"), "service.id", 7L));

        assertThat(look(keys("tags", list("t"))).reason()).isEqualTo("org.example.One, service 7 OK");
        factory.updatedCheck(two, Map.of("service.id", 7L));
        assertThat(look(keys("tags", list("t"))).reason()).isEqualTo("org.example.One OK");
        factory.removeCheck(one);
        assertThat(look(keys("tags", list("t"))).health()).isEqualTo(Health.UNKNOWN);
    }

    @Test
    void whereTooFewAreThereNobodyKnows() throws Exception {
        assertThat(look(keys("tags", list("t", "-u"), "name", list("n"))).reason())
                .isEqualTo("no health check has name n or tags t, -u");
        service("one", () -> new Result(Result.Status.CRITICAL, ""), "t");
        assertThat(look(keys("tags", list("t"), "found.min", 2)).reason())
                .isEqualTo("only 1 health checks have tags t, found.min is 2");
    }

    @Test
    void anExceptionSaysNothingAboutTheThing() throws Exception {
        service("broken", () -> {
            throw new IllegalStateException("out of\norder");
        });

        var result = look(keys("name", list("broken")));
        assertThat(result.health()).isEqualTo(Health.UNKNOWN);
        assertThat(result.reason())
                .isEqualTo("broken HEALTH_CHECK_ERROR: java.lang.IllegalStateException: out of order");
    }

    @Test
    void oneThatCannotBeInterruptedIsNotStartedAgain() throws Exception {
        var runs = new AtomicInteger();
        service("deaf", () -> {
            runs.incrementAndGet();
            while (end.getCount() > 0) {
                Thread.onSpinWait();
            }
            return new Result(Result.Status.OK, "");
        });
        var check = check(keys("name", list("deaf")));

        assertThat(check.look(50).reason()).isEqualTo("the health checks of name deaf gave no result in time");
        Await.until("it has begun", () -> runs.get() == 1);
        var second = check.look(50);
        assertThat(second.health()).isEqualTo(Health.DOWN);
        assertThat(second.reason()).isEqualTo("the health checks of a look before are still running");
        assertThat(runs).hasValue(1);
        end.countDown();
        var deadline = System.nanoTime() + 20_000_000_000L;
        while (check.look(5_000).health() != Health.UP) {
            assertThat(System.nanoTime()).isLessThan(deadline);
        }
    }

    @Test
    void aLookThatIsOverIsNeverTakenForOneThatGoesOn() throws Exception {
        service("fine", () -> new Result(Result.Status.OK, ""));
        var check = check(keys("name", list("fine")));

        for (int i = 0; i < 500; i++) {
            assertThat(check.look(5_000).health()).isEqualTo(Health.UP);
        }
    }

    @Test
    void senselessTagsAreRefused() {
        assertThatThrownBy(() -> check(keys("tags", list("-"))))
                .hasMessage("tags = - is refused: allowed is tags, and tags with - in front");
        assertThatThrownBy(() -> check(keys("tags", list("-a"))))
                .hasMessage("name =  is refused: allowed is at least one name, or tags that a check has");
    }

    private void service(String name, HealthCheck check, String... tags) {
        factory.addCheck(check, Map.of(HealthCheck.NAME, name, HealthCheck.TAGS, tags));
    }

    private static String[] list(String... members) {
        return members;
    }

    private static Map<String, Object> keys(Object... keysAndValues) {
        var keys = new HashMap<String, Object>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            keys.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return keys;
    }

    private CheckResult look(Map<String, Object> keys) throws InterruptedException {
        return check(keys).look(5_000);
    }

    private BlockingCheck check(Map<String, Object> keys) {
        return (BlockingCheck) factory.create("t", Keys.of(FelixKeys.class, keys));
    }
}
