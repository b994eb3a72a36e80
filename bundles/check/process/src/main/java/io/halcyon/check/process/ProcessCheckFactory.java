package io.halcyon.check.process;

import static io.halcyon.spi.keys.KeyValue.refused;

import io.halcyon.linux.process.CommandLine;
import io.halcyon.linux.process.ProcessTable;
import io.halcyon.spi.check.HealthCheck;
import io.halcyon.spi.check.HealthCheckFactory;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Makes checks of the type {@code process}. */
@Component(service = HealthCheckFactory.class)
public final class ProcessCheckFactory implements HealthCheckFactory<ProcessKeys> {

    @Override
    public String type() {
        return "process";
    }

    @Override
    public Class<ProcessKeys> parameters() {
        return ProcessKeys.class;
    }

    @Override
    public HealthCheck create(String name, ProcessKeys keys) {
        return new ProcessCheck(ProcessTable.system(), wanted(keys), quorum(keys), settling(keys));
    }

    private static Wanted wanted(ProcessKeys keys) {
        var words = words(keys.process());
        var parameters = words.subList(1, words.size());
        boolean byName = parameters.isEmpty() && !keys.full_command();
        if (byName && words.get(0).indexOf('/') >= 0) {
            throw refused("process", keys.process(), "a name without /, or a path with full.command = yes");
        }
        return new Wanted(
                words.get(0),
                parameters,
                byName,
                match(keys.param_match(), !parameters.isEmpty()),
                keys.network().equals("any"));
    }

    private static List<String> words(String text) {
        try {
            return CommandLine.parse(text).words();
        } catch (IllegalArgumentException e) {
            throw refused("process", text, "a name or a command (" + e.getMessage() + ")");
        }
    }

    private static Wanted.Match match(String word, boolean hasParameters) {
        return switch (word) {
            case "" -> hasParameters ? Wanted.Match.EXACT : Wanted.Match.ANY;
            case "exact" -> Wanted.Match.EXACT;
            case "partial" -> Wanted.Match.PARTIAL;
            case "initial" -> Wanted.Match.INITIAL;
            default -> throw refused("param.match", word, "exact, partial, initial or nothing");
        };
    }

    /** As in keepalived, a greatest number of 0 means that none may run, whatever the quorum. */
    private static ProcessCheck.Quorum quorum(ProcessKeys keys) {
        int most = keys.quorum_max();
        if (most > 0 && most < keys.quorum()) {
            throw refused("quorum.max", Integer.toString(most), "-1, 0, or at least quorum = " + keys.quorum());
        }
        return new ProcessCheck.Quorum(most == 0 ? 0 : keys.quorum(), most);
    }

    private static Settling settling(ProcessKeys keys) {
        return new Settling(nanos(keys.fork_delay(), keys.delay()), nanos(keys.terminate_delay(), keys.delay()));
    }

    private static long nanos(double seconds, double otherwise) {
        return Math.round((seconds < 0 ? otherwise : seconds) * 1e9);
    }
}
