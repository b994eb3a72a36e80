package io.halcyon.check.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.check.CheckDefinitions.Objection;
import io.halcyon.api.check.CheckStatus;
import io.halcyon.api.check.Health;
import io.halcyon.api.check.TrackedChecks;
import io.halcyon.api.check.Verdict;
import io.halcyon.api.check.VerdictListener;
import io.halcyon.api.event.Event;
import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.HealthCheckFactory;
import io.halcyon.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.FrameworkUtil;

/** Checks without files, in the whole engine with real threads. */
@Timeout(30)
class CheckDefinitionsTest {

    private static final String FIRST = "lvs/web/[192.0.2.1]:tcp:80/http";
    private static final String SECOND = "lvs/web/[192.0.2.2]:tcp:80/http";
    private static final Map<String, String> KEYS = Map.of("type", "probe", "target", "here", "interval", "0.02");

    @TempDir
    Path data;

    private final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Event> events = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> made = new ConcurrentLinkedQueue<>();
    private final Semaphore making = new Semaphore(Integer.MAX_VALUE);
    private CheckEngine engine;

    @BeforeEach
    void begin() {
        System.setProperty("karaf.data", data.toString());
        engine = new CheckEngine(new NoConfigurations());
        engine.setSink((event, causes) -> {
            events.add(event);
            return events.size();
        });
        engine.addListener(listener);
        engine.addFactory(factory);
    }

    @AfterEach
    void stop() {
        engine.deactivate();
        System.clearProperty("karaf.data");
    }

    @Test
    void theyLookAreListedAndKnownLikeThoseOfFiles() throws Exception {
        engine.updated("io.halcyon.check~web", FrameworkUtil.asDictionary(new TreeMap<>(KEYS)));
        engine.define("lvs/web", Map.of(FIRST, KEYS, SECOND, with("target", "broken")));
        awaitHealth(FIRST, Health.UP);
        awaitHealth(SECOND, Health.DOWN);
        awaitHealth("web", Health.UP);

        assertThat(engine.checks()).extracting(CheckStatus::name).containsExactly(FIRST, SECOND, "web");
        assertThat(told).contains("UP " + FIRST, "DOWN " + SECOND, "UP web");
        assertThat(engine.history(SECOND, 5)).last().satisfies(entry -> assertThat(entry.reason())
                .isEqualTo("nobody there"));
        assertThat(engine.run(FIRST).verdict().health()).isEqualTo(Health.UP);
        assertThat(events)
                .contains(new Event.VerdictChange(SECOND, Health.UNKNOWN, Health.DOWN, "nobody there"))
                .noneMatch(event -> event instanceof Event.ConfigurationChange change
                        && change.text().contains(FIRST));
    }

    @Test
    void thoseThatAreEqualGoOnUndisturbedOthersChangeAndTheMissingEnd() throws Exception {
        var third = "lvs/web/[192.0.2.3]:tcp:80/http";
        engine.define("lvs/web", Map.of(FIRST, KEYS, SECOND, KEYS, third, KEYS));
        engine.define("lvs/mail", Map.of("lvs/mail/a/smtp", KEYS));
        for (var name : List.of(FIRST, SECOND, third, "lvs/mail/a/smtp")) {
            awaitHealth(name, Health.UP);
        }
        long runs = runs(SECOND);
        engine.define("lvs/web", Map.of(FIRST, new HashMap<>(KEYS), SECOND, with("interval", "0.03")));
        Await.until("the third is gone", () -> engine.check(third).isEmpty());
        Await.until("the second has changed", () -> status(SECOND).intervalMillis() == 30);

        assertThat(made).containsOnlyOnce(FIRST).containsOnlyOnce("lvs/mail/a/smtp");
        assertThat(made.stream().filter(SECOND::equals)).as("as an edited file").hasSize(2);
        assertThat(runs(SECOND)).as("its counters stay").isGreaterThanOrEqualTo(runs);
        assertThat(told).contains("gone " + third).doesNotContain("gone " + FIRST, "gone " + SECOND);
        engine.define("lvs/web", Map.of());
        Await.until("only the other owner's is left", () -> engine.checks().size() == 1);
        Await.until("it is told", () -> told.containsAll(List.of("gone " + FIRST, "gone " + SECOND)));
        assertThat(told).doesNotContain("gone lvs/mail/a/smtp");
    }

