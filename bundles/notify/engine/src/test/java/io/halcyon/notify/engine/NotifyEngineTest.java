package io.halcyon.notify.engine;

import static io.halcyon.notify.engine.FakeNotifier.next;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventKind;
import io.halcyon.api.event.EventRecord;
import io.halcyon.testkit.Await;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.osgi.service.event.EventAdmin;

@Timeout(30)
class NotifyEngineTest {

    private static final String PID = "io.halcyon.notify.8f1e";
    private static final Pace PACE = new Pace(5_000, 500, 2_000);

    @TempDir
    Path directory;

    private final Pids pids = new Pids();
    private final FakeType fake = new FakeType();
    private final BlockingQueue<String> posted = new LinkedBlockingQueue<>();
    private NotifyEngine engine;

    @BeforeEach
    void start() {
        engine = new NotifyEngine(() -> "lb1", () -> ConfiguredNode.USUAL_LIMITS, pids.admin(), directory, PACE);
        // The engine posts what it does as events: a test that waits for one of them needs no sleep.
        engine.setEventAdmin(new EventAdmin() {
            @Override
            public void postEvent(org.osgi.service.event.Event event) {
                posted.add(event.getTopic() + " " + event.getProperty("object") + " " + event.getProperty("text"));
            }

            @Override
            public void sendEvent(org.osgi.service.event.Event event) {
                throw new AssertionError("sendEvent waits for listeners");
            }
        });
    }

    @AfterEach
    void stop() {
        engine.deactivate();
    }

    @Test
    void aConfiguredNotifierIsToldOfTransitions() throws Exception {
        engine.addFactory(fake);
        configure("ops", Map.of("type", "fake", "fake.target", "admin"));

        long id = engine.publish(Happenings.transition("the master fell silent"), List.of());

        assertThat(next(fake.notifier.arrived)).isEqualTo(id);
        assertThat(fake.targets).contains("ops tells admin");
        await("io/halcyon/event/TRANSITION VI_1 BACKUP -> MASTER, the master fell silent");
    }

    @Test
    void aNotifierWaitsForItsTypeAndItsEventsWithIt() throws Exception {
        configure("ops", Map.of("type", "fake", "fake.target", "admin"));
        long id = engine.publish(Happenings.transition("early"), List.of());
        assertThat(engine.notifiers()).singleElement().satisfies(status -> {
            assertThat(status.state()).isEqualTo("waiting for type fake");
            assertThat(status.queued()).isEqualTo(1);
        });
        assertThatThrownBy(() -> engine.test("ops")).isInstanceOf(IllegalArgumentException.class);

        engine.addFactory(fake);

        assertThat(next(fake.notifier.arrived)).isEqualTo(id);
    }

    @Test
    void anUpdateOfTheBundleKeepsTheQueue() throws Exception {
        engine.addFactory(fake);
        configure("ops", Map.of("type", "fake", "fake.target", "admin"));
        engine.removeFactory(fake);
        long id = engine.publish(Happenings.transition("between"), List.of());
        assertThat(engine.notifiers().get(0).state()).isEqualTo("waiting for type fake");

        var updated = new FakeType();
        engine.addFactory(updated);

        assertThat(next(updated.notifier.arrived)).isEqualTo(id);
        assertThat(fake.notifier.arrived).isEmpty();
    }

    @Test
    void onlyTheEventsAskedForAreTold() throws Exception {
        engine.addFactory(fake);
        configure("ops", Map.of("type", "fake", "fake.target", "admin", "events", "stall, address"));

        engine.publish(Happenings.transition("not asked for"), List.of());
        long id = engine.publish(new Event.Stall("VI_1", 4_000, "another master was heard"), List.of());

        assertThat(next(fake.notifier.arrived)).isEqualTo(id);
        assertThat(fake.notifier.arrived).isEmpty();
    }

