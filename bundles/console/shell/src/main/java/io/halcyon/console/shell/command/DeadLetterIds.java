package io.halcyon.console.shell.command;

import io.halcyon.api.notify.NotifyService;
import java.util.Arrays;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.osgi.framework.BundleContext;

/** Completes ids of what the notifier that stands on the line gave up. */
@Service
public final class DeadLetterIds implements Completer {

    @Reference
    private BundleContext bundles;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        List<String> words = Arrays.asList(line.getArguments());
        List<String> names = new Services(bundles)
                .find(NotifyService.class)
                .map(service -> of(service, words))
                .orElse(List.of());
        return new StringsCompleter(names).complete(session, line, candidates);
    }

    private static List<String> of(NotifyService service, List<String> words) {
        return service.notifiers().stream()
                .filter(notifier -> words.contains(notifier.name()))
                .flatMap(notifier -> service.dead(notifier.name()).stream())
                .map(letter -> String.valueOf(letter.event().id()))
                .toList();
    }
}
