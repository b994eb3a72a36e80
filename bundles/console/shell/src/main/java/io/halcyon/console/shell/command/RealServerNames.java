package io.halcyon.console.shell.command;

import io.halcyon.api.lvs.RealServerStatus;
import io.halcyon.api.lvs.VirtualServerService;
import java.util.Arrays;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.osgi.framework.BundleContext;

/** Completes names of real servers of the virtual server that stands on the line. */
@Service
public final class RealServerNames implements Completer {

    @Reference
    private BundleContext bundles;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        List<String> words = Arrays.asList(line.getArguments());
        List<String> names = new Services(bundles)
                .find(VirtualServerService.class)
                .map(service -> of(service, words))
                .orElse(List.of());
        return new StringsCompleter(names).complete(session, line, candidates);
    }

    /** Nobody drains the sorry server: it serves when there is nobody else. */
    static List<String> of(VirtualServerService service, List<String> words) {
        return service.virtualServers().stream()
                .filter(server -> words.contains(server.name()))
                .flatMap(server -> server.realServers().stream())
                .filter(server -> !VirtualServerText.isSorry(server))
                .map(RealServerStatus::name)
                .distinct()
                .toList();
    }
}
