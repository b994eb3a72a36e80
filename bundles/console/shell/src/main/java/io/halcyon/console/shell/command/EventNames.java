package io.halcyon.console.shell.command;

import io.halcyon.api.event.EventLog;
import io.halcyon.api.event.EventRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.osgi.framework.BundleContext;

/** Completes names of objects that events tell of, and ids of the last events. */
@Service
public final class EventNames implements Completer {

    private static final int MOST = 1_000;
    private static final int MOST_IDS = 20;

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

    private static List<String> of(List<EventRecord> events) {
        List<String> names = new ArrayList<>(EventObjects.of(events));
        events.subList(Math.max(0, events.size() - MOST_IDS), events.size())
                .forEach(event -> names.add(String.valueOf(event.id())));
        return names;
    }
}
