package io.halcyon.check.engine;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.Severity;
import io.halcyon.settings.Family;
import io.halcyon.settings.Refusal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people of configurations. Any thread. */
final class ConfigurationNotices implements Family.Notices {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationNotices.class);

    private final VerdictBoard board;
    /** Events that told of what is being applied. */
    private final Map<String, Long> told = new ConcurrentHashMap<>();

    ConfigurationNotices(VerdictBoard board) {
        this.board = board;
    }

    @Override
    public void refused(Refusal refusal, boolean lastAcceptedKept) {
        var text = refusal.getMessage() + (lastAcceptedKept ? "; the last accepted configuration keeps running" : "");
        LOG.error("{}", text);
        board.publish(new Event.ConfigurationChange(refusal.file(), text, Severity.WARNING));
    }

    @Override
    public void accepted(String name, String file) {
        LOG.info("check={} configured by {}", name, file);
        if (told.remove(name) == null) {
            tell(name, "accepted " + file);
            told.remove(name);
        }
    }

    @Override
    public void removed(String name) {
        LOG.info("check={} removed", name);
        told.remove(name);
    }

    /** What is told now, what follows can name as its cause. */
    @Override
    public void changing(String name, String file) {
        tell(name, file.isEmpty() ? "removed" : "accepted " + file);
    }

    private void tell(String name, String text) {
        told.put(name, board.publish(new Event.ConfigurationChange(name, text, Severity.INFO)));
    }

    /** The event that told of the change that is being applied, 0 for none. */
    long causeOf(String name) {
        var event = told.get(name);
        return event == null ? 0 : event;
    }
}
