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

    /** The least exit status that is a weight, which is this much less: keepalived's numbers. */
    private static final int LEAST_WEIGHT_STATUS = 2;

    private final ExternalCommand command;
    private final boolean dynamicWeight;

    ExecCheck(ExternalCommand command, boolean dynamicWeight) {
        this.command = command;
        this.dynamicWeight = dynamicWeight;
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

    private CheckResult judge(CommandOutcome outcome) {
        return result(outcome)
                .withLatency(outcome.elapsed())
                .withDetails(Map.of("ending", outcome.ending(), "output", outcome.output()));
    }

    private CheckResult result(CommandOutcome outcome) {
        // A success has one reason only: what the script prints may change with every run.
        if (outcome.succeeded()) {
            return CheckResult.up("exit status 0");
        }
        boolean asksForWeight = dynamicWeight && !outcome.timedOut() && outcome.exit() >= LEAST_WEIGHT_STATUS;
        if (!asksForWeight) {
            return CheckResult.down(failure(outcome));
        }
        int weight = outcome.exit() - LEAST_WEIGHT_STATUS;
        return CheckResult.up("exit status " + outcome.exit() + ", which asks for weight " + weight)
                .withWeight(weight);
    }

    private static String failure(CommandOutcome outcome) {
        var line = outcome.lastLine();
        return outcome.ending() + (line.isEmpty() ? "" : ", it printed: " + line);
    }
}
