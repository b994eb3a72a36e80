package io.halcyon.console.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventFilter;
import io.halcyon.api.event.EventLog;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.event.Severity;
import io.halcyon.console.shell.line.Caller;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.apache.karaf.shell.api.console.Session;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

class FollowingTest {

    /** Answers what it is told to; the call after its last answer is interrupted. */
    private static final class Script implements EventLog {

        private final List<EventRecord> last;
        private final List<List<EventRecord>> answers;

        Script(List<EventRecord> last, List<List<EventRecord>> answers) {
            this.last = last;
            this.answers = new ArrayList<>(answers);
        }

        @Override
        public List<EventRecord> last(int limit) {
            return last.subList(Math.max(0, last.size() - limit), last.size());
        }

        @Override
        public List<EventRecord> search(EventFilter filter, int limit) {
            return last(limit).stream().filter(filter::matches).toList();
        }

        @Override
        public Optional<EventRecord> event(long id) {
            return last.stream().filter(record -> record.id() == id).findFirst();
        }

        @Override
        public List<EventRecord> after(long id, int limit, Duration patience) throws InterruptedException {
            if (answers.isEmpty()) {
                throw new InterruptedException("the end of the test");
            }
            return answers.remove(0);
        }
    }

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void beginsWithTheLastOnesAndGoesOnWithEachNewOne() {
        follow(new Script(events(1, 5), List.of(events(6, 6), List.of(), events(7, 8))), 2, true);

        assertThat(printed(out).lines())
                .hasSize(5)
                .allSatisfy(line -> assertThat(line).startsWith("{\"id\":").endsWith("}"))
                .first()
                .asString()
                .startsWith("{\"id\":4,");
        assertThat(printed(err)).isEmpty();
    }

    @Test
    void withoutOldOnesOnlyTheNewOnesArePrinted() {
        follow(new Script(events(1, 5), List.of(events(6, 6))), 0, true);

        assertThat(printed(out).lines()).singleElement().asString().startsWith("{\"id\":6,");
    }

    @Test
    void whatIsForgottenMeanwhileIsCountedOnTheErrorOutput() {
        follow(new Script(events(1, 1), List.of(events(42, 43))), 1, true);

        assertThat(printed(err)).startsWith("40 events are left out");
        assertThat(printed(out).lines()).hasSize(3);
    }

    @Test
    void whatAFilterDoesNotWantIsLeftOutOfOldAndNewAndIsNoGap() {
        var filter = Filters.of("", "", "*3,*6", "", Instant.EPOCH);
        var log = new Script(named(1, 5), List.of(named(6, 6), named(7, 8)));

        follow(log, 5, true, filter);

        assertThat(printed(out).lines()).hasSize(2).first().asString().startsWith("{\"id\":3,");
        assertThat(printed(out).lines()).last().asString().startsWith("{\"id\":6,");
        assertThat(printed(err)).isEmpty();
    }

    @Test
    void aLogThatCameBackWithItsJournalGoesOnWhereItWas() throws InterruptedException {
        var logs = new ArrayList<EventLog>(
                List.of(new Script(events(1, 5), List.of()), new Script(events(1, 6), List.of(events(6, 6)))));
        var asked = new ArrayList<Long>();
        var paper = new Paper(stream(out), stream(err), Caller.of(session()), true);
        var following = new Following(new Services(bundles(() -> logs.get(0))), paper, EventFilter.ALL);
        var second = logs.get(1);
        logs.set(1, new EventLog() {
            @Override
            public List<EventRecord> last(int limit) {
                return second.last(limit);
            }

            @Override
            public List<EventRecord> search(EventFilter filter, int limit) {
                return second.search(filter, limit);
            }

            @Override
            public Optional<EventRecord> event(long id) {
                return second.event(id);
            }

            @Override
            public List<EventRecord> after(long id, int limit, Duration patience) throws InterruptedException {
                asked.add(id);
                return second.after(id, limit, patience);
            }
        });

        try {
            following.run(0);
        } catch (InterruptedException e) {
            assertThat(e).hasMessage("the end of the test");
        }
        logs.remove(0);
        following.step();

        assertThat(asked).containsExactly(5L);
        assertThat(printed(out).lines()).singleElement().asString().startsWith("{\"id\":6,");
    }

    @Test
    void aPersonGetsAHeadingAndALineForEach() {
        follow(new Script(events(1, 1), List.of(events(2, 2))), 1, false);

        assertThat(printed(out).lines().toList().get(0)).startsWith("ID").endsWith("EVENT");
        assertThat(printed(out).lines()).hasSize(3).last().asString().endsWith("happened 2");
    }

    @Test
    void endsWhenNobodyReadsAnyMore() throws InterruptedException {
        var closed = new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int octet) throws IOException {
                        throw new IOException("nobody reads");
                    }
                },
                true,
                StandardCharsets.UTF_8);
        var paper = new Paper(closed, stream(err), Caller.of(session()), true);

        new Following(new Services(bundles(new Script(events(1, 1), List.of()))), paper, EventFilter.ALL).run(1);

        assertThat(printed(err)).isEmpty();
    }

    private void follow(EventLog log, int count, boolean json) {
        follow(log, count, json, EventFilter.ALL);
    }

    private void follow(EventLog log, int count, boolean json, EventFilter filter) {
        var paper = new Paper(stream(out), stream(err), Caller.of(session()), json);
        try {
            new Following(new Services(bundles(log)), paper, filter).run(count);
        } catch (InterruptedException e) {
            assertThat(e).hasMessage("the end of the test");
        }
    }

    private static List<EventRecord> events(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(id -> event(id, "VI_1"))
                .toList();
    }

    /** Each of another object. */
    private static List<EventRecord> named(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(id -> event(id, "VI_" + id))
                .toList();
    }

    private static EventRecord event(long id, String object) {
        return new EventRecord(
                id,
                Instant.EPOCH,
                0,
                "lb1",
                List.of(),
                new Event.ConfigurationChange(object, "happened " + id, Severity.INFO));
    }

    private static BundleContext bundles(EventLog log) {
        return bundles(() -> log);
    }

    private static BundleContext bundles(Supplier<EventLog> log) {
        Object reference = nothing(ServiceReference.class);
        return (BundleContext) Proxy.newProxyInstance(
                FollowingTest.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, values) -> switch (method.getName()) {
                    case "getServiceReference" -> reference;
                    case "getService" -> log.get();
                    default -> null;
                });
    }

    private static Session session() {
        return (Session) nothing(Session.class);
    }

    private static Object nothing(Class<?> type) {
        return Proxy.newProxyInstance(
                FollowingTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, values) -> null);
    }

    private static PrintStream stream(ByteArrayOutputStream target) {
        return new PrintStream(target, true, StandardCharsets.UTF_8);
    }

    private static String printed(ByteArrayOutputStream target) {
        return target.toString(StandardCharsets.UTF_8);
    }
}
