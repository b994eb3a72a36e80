package io.halcyon.console.shell.command;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;

/** What all commands have in common: a report, as text or as JSON. Karaf makes one object per execution. */
abstract class ReportCommand implements Action {

    @Reference
    private BundleContext bundles;

    @Reference
    private Session session;

    @Option(
            name = "-o",
            aliases = "--output",
            description = "Form of the output: text or json",
            valueToShowInHelp = "text")
    @Completion(
            value = StringsCompleter.class,
            values = {"text", "json"})
    private String output = "text";

    /** Does the command's work. An exception's message is what the operator reads. */
    abstract Report report(Services services) throws Exception;

    /** One report, unless a command has more to say. */
    void print(Services services, Paper paper) throws Exception {
        paper.print(report(services));
    }

    @Override
    public final @Nullable Object execute() throws Exception {
        boolean json = "json".equals(output);
        if (!json && !"text".equals(output)) {
            throw new IllegalArgumentException("-o " + output + " is refused: allowed are text and json");
        }
        print(new Services(bundles), Paper.of(session, json));
        return null;
    }
}
