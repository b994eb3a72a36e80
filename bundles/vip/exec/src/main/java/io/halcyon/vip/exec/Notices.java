package io.halcyon.vip.exec;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.Severity;
import io.halcyon.settings.Family;
import io.halcyon.settings.Refusal;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of configurations that were accepted, refused or removed. Thread-safe. */
final class Notices implements Family.Notices {

    private static final Logger LOG = LoggerFactory.getLogger(VipKeys.PID);

    private final Consumer<Event> events;

    Notices(Consumer<Event> events) {
        this.events = events;
    }

    @Override
    public void refused(Refusal refusal, boolean lastAcceptedKept) {
        String text =
                refusal.getMessage() + (lastAcceptedKept ? "; the last accepted configuration keeps running" : "");
        LOG.error("{}", text);
        events.accept(new Event.ConfigurationChange(refusal.file(), text, Severity.WARNING));
    }

    @Override
    public void accepted(String name, String file) {
        LOG.info("vip {} configured by {}", name, file);
        events.accept(new Event.ConfigurationChange(name, "accepted " + file, Severity.INFO));
    }

    @Override
    public void removed(String name) {
        LOG.info("vip {} removed: its file is gone", name);
        events.accept(new Event.ConfigurationChange(name, "removed", Severity.INFO));
    }
}
