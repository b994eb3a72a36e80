package io.halcyon.console.shell.command;

import io.halcyon.api.check.CheckService;
import io.halcyon.api.check.CheckType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.osgi.framework.BundleContext;

/** Completes keys of the type of check that stands before them on the line. */
@Service
public final class CheckTypeKeys implements Completer {

    @Reference
    private BundleContext bundles;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        List<String> words = Arrays.asList(line.getArguments());
        List<String> keys = new Services(bundles)
                .find(CheckService.class)
                .map(service -> Stream.concat(
                                service.types().stream()
                                        .filter(type -> words.contains(type.type()))
                                        .flatMap(type -> type.parameters().stream()),
                                service.commonKeys().stream())
                        .map(CheckType.Parameter::key)
                        .toList())
                .orElse(List.of());
        return new StringsCompleter(keys).complete(session, line, candidates);
    }
}
