package io.halcyon.vrrp.engine;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventSink;
import io.halcyon.api.event.Severity;
import io.halcyon.settings.Family;
import io.halcyon.settings.Refusal;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of configurations that were accepted, refused or removed. Thread-safe. */
final class Notices implements Family.Notices {

    private static final Logger LOG = LoggerFactory.getLogger("io.halcyon.vrrp");

    private final EventSink sink;

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
        LOG.info("{} configured by {}", name, file);
        sink.publish(new Event.ConfigurationChange(name, "accepted " + file, Severity.INFO), List.of());
    }

    @Override
    public void removed(String name) {
        LOG.info("{} removed: its file is gone", name);
        sink.publish(new Event.ConfigurationChange(name, "removed", Severity.INFO), List.of());
    }
}
