package io.halcyon.notify.engine;

import static io.halcyon.notify.engine.FakeNotifier.next;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.notify.NotifierDefinitions.Objection;
import io.halcyon.api.notify.NotifierStatus;
import io.halcyon.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Notifiers without files, in the whole engine with real threads and a real disk. */
@Timeout(30)
class NotifierDefinitionsTest {

    private static final String NAME = "lvs/web/[192.0.2.1]:tcp:80";
    private static final String OTHER = "lvs/web/quorum";
    private static final String ON_DISK = "lvs%2Fweb%2F[192.0.2.1]:tcp:80";
    private static final Map<String, String> KEYS = Map.of("type", "fake", "fake.target", "admin");
    private static final Pace PACE = new Pace(5_000, 500, 2_000);

    @TempDir
    Path directory;

    private final FakeType fake = new FakeType();
    private NotifyEngine engine;

    @BeforeEach
    void start() {
        engine = new NotifyEngine(() -> "lb1", () -> ConfiguredNode.USUAL_LIMITS, new Pids().admin(), directory, PACE);
    }

    @AfterEach
    void stop() {
        engine.deactivate();
    }

    @Test
    void theyAreToldAndListedAndKeepTheirPlaceOnDisk() throws Exception {
        engine.addFactory(fake);
        define(Map.of(NAME, KEYS));
        long id = publish("a");

        assertThat(next(fake.notifier.arrived)).isEqualTo(id);
        assertThat(fake.targets).contains(NAME + " tells admin");
        assertThat(engine.notifiers()).extracting(NotifierStatus::name).containsExactly(NAME);
        assertThat(journal("cursor-" + ON_DISK)).exists();
        fake.notifier.behaviour = FakeNotifier.REFUSES;
        long given = publish("b");
        Await.until("it is given up", () -> engine.dead(NAME).size() == 1);
        assertThat(journal("dead-" + ON_DISK + ".log")).exists();
        fake.notifier.behaviour = FakeNotifier.TAKES;
        assertThat(engine.retry(NAME, List.of(given))).isEqualTo(1);
        assertThat(next(fake.notifier.arrived)).isEqualTo(given);
        assertThat(engine.test(NAME)).isEmpty();
        assertThat(engine.last(20))
                .extracting(EventRecord::event)
                .noneMatch(Event.ConfigurationChange.class::isInstance);
    }

    @Test
    void thoseThatAreEqualGoOnUndisturbedOthersChangeAndTheMissingEndWithWhatTheyKept() throws Exception {
        engine.addFactory(fake);
        fake.notifier.behaviour = FakeNotifier.REFUSES;
        var third = "lvs/web/third";
        define(Map.of(NAME, KEYS, OTHER, KEYS, third, KEYS));
        engine.define("lvs/mail", Map.of("lvs/mail/quorum", KEYS));
        Await.until("the other owner's is there", () -> engine.notifiers().size() == 4);
        publish("a");
        Await.until("all gave it up", () -> engine.notifiers().stream().allMatch(status -> status.dead() == 1));
        define(Map.of(NAME, new HashMap<>(KEYS), OTHER, with("fake.target", "somebody else")));

        assertThat(engine.notifiers()).extracting(NotifierStatus::name).containsExactly("lvs/mail/quorum", NAME, OTHER);
        assertThat(fake.targets).containsOnlyOnce(NAME + " tells admin").contains(OTHER + " tells somebody else");
        assertThat(engine.dead(OTHER)).as("what it kept stays").hasSize(1);
        assertThat(journal("dead-lvs%2Fweb%2Fthird.log")).doesNotExist();
        assertThat(journal("cursor-lvs%2Fweb%2Fthird")).doesNotExist();
        assertThatThrownBy(() -> engine.queue(third, 1)).hasMessageContaining("there is no notifier lvs/web/third");
        define(Map.of());
        assertThat(engine.notifiers()).extracting(NotifierStatus::name).containsExactly("lvs/mail/quorum");
    }

