package io.halcyon.console.shell.command;

import io.halcyon.api.lvs.VirtualServerService;
import io.halcyon.api.lvs.VirtualServerStatus;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.osgi.framework.BundleContext;

/** Completes names of virtual servers. */
@Service
public final class VirtualServerNames implements Completer {

    @Reference
    private BundleContext bundles;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        List<String> names = new Services(bundles)
                .find(VirtualServerService.class)
                .map(service -> service.virtualServers().stream()
                        .map(VirtualServerStatus::name)
                        .toList())
                .orElse(List.of());
        return new StringsCompleter(names).complete(session, line, candidates);
    }
}
