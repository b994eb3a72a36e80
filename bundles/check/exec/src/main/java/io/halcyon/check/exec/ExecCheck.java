package io.halcyon.check.exec;

import io.halcyon.linux.process.CommandOutcome;
import io.halcyon.linux.process.CommandRefusedException;
import io.halcyon.linux.process.ExternalCommand;
import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import java.io.IOException;
import java.util.Map;

/** Runs a command and judges its exit status. Without state between runs. */
final class ExecCheck implements BlockingCheck {

    private final ExternalCommand command;

    ExecCheck(ExternalCommand command) {
        this.command = command;
    }

    @Override
    public CheckResult look(long timeoutMillis) throws InterruptedException {
        try {
            return judge(command.run(timeoutMillis));
        } catch (CommandRefusedException e) {
            return CheckResult.unknown(e.reason());
        } catch (IOException e) {
            // No process could be made: says nothing about what the script looks at.
            return CheckResult.unknown("the command could not be started: " + e.getMessage());
        }
    }

    private static CheckResult judge(CommandOutcome outcome) {
        // A success has one reason only: what the script prints may change with every run.
        var result = outcome.succeeded() ? CheckResult.up("exit status 0") : CheckResult.down(failure(outcome));
        return result.withLatency(outcome.elapsed())
                .withDetails(Map.of("ending", outcome.ending(), "output", outcome.output()));
    }

    private static String failure(CommandOutcome outcome) {
        var line = outcome.lastLine();
        return outcome.ending() + (line.isEmpty() ? "" : ", it printed: " + line);
    }
}
