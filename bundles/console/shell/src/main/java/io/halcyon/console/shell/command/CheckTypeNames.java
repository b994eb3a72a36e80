package io.halcyon.console.shell.command;

import io.halcyon.api.check.CheckService;
import io.halcyon.api.check.CheckType;
import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.osgi.framework.BundleContext;

/** Completes types of checks. */
@Service
public final class CheckTypeNames implements Completer {

    @Reference
    private BundleContext bundles;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        List<String> names = new Services(bundles)
                .find(CheckService.class)
                .map(service -> service.types().stream().map(CheckType::type).toList())
                .orElse(List.of());
        return new StringsCompleter(names).complete(session, line, candidates);
    }
}