    @Test
    void aMisspelledKeyIsRefusedWithASuggestion() {
        engine.addFactory(fake);

        assertThatThrownBy(() -> configure("ops", Map.of("type", "fake", "fake.traget", "admin")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("io.halcyon.notify-ops.cfg")
                .hasMessageContaining("fake.traget")
                .hasMessageContaining("did you mean fake.target?");
    }

    @Test
    void anUnknownKindOfEventIsRefused() {
        engine.addFactory(fake);

        assertThatThrownBy(
                        () -> configure("ops", Map.of("type", "fake", "fake.target", "admin", "events", "transitions")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("transitions")
                .hasMessageContaining("verdict");
    }

    @Test
    void whatThePluginRefusesIsRefusedUnderItsKeyAndTheLastOneStays() throws Exception {
        engine.addFactory(fake);
        configure("ops", Map.of("type", "fake", "fake.target", "admin"));

        assertThatThrownBy(() -> configure("ops", Map.of("type", "fake", "fake.target", "nobody")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("fake.target = nobody is refused: allowed is somebody");

        long id = engine.publish(Happenings.transition("a"), List.of());
        assertThat(next(fake.notifier.arrived)).isEqualTo(id);
    }

    @Test
    void aTypeThatComesLateMayStillRefuse() throws Exception {
        configure("ops", Map.of("type", "fake", "fake.target", "nobody"));

        engine.addFactory(fake);

        assertThat(engine.notifiers()).singleElement().satisfies(status -> {
            assertThat(status.state()).isEqualTo("refused");
            assertThat(status.lastError()).contains("fake.target = nobody");
        });
    }

    @Test
    void aRestartWithABadFileRunsTheLastAcceptedOneAlsoIfTheTypeComesLate() throws Exception {
        engine.addFactory(fake);
        configure("ops", Map.of("type", "fake", "fake.target", "admin"));
        engine.deactivate();
        start();
        configure("ops", Map.of("type", "fake", "fake.traget", "admin"));
        long id = engine.publish(Happenings.transition("early"), List.of());

        engine.addFactory(fake);

        assertThat(next(fake.notifier.arrived)).isEqualTo(id);
        Await.until("the refusal is told", () -> engine.last(10).stream().anyMatch(happened -> happened.event()
                .text()
                .contains("did you mean fake.target?; the last accepted configuration keeps running")));
    }

    @Test
    void aKeyForEventsThatAreNotToldIsWarnedOfOnceForEachConfiguration() throws Exception {
        fake.notifier.kindsByKey = Map.of("fake.up", EventKind.SERVER, "fake.master", EventKind.TRANSITION);
        var usual = System.err;
        var caught = new ByteArrayOutputStream();
        System.setErr(new PrintStream(caught, true, StandardCharsets.UTF_8));
        try {
            engine.addFactory(fake);
            configure("ops", Map.of("type", "fake", "fake.target", "admin"));
            configure("dev", Map.of("type", "fake", "fake.target", "admin", "events", "server, transition"));
            engine.publish(Happenings.transition("a"), List.of());
            next(fake.notifier.arrived);
        } finally {
            System.setErr(usual);
        }

        assertThat(caught.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains("does nothing")))
                .singleElement()
                .asString()
                .endsWith("ops: fake.up does nothing: events has no server");
    }

    @Test
    void aTrialIsToldToTheOneThatWasNamed() throws Exception {
        engine.addFactory(fake);
        configure("ops", Map.of("type", "fake", "fake.target", "admin"));

        assertThat(engine.test("ops")).isEmpty();

        long id = next(fake.notifier.arrived);
        assertThat(engine.last(1)).singleElement().satisfies(record -> {
            assertThat(record.id()).isEqualTo(id);
            assertThat(record.event()).isInstanceOf(Event.Trial.class);
        });
        assertThatThrownBy(() -> engine.test("dev"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no notifier dev; there is ops");
    }

    @Test
    void aRenamedFileKeepsItsQueue() throws Exception {
        configure("ops", Map.of("type", "fake", "fake.target", "admin"));
        long id = engine.publish(Happenings.transition("early"), List.of());
        Files.delete(file("ops"));
        engine.deleted(PID);
        Files.createFile(file("night"));
        engine.updated("io.halcyon.notify.77aa", properties("night", Map.of("type", "fake", "fake.target", "admin")));
        await("io/halcyon/event/CONFIGURATION night accepted " + file("night"));

        assertThat(engine.notifiers()).singleElement().satisfies(status -> {
            assertThat(status.name()).isEqualTo("night");
            assertThat(status.queued()).isEqualTo(1);
        });
        engine.addFactory(fake);
        assertThat(next(fake.notifier.arrived)).isEqualTo(id);
        assertThat(fake.targets).containsOnly("night tells admin");
    }

    @Test
    void aDeletedFileEndsItsNotifierAfterTheGrace() throws Exception {
        engine.addFactory(fake);
        configure("ops", Map.of("type", "fake", "fake.target", "admin"));

        Files.delete(file("ops"));
        engine.deleted(PID);

        await("io/halcyon/event/CONFIGURATION ops removed");
        assertThat(engine.notifiers()).isEmpty();
    }

    @Test
    void aConfigurationWithoutItsFileIsDeleted() throws Exception {
        engine.updated(PID, properties("gone", Map.of("type", "fake", "fake.target", "admin")));

        assertThat(pids.deleted.poll(10, TimeUnit.SECONDS)).isEqualTo(PID);
        assertThat(engine.notifiers()).isEmpty();
    }

    @Test
    void typesThatComeAndGoAreEvents() {
        engine.addFactory(fake);
        engine.removeFactory(fake);

        assertThat(engine.last(10))
                .extracting(EventRecord::event)
                .containsExactly(
                        new Event.NodeStart("lb1", "first start", true),
                        new Event.PluginChange("fake", "notifier type came"),
                        new Event.PluginChange("fake", "notifier type went"));
    }

    @Test
    void nobodyNeedsAnEventAdmin() {
        engine.unsetEventAdmin("another one");
        engine.setEventAdmin("not an event admin: as good as none");

        assertThat(engine.publish(Happenings.transition("a"), List.of())).isPositive();
    }

    @Test
    void numbersGoOnOverARestartAndTheStartIsAnEvent() throws Exception {
        long last = engine.publish(Happenings.transition("a"), List.of());
        engine.deactivate();

        start();

        assertThat(engine.last(2)).extracting(EventRecord::id).containsExactly(last, last + 1);
        assertThat(engine.last(1).get(0).event()).isInstanceOfSatisfying(Event.NodeStart.class, begin -> {
            assertThat(begin.object()).isEqualTo("lb1");
            assertThat(begin.clean()).isTrue();
            assertThat(begin.text()).startsWith("the run before ended as planned, its last event was at 20");
        });
        assertThat(engine.event(last)).isPresent();
    }

    @Test
    void aCrashIsToldAtTheNextStart() throws Exception {
        long last = engine.publish(Happenings.transition("a"), List.of());
        assertThat(Stores.onDisk(directory.resolve("journal"), last)).isNotEmpty();
        // What a killed run leaves is a copy of what there is while it runs.
        copy(directory.resolve("journal"), directory.resolve("killed/journal"));

        var next = new NotifyEngine(
                () -> "lb1", () -> ConfiguredNode.USUAL_LIMITS, pids.admin(), directory.resolve("killed"), PACE);

        assertThat(next.last(1).get(0).event()).isInstanceOfSatisfying(Event.NodeStart.class, begin -> {
            assertThat(begin.clean()).isFalse();
            assertThat(begin.text()).startsWith("the run before was killed or crashed, its last event was at 20");
        });
        next.deactivate();
    }

    @Test
    void whatWaitedWhenTheNodeStoppedIsToldByTheNextRunAndOnlyThat() throws Exception {
        engine.addFactory(fake);
        configure("ops", Map.of("type", "fake", "fake.target", "admin"));
        long told = engine.publish(Happenings.transition("told"), List.of());
        assertThat(next(fake.notifier.arrived)).isEqualTo(told);
        engine.removeFactory(fake);
        long first = engine.publish(Happenings.transition("first"), List.of());
        long second = engine.publish(Happenings.transition("second"), List.of());
        engine.deactivate();
        start();
        configure("ops", Map.of("type", "fake", "fake.target", "admin"));
        assertThat(engine.queue("ops", 10))
                .extracting(queued -> queued.event().id())
                .containsExactly(first, second);
        long third = engine.publish(Happenings.transition("third"), List.of());

        engine.addFactory(fake);

        assertThat(next(fake.notifier.arrived)).isEqualTo(first);
        assertThat(next(fake.notifier.arrived)).isEqualTo(second);
        assertThat(next(fake.notifier.arrived)).isEqualTo(third);
        assertThat(fake.notifier.arrived).isEmpty();
    }

    @Test
    void aNotifierThatIsNewHearsOfNoOldEvents() throws Exception {
        engine.publish(Happenings.transition("old"), List.of());
        engine.addFactory(fake);
        configure("ops", Map.of("type", "fake", "fake.target", "admin"));

        long id = engine.publish(Happenings.transition("new"), List.of());

        assertThat(next(fake.notifier.arrived)).isEqualTo(id);
    }

    @Test
    void deadLettersSurviveARestartAndCanBeSentAgainOrForgotten() throws Exception {
        engine.addFactory(fake);
        fake.notifier.behaviour = FakeNotifier.REFUSES;
        configure("ops", Map.of("type", "fake", "fake.target", "admin"));
        var ids = new ArrayList<Long>();
        for (int i = 0; i < 3; i++) {
            ids.add(engine.publish(Happenings.transition("no. " + i), List.of()));
            next(fake.notifier.attempts);
        }
        engine.deactivate();
        start();
        configure("ops", Map.of("type", "fake", "fake.target", "admin"));
        assertThat(engine.dead("ops")).extracting(letter -> letter.event().id()).containsExactlyElementsOf(ids);
        assertThat(engine.notifiers().get(0).dead()).isEqualTo(3);
        fake.notifier.behaviour = FakeNotifier.TAKES;
        engine.addFactory(fake);

        assertThat(engine.forget("ops", List.of(ids.get(1)))).isEqualTo(1);
        assertThatThrownBy(() -> engine.retry("ops", List.of(ids.get(0), ids.get(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("event " + ids.get(1) + " has no dead letter here");
        assertThat(engine.retry("ops", List.of())).isEqualTo(2);

        assertThat(next(fake.notifier.arrived)).isEqualTo(ids.get(0));
        assertThat(next(fake.notifier.arrived)).isEqualTo(ids.get(2));
        assertThat(engine.test("ops")).isEmpty();
        assertThat(engine.dead("ops")).isEmpty();
        assertThat(directory.resolve("journal/dead-ops.log")).doesNotExist();
    }

    @Test
    void whatADeletedNotifierKeptGoesWithIt() throws Exception {
        engine.addFactory(fake);
        fake.notifier.behaviour = FakeNotifier.REFUSES;
        configure("ops", Map.of("type", "fake", "fake.target", "admin"));
        engine.publish(Happenings.transition("refused"), List.of());
        next(fake.notifier.attempts);
        assertThat(engine.test("ops")).isNotEmpty();
        assertThat(directory.resolve("journal/cursor-ops")).exists();
        assertThat(directory.resolve("journal/dead-ops.log")).exists();

        Files.delete(file("ops"));
        engine.deleted(PID);
        await("io/halcyon/event/CONFIGURATION ops removed");

        assertThat(directory.resolve("journal/cursor-ops")).doesNotExist();
        assertThat(directory.resolve("journal/dead-ops.log")).doesNotExist();
    }

    @Test
    void whatANotifierKeptThatWasDeletedWhileTheNodeWasDownGoesToo() throws Exception {
        configure("ops", Map.of("type", "fake", "fake.target", "admin"));
        engine.deactivate();
        Files.delete(file("ops"));
        assertThat(directory.resolve("journal/cursor-ops")).exists();
        start();

        engine.updated(PID, properties("ops", Map.of("type", "fake", "fake.target", "admin")));

        assertThat(pids.deleted.poll(10, TimeUnit.SECONDS)).isEqualTo(PID);
        assertThat(directory.resolve("journal/cursor-ops")).doesNotExist();
    }

    @Test
    void aRenamedNotifierKeepsItsPlaceAndItsDeadLetters() throws Exception {
        engine.addFactory(fake);
        fake.notifier.behaviour = FakeNotifier.REFUSES;
        configure("ops", Map.of("type", "fake", "fake.target", "admin"));
        long id = engine.publish(Happenings.transition("refused"), List.of());
        next(fake.notifier.attempts);
        assertThat(engine.test("ops")).isNotEmpty();
        Files.delete(file("ops"));
        engine.deleted(PID);
        Files.createFile(file("night"));
        engine.updated("io.halcyon.notify.77aa", properties("night", Map.of("type", "fake", "fake.target", "admin")));
        await("io/halcyon/event/CONFIGURATION night accepted " + file("night"));

        assertThat(engine.dead("night"))
                .extracting(letter -> letter.event().id())
                .containsExactly(id);
        assertThat(directory.resolve("journal/cursor-night")).exists();
        assertThat(directory.resolve("journal/cursor-ops")).doesNotExist();
        assertThat(directory.resolve("journal/dead-ops.log")).doesNotExist();
    }

    private static void copy(Path from, Path to) throws Exception {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private void configure(String name, Map<String, String> keys) throws Exception {
        if (!Files.exists(file(name))) {
            Files.createFile(file(name));
        }
        engine.updated(PID, properties(name, keys));
        await("io/halcyon/event/CONFIGURATION " + name + " accepted " + file(name));
    }

    private Dictionary<String, Object> properties(String name, Map<String, String> keys) {
        var properties = new HashMap<String, Object>(keys);
        properties.put("felix.fileinstall.filename", file(name).toUri().toString());
        return FrameworkUtil.asDictionary(properties);
    }

    private Path file(String name) {
        return directory.resolve("io.halcyon.notify-" + name + ".cfg");
    }

    private void await(String event) throws InterruptedException {
        String next;
        do {
            next = posted.poll(10, TimeUnit.SECONDS);
            assertThat(next).as("event %s", event).isNotNull();
        } while (!next.equals(event));
    }
}