    @Test
    void whatCouldNotBeMadeIsSaidBeforehandAndNothingIsMade() {
        assertThat(engine.judge(KEYS)).isEmpty();
        assertThat(engine.judge(with("interval", "soon"))).get().satisfies(objection -> {
            assertThat(objection.key()).isEqualTo("interval");
            assertThat(objection.allowed()).contains("0.001", "86400");
        });
        assertThat(engine.judge(with("dept", "4")))
                .get()
                .extracting(Objection::suggestion)
                .isEqualTo("depth");
        assertThat(engine.judge(with("weight", "300"))).contains(new Objection("weight", Weight.ALLOWED, ""));
        assertThat(engine.judge(with("target", "forbidden")))
                .contains(new Objection("target", "anything but forbidden", ""));
        assertThat(engine.judge(with("target", "faulty")))
                .get()
                .extracting(Objection::key)
                .isEqualTo("type");
        assertThat(engine.judge(Map.of("target", "here")))
                .get()
                .extracting(Objection::key)
                .isEqualTo("type");
        assertThat(engine.judge(Map.of("type", "probe")))
                .get()
                .extracting(Objection::key)
                .isEqualTo("target");
        assertThat(engine.checks()).isEmpty();
    }

    @Test
    void aTypeThatIsNotThereIsNotJudgedAndWhatItRefusesThenIsUnknownWithTheReason() throws Exception {
        engine.removeFactory(factory);
        var misspelled = with("dept", "4");
        assertThat(engine.judge(misspelled)).isEmpty();
        assertThat(engine.judge(with("rise", "0")))
                .get()
                .extracting(Objection::key)
                .isEqualTo("rise");
        engine.define("lvs/web", Map.of(FIRST, misspelled, SECOND, KEYS));
        Await.until("it waits", () -> engine.check(FIRST)
                .filter(check -> check.state().equals("waiting for type probe"))
                .isPresent());
        engine.addFactory(factory);

        Await.until("it is refused", () -> status(FIRST).state().equals("refused"));
        awaitHealth(SECOND, Health.UP);
        assertThat(status(FIRST).verdict().health()).isEqualTo(Health.UNKNOWN);
        assertThat(status(FIRST).verdict().reason())
                .startsWith(FIRST + ": dept = 4 is refused: ")
                .endsWith("did you mean depth?");
        engine.define("lvs/web", Map.of(FIRST, KEYS, SECOND, KEYS));
        awaitHealth(FIRST, Health.UP);
    }

    @Test
    void whatIsRefusedAnywayIsThereAndSaysWhyWhateverComesAndGoes() throws Exception {
        engine.define("lvs/web", Map.of(FIRST, KEYS));
        awaitHealth(FIRST, Health.UP);
        engine.define("lvs/web", Map.of(FIRST, with("interval", "soon"), SECOND, Map.of("target", "here")));
        awaitHealth(FIRST, Health.UNKNOWN);
        Await.until("the second is there", () -> engine.check(SECOND).isPresent());

        assertThat(status(FIRST).verdict().reason()).startsWith(FIRST + ": interval = soon is refused: allowed is ");
        assertThat(status(SECOND).verdict().reason()).startsWith(SECOND + ": type is missing: ");
        assertThat(told).contains("UNKNOWN " + FIRST);
        engine.removeFactory(factory);
        engine.addFactory(factory);
        engine.define("lvs/web", Map.of(FIRST, with("interval", "0.03"), SECOND, Map.of("target", "here")));
        awaitHealth(FIRST, Health.UP);
        assertThat(status(SECOND).state()).isEqualTo("refused");
        assertThat(refusals(SECOND)).as("said once").isEqualTo(1);
    }

