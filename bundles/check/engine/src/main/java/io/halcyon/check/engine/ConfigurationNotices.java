package io.halcyon.check.engine;

import io.halcyon.api.event.Event;
import io.halcyon.api.event.Severity;
import io.halcyon.settings.Family;
import io.halcyon.settings.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people of configurations. Any thread. */
final class ConfigurationNotices implements Family.Notices {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationNotices.class);

    private final VerdictBoard board;

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
        board.publish(new Event.ConfigurationChange(name, "configured by " + file, Severity.INFO));
    }

    @Override
    public void removed(String name) {
        LOG.info("check={} removed", name);
        board.publish(new Event.ConfigurationChange(name, "removed", Severity.INFO));
    }
}