    @Test
    void whatCouldNotBeMadeIsSaidBeforehandAndNothingIsMade() {
        assertThat(engine.judge(with("fake.traget", "nobody asks")))
                .as("nobody knows yet")
                .isEmpty();
        engine.addFactory(fake);

        assertThat(engine.judge(KEYS)).isEmpty();
        assertThat(engine.judge(with("fake.traget", "admin")))
                .get()
                .extracting(Objection::suggestion)
                .isEqualTo("fake.target");
        assertThat(engine.judge(with("events", "servers"))).get().satisfies(objection -> {
            assertThat(objection.key()).isEqualTo("events");
            assertThat(objection.allowed()).contains("server");
            assertThat(objection.suggestion()).isEqualTo("server");
        });
        assertThat(engine.judge(with("retry.max", "0.5")))
                .contains(new Objection("retry.max", "a number that is not below retry.first", ""));
        assertThat(engine.judge(with("fake.target", "nobody"))).contains(new Objection("fake.target", "somebody", ""));
        assertThat(engine.judge(Map.of("fake.target", "a")))
                .get()
                .extracting(Objection::key)
                .isEqualTo("type");
        assertThat(engine.notifiers()).isEmpty();
    }

    @Test
    void whatIsRefusedAnywayWaitsWithTheReasonAndItsEventsWithIt() throws Exception {
        define(Map.of(NAME, with("fake.traget", "admin"), OTHER, with("give.up", "never")));
        assertThat(status(NAME).state()).isEqualTo("waiting for type fake");
        assertThat(status(OTHER).state()).isEqualTo("refused");
        engine.addFactory(fake);
        assertThat(status(NAME).state()).isEqualTo("refused");
        assertThat(status(NAME).lastError())
                .startsWith(NAME + ": fake.traget = admin is refused: ")
                .endsWith("did you mean fake.target?");
        assertThat(status(OTHER).lastError()).startsWith(OTHER + ": give.up = never is refused: allowed is ");
        long id = publish("early");
        define(Map.of(OTHER, KEYS));

        assertThat(next(fake.notifier.arrived)).isEqualTo(id);
        assertThat(engine.notifiers())
                .singleElement()
                .extracting(NotifierStatus::name)
                .isEqualTo(OTHER);
    }

    @Test
    void whatWaitsOutlivesARestartAndWhatIsNotDefinedAgainIsForgotten() throws Exception {
        define(Map.of(NAME, KEYS, OTHER, KEYS));
        engine.define("lvs/mail", Map.of("lvs/mail/quorum", KEYS));
        Await.until("the other owner's is there", () -> engine.notifiers().size() == 3);
        long id = publish("early");
        engine.deactivate();
        start();
        define(Map.of(NAME, KEYS));

        assertThat(engine.queue(NAME, 10))
                .extracting(queued -> queued.event().id())
                .containsExactly(id);
        assertThat(journal("cursor-lvs%2Fweb%2Fquorum")).doesNotExist();
        assertThat(journal("cursor-lvs%2Fmail%2Fquorum"))
                .as("its owner has not defined yet")
                .exists();
        engine.define("lvs/mail", Map.of());
        Await.until(
                "an owner that has gone leaves nothing", () -> !Files.exists(journal("cursor-lvs%2Fmail%2Fquorum")));
        engine.addFactory(fake);
        assertThat(next(fake.notifier.arrived)).isEqualTo(id);
    }

    @Test
    void hundredsOfThemAreAllToldInOrder() throws Exception {
        engine.addFactory(fake);
        var many = new TreeMap<String, Map<String, String>>();
        for (int i = 0; i < 100; i++) {
            many.put("lvs/web/server" + i, KEYS);
        }
        define(many);
        long first = publish("a");
        long second = publish("b");

        var told = new ArrayList<Long>();
        for (int i = 0; i < 200; i++) {
            told.add(next(fake.notifier.arrived));
        }
        assertThat(told.stream().filter(id -> id == first)).hasSize(100);
        assertThat(told.stream().filter(id -> id == second)).hasSize(100);
        Await.until("nothing waits", () -> engine.notifiers().stream().allMatch(status -> status.queued() == 0));
    }

