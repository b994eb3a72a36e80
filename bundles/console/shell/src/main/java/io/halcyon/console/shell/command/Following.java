package io.halcyon.console.shell.command;

import io.halcyon.api.event.EventFilter;
import io.halcyon.api.event.EventLog;
import io.halcyon.api.event.EventRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Prints events as they come, on the command's own thread, until that is interrupted.
 *
 * <p>Nothing is kept for a slow reader: the log is asked for what came after the last event that was printed, and what it
 * has forgotten by then is counted.
 */
final class Following {

    private static final int BATCH = 100;

    /** Only how soon it is seen that the log has gone or is another one. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Services services;
    private final Paper paper;
    private final EventFilter filter;
    private @Nullable EventLog log;
    private long known;

    Following(Services services, Paper paper, EventFilter filter) {
        this.services = services;
        this.paper = paper;
        this.filter = filter;
    }

    /** Begins with the last ones. Returns when nobody reads any more. */
    void run(int count) throws InterruptedException {
        paper.caller().stay();
        EventLog first = services.events();
        log = first;
        known = newest(first);
        List<EventRecord> last = first.search(filter, Math.max(1, count)).stream()
                .filter(event -> event.id() <= known)
                .toList();
        if (!paper.json()) {
            paper.out().print(NotifyText.eventHeading(paper.caller().columns()));
        }
        print(count == 0 ? List.of() : last);
        while (!paper.out().checkError()) {
            step();
        }
    }

    /** Prints what is new, after a wait if that is nothing. */
    void step() throws InterruptedException {
        Optional<EventLog> current = services.find(EventLog.class);
        if (current.isEmpty()) {
            Thread.sleep(PATIENCE.toMillis());
            return;
        }
        if (current.get() != log) {
            // Updated or started anew: without its journal it counts from 1 again.
            log = current.get();
            known = newest(current.get()) < known ? 0 : known;
        }
        List<EventRecord> events = current.get().after(known, BATCH, PATIENCE);
        if (events.isEmpty()) {
            return;
        }
        long skipped = events.get(0).id() - known - 1;
        if (skipped > 0) {
            paper.err().println(skipped + " events are left out: they came faster than they could be printed");
        }
        known = events.get(events.size() - 1).id();
        print(events.stream().filter(filter::matches).toList());
    }

    private static long newest(EventLog log) {
        List<EventRecord> last = log.last(1);
        return last.isEmpty() ? 0 : last.get(0).id();
    }

    private void print(List<EventRecord> events) {
        for (EventRecord event : events) {
            paper.print(new Report(event, columns -> NotifyText.event(event, columns)));
        }
    }
}
