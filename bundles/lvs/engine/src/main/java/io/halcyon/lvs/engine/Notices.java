package io.halcyon.lvs.engine;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventSink;
import io.halcyon.api.event.Severity;
import io.halcyon.settings.Family;
import io.halcyon.settings.Refusal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of configurations that were accepted, refused or removed. Thread-safe. */
final class Notices implements Family.Notices {

    private static final Logger LOG = LoggerFactory.getLogger("io.halcyon.lvs");

    private final EventSink sink;
    /** Events that told of what is being applied. */
    private final Map<String, Long> told = new ConcurrentHashMap<>();

    Notices(EventSink sink) {
        this.sink = sink;
    }

    @Override
    public void refused(Refusal refusal, boolean lastAcceptedKept) {
        String text =
                refusal.getMessage() + (lastAcceptedKept ? "; the last accepted configuration keeps running" : "");
        LOG.error("{}", text);
        sink.publish(new Event.ConfigurationChange(refusal.file(), text, Severity.WARNING), List.of());
    }

    @Override
    public void accepted(String name, String file) {
        LOG.info("lvs={} configured by {}", name, file);
        if (told.remove(name) == null) {
            tell(name, "accepted " + file);
            told.remove(name);
        }
    }

    @Override
    public void removed(String name) {
        LOG.info("lvs={} removed: its file is gone", name);
        told.remove(name);
    }

    /** What is told now, what follows can name as its cause. */
    @Override
    public void changing(String name, String file) {
        tell(name, file.isEmpty() ? "removed" : "accepted " + file);
    }

    private void tell(String name, String text) {
        told.put(name, sink.publish(new Event.ConfigurationChange(name, text, Severity.INFO), List.of()));
    }

    /** The event that told of the change that is being applied, 0 for none. */
    long causeOf(String name) {
        Long event = told.get(name);
        return event == null ? 0 : event;
    }
}
