package io.halcyon.notify.engine;

import io.halcyon.api.event.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the run before ended: a file {@code clean} that the end of a run leaves and its beginning takes away. */
final class LastRun {

    private static final Logger LOG = LoggerFactory.getLogger(NotifyKeys.PID);

    private final Path marker;

    LastRun(Path directory) {
        marker = directory.resolve("clean");
    }

    /** A run begins; the event says what came before it. */
    Event.NodeStart begin(String node, Journal.Found found) {
        boolean closed = false;
        try {
            closed = Files.deleteIfExists(marker);
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted: {}", marker, e.toString());
        }
        if (found.lastId() == 0) {
            return new Event.NodeStart(node, "first start", true);
        }
        var text = closed ? "the run before ended as planned" : "the run before was killed or crashed";
        if (found.cut() > 0) {
            text += ", its last event was damaged";
        }
        if (found.lastMillis() >= 0) {
            var last = Instant.ofEpochMilli(found.lastMillis()).truncatedTo(ChronoUnit.SECONDS);
            text += ", its last event was at " + last;
        }
        return new Event.NodeStart(node, text, closed);
    }

    /** The run ends, and the journal has everything. */
    void end() {
        try {
            Files.write(marker, new byte[0]);
        } catch (IOException e) {
            LOG.warn("{} cannot be written: {}", marker, e.toString());
        }
    }
}
