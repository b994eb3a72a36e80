package io.halcyon.notify.exec;

import io.halcyon.linux.Errno;
import io.halcyon.linux.LinuxException;
import io.halcyon.linux.process.CommandOutcome;
import io.halcyon.linux.process.CommandRefusedException;
import io.halcyon.linux.process.ExternalCommand;
import io.halcyon.spi.notify.DeliveryException;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one script and judges how it ended. Without state. */
final class ScriptRun {

    private static final Logger LOG = LoggerFactory.getLogger(ScriptRun.class);

    /** What lies in the file itself: no interpreter, no permission, too much to hand over. */
    private static final Set<Integer> LASTING = Set.of(Errno.ENOENT, Errno.EACCES, Errno.E2BIG, Errno.EPERM);

    private final String notifier;
    private final Scripts scripts;

    ScriptRun(String notifier, Scripts scripts) {
        this.notifier = notifier;
        this.scripts = scripts;
    }

    /**
     * Runs it to its end.
     *
     * @throws DeliveryException if that was no success; the message begins with the key
     */
    void run(String key, ExternalCommand command, long event) throws DeliveryException, InterruptedException {
        try {
            judge(key, command.run(scripts.limitMillis()), event);
        } catch (CommandRefusedException e) {
            throw new DeliveryException(key + ": " + e.reason(), e, false);
        } catch (IOException e) {
            boolean passes = !(e instanceof LinuxException failure && LASTING.contains(failure.errno()));
            throw new DeliveryException(key + ": could not be started, " + e.getMessage(), e, passes);
        }
    }

    private void judge(String key, CommandOutcome outcome, long event) throws DeliveryException {
        var output = oneLine(outcome.output());
        var printed = output.isEmpty() ? "" : ", it printed: " + output;
        if (outcome.succeeded()) {
            LOG.debug(
                    "{}: event {}: {} took {} ms{}",
                    notifier,
                    event,
                    key,
                    outcome.elapsed().toMillis(),
                    printed);
            return;
        }
        boolean again = !outcome.timedOut() && scripts.retryStatuses().contains(outcome.exit());
        throw new DeliveryException(key + ": " + outcome.ending() + printed, null, again);
    }

    private static String oneLine(String output) {
        return output.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining(" | "));
    }
}
