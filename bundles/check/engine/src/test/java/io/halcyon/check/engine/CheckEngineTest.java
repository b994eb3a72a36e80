package io.halcyon.check.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.check.CheckStatus;
import io.halcyon.api.check.Health;
import io.halcyon.api.check.Verdict;
import io.halcyon.api.check.VerdictListener;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventSink;
import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.HealthCheckFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationException;

/** The whole engine with real threads and real settings; only the container is missing. */
@Timeout(30)
class CheckEngineTest implements VerdictListener {

    private static final String PID = "io.halcyon.check~web";

    @TempDir
    Path data;

    private final BlockingQueue<Verdict> verdicts = new LinkedBlockingQueue<>();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private volatile CheckResult answer = CheckResult.up("fine");
    private CheckEngine engine;
    private final EventSink sink = (event, causes) -> {
        events.add(event);
        return 1;
    };

    @BeforeEach
    void start() {
        System.setProperty("karaf.data", data.toString());
        begin();
    }

    private void begin() {
        engine = new CheckEngine(new NoConfigurations());
        engine.setSink(sink);
        engine.addListener(this);
        engine.addFactory(factory);
    }

    @AfterEach
    void stop() {
        engine.deactivate();
        System.clearProperty("karaf.data");
    }

    @Test
    void aConfigurationBecomesACheckWithAVerdict() throws Exception {
        update(Map.of("type", "probe", "target", "here", "interval", "0.1", "weight", "-20 reverse"));

        var verdict = next();
        assertThat(verdict.name()).isEqualTo("web");
        assertThat(verdict.health()).isEqualTo(Health.UP);
        assertThat(verdict.reason()).isEqualTo("fine at here, 3 deep");
        assertThat(verdict.weight()).isEqualTo(-20);
        assertThat(verdict.reverse()).isTrue();
        answer = CheckResult.down("broken");
        assertThat(next().health()).isEqualTo(Health.DOWN);
        assertThat(status().intervalMillis()).isEqualTo(100);
        assertThat(status().timeoutMillis()).isEqualTo(100);
        assertThat(status().warnings()).isEmpty();
    }

    @Test
    void anUnknownKeyABadValueAndABadWeightAreRefusedByName() {
        assertRefused(Map.of("type", "probe", "target", "x", "dept", "4"), "dept", "depth");
        assertRefused(Map.of("type", "probe", "target", "x", "depth", "10"), "depth", "9");
        assertRefused(Map.of("type", "probe", "target", "x", "weight", "300"), "weight", "-253..253");
        assertRefused(Map.of("type", "probe"), "target", "target");
        assertRefused(Map.of("type", "probe", "target", "x", "rise", "0"), "rise", "1");
        assertRefused(Map.of("type", "probe", "target", "forbidden"), "target", "anything but forbidden");
    }

    @Test
    void aBadEditTouchesNothing() throws Exception {
        update(Map.of("type", "probe", "target", "here", "interval", "0.05"));
        next();
        assertRefused(Map.of("type", "probe", "target", "here", "interval", "soon"), "interval", "");
        long runs = status().counters().get("runs");
        while (status().counters().get("runs") < runs + 3) {
            Thread.onSpinWait();
        }

        assertThat(status().intervalMillis()).isEqualTo(50);
        assertThat(verdicts).isEmpty();
    }

