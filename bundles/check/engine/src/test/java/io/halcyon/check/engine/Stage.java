package io.halcyon.check.engine;

import io.halcyon.api.check.CheckStatus;
import io.halcyon.api.check.CheckType;
import io.halcyon.api.check.Verdict;
import io.halcyon.api.check.VerdictListener;
import io.halcyon.api.event.Event;
import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Check {@code c} of type {@code probe} with everything around it, on a clock that is moved by hand. */
final class Stage {

    static final Instant START = Instant.parse("2026-11-28T01:00:00Z");

    final ManualLoop loop = new ManualLoop();
    final ManualRunner runner = new ManualRunner(loop);
    final List<String> told = new ArrayList<>();
    /** Which event each verdict named. */
    final List<Long> toldEvents = new ArrayList<>();

    final List<Event> events = new ArrayList<>();
    /** Of each event; ids count from 1. */
    final List<List<Long>> causes = new ArrayList<>();
    /** The event that tells of the next configuration. */
    long cause;

    final Checks checks;
    final CheckCommands commands;
    final InstalledType type =
            new InstalledType(new CheckType("probe", "for tests", "", List.of()), text -> new BlockingCheck() {
                @Override
                public CheckResult look(long timeoutMillis) {
                    throw new AssertionError("the manual runner answers");
                }
            });

    private final VerdictBoard board = new VerdictBoard(loop);

    Stage() {
        this(null, 0);
    }

    /** @param sinceStartSeconds how long after {@link #START} it begins */
    Stage(@Nullable Path overrides, long sinceStartSeconds) {
        var around = new Surroundings(
                loop, runner, board, new LoopClock(loop, START.plusSeconds(sinceStartSeconds)), new Holds(overrides));
        checks = new Checks(around, new Trackers(), name -> cause);
        commands = new CheckCommands(checks, around);
        board.sinks().set((event, causesOfIt) -> {
            events.add(event);
            causes.add(causesOfIt);
            return events.size();
        });
        listen();
    }

    void listen() {
        board.add(new VerdictListener() {
            @Override
            public void onVerdict(Verdict verdict) {
                told.add(verdict.health() + " " + verdict.reason());
                toldEvents.add(verdict.eventId());
            }

            @Override
            public void onVerdictRemoved(String name) {
                throw new AssertionError("it is told with its event");
            }

            @Override
            public void onVerdictRemoved(String name, long eventId) {
                told.add("gone");
                toldEvents.add(eventId);
            }
        });
        loop.settle();
    }

    Stage start(SettingsBuilder settings) {
        checks.add(type, 0);
        checks.apply("c", settings.build());
        loop.settle();
        return this;
    }

    /** The answer from now on, and one interval of a second. */
    void second(CheckResult answer) {
        runner.answer = answer;
        loop.advanceMillis(1_000);
    }

    CheckStatus status() {
        return Objects.requireNonNull(checks.find("c")).status();
    }

    List<String> eventTexts() {
        return events.stream().map(Event::text).toList();
    }

    /** Wall clock time that goes with the loop's. */
    private static final class LoopClock extends Clock {

        private final ManualLoop loop;
        private final Instant start;
        private final long startNanos;

        LoopClock(ManualLoop loop, Instant start) {
            this.loop = loop;
            this.start = start;
            this.startNanos = loop.nanos();
        }

        @Override
        public Instant instant() {
            return start.plusNanos(loop.nanos() - startNanos);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