    @Test
    void aSecretIsReadFromItsFileAndShownToNobody() throws Exception {
        var file = Files.writeString(data.resolve("code"), "open sesame\n");
        assertThat(engine.judge(with("code.file", file.toString())))
                .get()
                .satisfies(objection -> assertThat(objection.allowed()).contains("chmod 600"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(engine.judge(with("code.file", file.toString()))).isEmpty();
        assertThat(engine.judge(with("code", "ope${n}"))).get().satisfies(objection -> assertThat(objection.toString())
                .contains("code.file")
                .doesNotContain("ope$"));
        engine.define("lvs/web", Map.of(FIRST, with("code", "ope${n}"), SECOND, with("code.file", file.toString())));
        awaitHealth(SECOND, Health.UP);
        Await.until("it is refused", () -> status(FIRST).state().equals("refused"));

        assertThat(status(FIRST).verdict().reason())
                .contains("code = *** is refused")
                .doesNotContain("ope$");
    }

    @Test
    void whatIsHeldByHandOutlivesTheEngineAndIsForgottenWithTheCheck() throws Exception {
        engine.define("lvs/web", Map.of(FIRST, KEYS, SECOND, KEYS));
        engine.define("lvs/mail", Map.of("lvs/mail/a/smtp", KEYS));
        for (var name : List.of(FIRST, SECOND, "lvs/mail/a/smtp")) {
            awaitHealth(name, Health.UP);
            engine.force(name, Health.DOWN, null, "a new disk");
        }
        assertThat(heldFiles())
                .containsExactly(
                        "check-lvs%2Fmail%2Fa%2Fsmtp.cfg",
                        "check-lvs%2Fweb%2F[192.0.2.1]:tcp:80%2Fhttp.cfg",
                        "check-lvs%2Fweb%2F[192.0.2.2]:tcp:80%2Fhttp.cfg");
        engine.deactivate();
        begin();
        engine.define("lvs/web", Map.of(FIRST, KEYS));
        awaitHealth(FIRST, Health.DOWN);

        assertThat(status(FIRST).verdict().reason()).isEqualTo("forced DOWN by hand: a new disk");
        assertThat(heldFiles())
                .as("whoever has not defined yet keeps what is held")
                .hasSize(2);
        engine.enable(FIRST);
        awaitHealth(FIRST, Health.UP);
        engine.disable(FIRST, null, "");
        engine.define("lvs/mail", Map.of("lvs/mail/b/smtp", KEYS));
        Await.until("what the owner has no more is forgotten", () -> heldFiles().size() == 1);
        engine.define("lvs/web", Map.of(SECOND, KEYS));
        Await.until("all is forgotten", () -> heldFiles().isEmpty());
    }

    @Test
    void whatIsHeldOutlivesARestOfItsOwner() throws Exception {
        engine.define("lvs/web", Map.of(FIRST, KEYS));
        awaitHealth(FIRST, Health.UP);
        engine.force(FIRST, Health.DOWN, null, "a new disk");
        engine.define("lvs/web", Map.of());
        Await.until("it is gone", () -> engine.check(FIRST).isEmpty());
        engine.deactivate();
        begin();
        engine.define("lvs/web", Map.of());
        engine.define("lvs/web", Map.of(FIRST, KEYS, SECOND, KEYS));
        awaitHealth(SECOND, Health.UP);

        awaitHealth(FIRST, Health.DOWN);
        assertThat(status(FIRST).verdict().reason()).isEqualTo("forced DOWN by hand: a new disk");
    }

    @Test
    void ofAnOwnerThatHasGoneNothingIsLeft() throws Exception {
        engine.define("lvs/web", Map.of(FIRST, KEYS));
        engine.define("lvs/mail", Map.of("lvs/mail/a/smtp", KEYS));
        for (var name : List.of(FIRST, "lvs/mail/a/smtp")) {
            awaitHealth(name, Health.UP);
            engine.force(name, Health.DOWN, null, "a new disk");
        }
        engine.forget("lvs/web");
        Await.until("it is gone", () -> engine.check(FIRST).isEmpty());
        engine.deactivate();
        begin();
        engine.forget("lvs/mail");
        engine.define("lvs/web", Map.of(FIRST, KEYS));

        awaitHealth(FIRST, Health.UP);
        assertThat(heldFiles()).isEmpty();
        assertThat(told).contains("gone " + FIRST);
    }

    @Test
    void thoseWhoseOwnerWentWithoutAWordEndAfterAWhileAndReturnWithIt() throws Exception {
        TrackedChecks servers = () -> Map.of(FIRST, List.of("web/a"));
        TrackedChecks routers = () -> Map.of("lvs/mail/a/smtp", List.of("VI_1"));
        engine.addTracked(servers);
        engine.addTracked(routers);
        engine.define("lvs/web", Map.of(FIRST, KEYS, SECOND, KEYS));
        engine.define("lvs/mail", Map.of("lvs/mail/a/smtp", KEYS));
        for (var name : List.of(FIRST, SECOND, "lvs/mail/a/smtp")) {
            awaitHealth(name, Health.UP);
        }
        engine.force(FIRST, Health.DOWN, null, "a new disk");
        engine.endAbandoned();
        assertThat(engine.checks()).as("somebody tracks them").hasSize(3);

        engine.removeTracked(servers);
        engine.endAbandoned();

        Await.until("only the other's is left", () -> engine.checks().size() == 1);
        engine.define("lvs/web", Map.of(FIRST, KEYS, SECOND, KEYS));
        awaitHealth(FIRST, Health.DOWN);
        awaitHealth(SECOND, Health.UP);
    }

    @Test
    void whoeverDefinesNeverWaits() throws Exception {
        making.drainPermits();
        var many = new TreeMap<String, Map<String, String>>();
        for (int i = 0; i < 1_000; i++) {
            many.put("lvs/web/server" + i + "/probe", with("interval", "60"));
        }
        engine.define("lvs/web", many);
        engine.define("lvs/mail", Map.of("lvs/mail/a/smtp", KEYS));

        assertThat(made)
                .as("the engine is stuck in the first of them, and we are not")
                .hasSizeLessThanOrEqualTo(1);
        making.release(Integer.MAX_VALUE);
        awaitHealth("lvs/mail/a/smtp", Health.UP);
        assertThat(engine.checks()).hasSize(1_001);
    }

    @Test
    void namesThatWouldBeSomebodyElsesAreRefused() {
        assertThatThrownBy(() -> engine.define("lvs/web", Map.of("lvs/mail/a", KEYS)))
                .hasMessageContaining("begins with lvs/web/");
        assertThatThrownBy(() -> engine.define("lvs/web", Map.of("web", KEYS)))
                .hasMessageContaining("begins with lvs/web/");
        assertThatThrownBy(() -> engine.define("lvs/web", Map.of("lvs/web/", KEYS)))
                .hasMessageContaining("begins with lvs/web/");
        assertThatThrownBy(() -> engine.define("", Map.of("/a", KEYS))).hasMessageContaining("allowed is a name");
    }

    @Test
    void afterTheEndNothingHappens() {
        engine.deactivate();
        engine.define("lvs/web", Map.of(FIRST, KEYS));

        assertThat(engine.checks()).isEmpty();
    }

    private static Map<String, String> with(String key, String value) {
        var keys = new HashMap<>(KEYS);
        keys.put(key, value);
        return keys;
    }

    private void awaitHealth(String name, Health health) throws Exception {
        Await.until(name + " is " + health, () -> engine.check(name)
                .filter(check -> check.verdict().health() == health)
                .isPresent());
    }

    private CheckStatus status(String name) {
        return engine.check(name).orElseThrow();
    }

    private long runs(String name) {
        return status(name).counters().getOrDefault("runs", 0L);
    }

    private long refusals(String name) {
        return events.stream()
                .filter(Event.ConfigurationChange.class::isInstance)
                .filter(event -> event.text().startsWith(name))
                .count();
    }

    private List<String> heldFiles() throws Exception {
        var names = new ArrayList<String>();
        try (var files = Files.newDirectoryStream(data.resolve("overrides"))) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        }
        names.sort(null);
        return names;
    }

    private final VerdictListener listener = new VerdictListener() {
        @Override
        public void onVerdict(Verdict verdict) {
            told.add(verdict.health() + " " + verdict.name());
        }

        @Override
        public void onVerdictRemoved(String name) {
            told.add("gone " + name);
        }
    };

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
            making.acquireUninterruptibly();
            switch (keys.target()) {
                case "forbidden" -> throw new IllegalArgumentException(
                        "target = forbidden is refused: allowed is anything but forbidden");
                case "faulty" -> throw new IllegalStateException("a mistake of its own");
                default -> made.add(name);
            }
            BlockingCheck check = timeoutMillis ->
                    keys.target().equals("here") ? CheckResult.up("fine") : CheckResult.down("nobody there");
            return check;
        }
    };
}
