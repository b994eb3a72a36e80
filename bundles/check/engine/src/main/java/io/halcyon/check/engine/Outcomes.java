package io.halcyon.check.engine;

import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.SourceException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What the engine itself says of a run where the plugin did not. */
final class Outcomes {

    private Outcomes() {}

    static CheckResult timedOut(long timeoutNanos) {
        return CheckResult.down("timed out after " + millis(timeoutNanos));
    }

    /** The same words every time: a reason that changes is told to everybody. */
    static CheckResult stillHanging() {
        return CheckResult.down("timed out, and the run still hangs");
    }

    static CheckResult tooLate(CheckResult result, long elapsedNanos) {
        return CheckResult.down("timed out, answered after " + millis(elapsedNanos))
                .withLatency(Duration.ofNanos(elapsedNanos))
                .withDetails(result.details());
    }

    static CheckResult noWorker(long waitedNanos) {
        return CheckResult.unknown("no worker was free for " + millis(waitedNanos) + ": too many checks hang");
    }

    /** Our own lack of descriptors says nothing about the thing. */
    static CheckResult noSocket(IOException cause) {
        return CheckResult.unknown("no socket: " + cause.getMessage());
    }

    /** Nor does a way to it that we do not have. */
    static CheckResult noSource(SourceException cause) {
        return CheckResult.unknown(String.valueOf(cause.getMessage()));
    }

    /** An exception is the plugin's way to say that it failed; an error says that the plugin itself is broken. */
    static CheckResult thrown(Throwable thrown) {
        var message = thrown.getMessage();
        var text = message == null || message.isBlank() ? thrown.getClass().getSimpleName() : message;
        return thrown instanceof Exception
                ? CheckResult.down(text)
                : CheckResult.unknown("the check is broken: " + text);
    }

    private static String millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos) + " ms";
    }
}
