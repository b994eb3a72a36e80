package io.halcyon.console.shell.command;

import io.halcyon.api.event.EventLog;
import io.halcyon.api.event.EventRecord;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.osgi.framework.BundleContext;

/** Completes names of objects that events tell of. */
@Service
public final class EventObjects implements Completer {

    private static final int MOST = 1_000;

    @Reference
    private BundleContext bundles;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        List<String> names = new Services(bundles)
                .find(EventLog.class)
                .map(log -> of(log.last(MOST)))
                .orElse(List.of());
        return new StringsCompleter(names).complete(session, line, candidates);
    }

    static List<String> of(List<EventRecord> events) {
        return events.stream()
                .map(record -> record.event().object())
                .distinct()
                .sorted()
                .toList();
    }
}