    @Test
    void aThousandOfThemShareFewThreadsAndEachKeepsItsOrder() throws Exception {
        var told = new ConcurrentHashMap<String, List<Long>>();
        fake.maker = (name, keys) -> event ->
                told.computeIfAbsent(name, key -> new CopyOnWriteArrayList<>()).add(event.id());
        engine.addFactory(fake);
        var many = new TreeMap<String, Map<String, String>>();
        for (int i = 0; i < 1_000; i++) {
            many.put("lvs/web/server" + i, KEYS);
        }
        define(many);
        var ids = List.of(publish("a"), publish("b"), publish("c"));

        Await.until(
                "all are told",
                () -> told.size() == 1_000 && told.values().stream().allMatch(each -> each.size() == ids.size()));
        assertThat(told.values()).allMatch(ids::equals);
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .filter(name -> name.startsWith("notify-")))
                .hasSizeLessThan(50);
    }

    @Test
    void oneThatHangsKeepsNobodyElseWaiting() throws Exception {
        engine.addFactory(fake);
        var hangs = new AtomicBoolean();
        fake.notifier.behaviour = event -> {
            if (hangs.compareAndSet(false, true)) {
                FakeNotifier.HANGS.deliver(event);
            }
        };
        define(Map.of(NAME, KEYS, OTHER, KEYS));
        long first = publish("a");
        long second = publish("b");

        assertThat(next(fake.notifier.arrived)).isEqualTo(first);
        assertThat(next(fake.notifier.arrived)).isEqualTo(second);
        Await.until("only one has a queue", () -> List.of(0, 2)
                .equals(engine.notifiers().stream()
                        .map(NotifierStatus::queued)
                        .sorted()
                        .toList()));
    }

    @Test
    void whoeverDefinesNeverWaits() throws Exception {
        var stuck = new CountDownLatch(1);
        fake.maker = (name, keys) -> {
            try {
                stuck.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return fake.notifier;
        };
        engine.addFactory(fake);
        var many = new TreeMap<String, Map<String, String>>();
        for (int i = 0; i < 100; i++) {
            many.put("lvs/web/server" + i, KEYS);
        }
        engine.define("lvs/web", many);
        engine.define("lvs/mail", Map.of("lvs/mail/quorum", KEYS));

        assertThat(fake.targets)
                .as("the engine is stuck in the first of them, and we are not")
                .isEmpty();
        stuck.countDown();
        Await.until("all are there", () -> engine.notifiers().size() == 101);
    }

    @Test
    void namesThatWouldBeSomebodyElsesAreRefused() {
        assertThatThrownBy(() -> engine.define("lvs/web", Map.of("lvs/mail/a", KEYS)))
                .hasMessageContaining("begins with lvs/web/");
        assertThatThrownBy(() -> engine.define("lvs/web", Map.of("web", KEYS)))
                .hasMessageContaining("begins with lvs/web/");
        assertThatThrownBy(() -> engine.define("", Map.of("/a", KEYS))).hasMessageContaining("allowed is a name");
    }

    @Test
    void afterTheEndNothingHappens() {
        engine.deactivate();
        engine.define("lvs/web", Map.of(NAME, KEYS));

        assertThat(engine.notifiers()).isEmpty();
    }

    /** Defines the owner's and waits until that is so. */
    private void define(Map<String, Map<String, String>> notifiers) throws Exception {
        engine.define("lvs/web", notifiers);
        // Definitions are carried out in their order.
        engine.define("last", Map.of("last/" + System.nanoTime(), Map.of("type", "missing")));
        Await.until("it is done", () -> engine.notifiers().stream()
                .anyMatch(each -> each.name().startsWith("last/")));
        engine.define("last", Map.of());
        Await.until("it is done", () -> engine.notifiers().stream()
                .noneMatch(each -> each.name().startsWith("last/")));
    }

    private long publish(String text) {
        return engine.publish(Happenings.transition(text), List.of());
    }

    private NotifierStatus status(String name) {
        return engine.notifiers().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Path journal(String file) {
        return directory.resolve("journal").resolve(file);
    }

    private static Map<String, String> with(String key, String value) {
        var keys = new HashMap<>(KEYS);
        keys.put(key, value);
        return keys;
    }
}