    @Test
    void aTypeThatIsNotThereYetIsWaitedFor() throws Exception {
        engine.removeFactory(factory);
        update(Map.of("type", "probe", "target", "here"));
        while (engine.check("web").isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(status().state()).isEqualTo("waiting for type probe");
        assertThatThrownBy(() -> engine.run("web")).hasMessage("check web cannot run: waiting for type probe");
        engine.addFactory(factory);

        assertThat(next().health()).isEqualTo(Health.UP);
    }

    @Test
    void anExplicitTimeoutAsLongAsTheIntervalIsWarnedOf() throws Exception {
        update(Map.of("type", "probe", "target", "here", "interval", "2", "timeout", "2"));
        next();

        assertThat(status().warnings())
                .containsExactly("timeout = 2 is not shorter than interval = 2: a run that hangs delays the next one");
    }

    @Test
    void typesAreListedWithTheirKeys() {
        var type = engine.types().get(0);

        assertThat(type.type()).isEqualTo("probe");
        assertThat(type.parameters()).extracting("key").containsExactlyInAnyOrder("target", "depth", "code");
        assertThat(type.parameters()).extracting("required").containsExactlyInAnyOrder(true, false, false);
    }

    @Test
    void runRunsNowAndWaitsForTheResult() throws Exception {
        update(Map.of("type", "probe", "target", "here", "interval", "3600"));
        next();
        answer = CheckResult.down("broken");

        assertThat(engine.run("web").verdict().health()).isEqualTo(Health.DOWN);
        assertThatThrownBy(() -> engine.run("none")).hasMessage("there is no check none; there is web");
    }

    @Test
    void whatIsHeldByHandOutlivesTheEngine() throws Exception {
        update(Map.of("type", "probe", "target", "here", "interval", "0.05"));
        next();
        assertThat(engine.force("web", Health.DOWN, Duration.ofHours(1), "a new disk")
                        .hold())
                .isNotNull();
        var forced = next();
        assertThat(forced.health()).isEqualTo(Health.DOWN);
        engine.deactivate();
        begin();
        update(Map.of("type", "probe", "target", "here", "interval", "0.05"));

        assertThat(next().reason()).isEqualTo(forced.reason()).endsWith(": a new disk");
        // What is held is told before the check itself can be found.
        while (engine.check("web").map(CheckStatus::lastAt).isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(engine.history("web", 1)).singleElement().satisfies(entry -> assertThat(entry.verdict())
                .isEqualTo(Health.DOWN));
        assertThat(engine.enable("web").hold()).isNull();
        assertThat(next().health()).isEqualTo(Health.UP);
        assertThat(events).extracting(Event::text).anyMatch(text -> text.startsWith("back to normal"));
    }

    @Test
    void theKeysOfEveryCheckAreTold() {
        assertThat(engine.commonKeys())
                .extracting("key")
                .contains("type", "interval", "interval.changing", "flap.changes", "unknown", "log")
                .doesNotContain("target");
        assertThat(engine.commonKeys())
                .allSatisfy(key -> assertThat(key.description()).isNotBlank());
    }

    @Test
    void aHungCheckDelaysNoOther() throws Exception {
        for (int i = 0; i < 20; i++) {
            engine.updated(
                    "io.halcyon.check~hung" + i, table(Map.of("type", "probe", "target", "hang", "interval", "0.1")));
        }
        for (int i = 0; i < 20; i++) {
            assertThat(next().reason()).startsWith("timed out");
        }
        update(Map.of("type", "probe", "target", "here", "interval", "0.05"));
        while (true) {
            var verdict = next();
            if (verdict.name().equals("web")) {
                assertThat(verdict.health()).isEqualTo(Health.UP);
                break;
            }
        }
        long before = status().counters().get("runs");
        long start = System.nanoTime();
        while (status().counters().get("runs") < before + 10) {
            Thread.onSpinWait();
        }
        assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(5));
        assertThat(status().counters()).containsEntry("timeouts", 0L);
    }

    @Override
    public void onVerdict(Verdict verdict) {
        verdicts.add(verdict);
    }

    @Override
    public void onVerdictRemoved(String name) {
        throw new AssertionError("nothing is removed here");
    }

    private void assertRefused(Map<String, String> keys, String key, String allowed) {
        assertThatThrownBy(() -> update(keys))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(allowed);
    }

    private void update(Map<String, String> keys) throws ConfigurationException {
        engine.updated(PID, table(keys));
    }

    private static Dictionary<String, Object> table(Map<String, String> keys) {
        return FrameworkUtil.asDictionary(new TreeMap<>(keys));
    }

    private Verdict next() throws InterruptedException {
        var verdict = verdicts.poll(10, TimeUnit.SECONDS);
        if (verdict == null) {
            throw new AssertionError("no verdict within 10 s; events " + List.copyOf(events));
        }
        return verdict;
    }

    private CheckStatus status() {
        return engine.check("web").orElseThrow();
    }

    private final HealthCheckFactory<ProbeKeys> factory = new HealthCheckFactory<>() {
        @Override
        public String type() {
            return "probe";
        }

        @Override
        public Class<ProbeKeys> parameters() {
            return ProbeKeys.class;
        }

        @Override
        public HealthCheck create(String name, ProbeKeys keys) {
            if (keys.target().equals("forbidden")) {
                throw new IllegalArgumentException("target = forbidden is refused: allowed is anything but forbidden");
            }
            BlockingCheck check = timeoutMillis -> look(keys);
            return check;
        }
    };

    private CheckResult look(ProbeKeys keys) {
        boolean hangs = keys.target().equals("hang");
        while (hangs) {
            try {
                TimeUnit.SECONDS.sleep(5);
                hangs = false;
            } catch (InterruptedException stubborn) {
                hangs = true;
            }
        }
        return answer.health() == Health.UP
                ? CheckResult.up(answer.reason() + " at " + keys.target() + ", " + keys.depth() + " deep")
                : answer;
    }
}
