package io.halcyon.lvs.engine;

import io.halcyon.lvs.engine.server.Input;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a person does to one real server. Any thread may call; the loop does it. */
final class Commands {

    private static final Duration LONGEST = Duration.ofDays(366);
    private static final int REASON_LENGTH = 200;

    private final Surroundings around;
    private final Servers servers;

    Commands(Surroundings around, Servers servers) {
        this.around = around;
        this.servers = servers;
    }

    void weight(String name, String realServer, int weight) {
        if (weight < -1) {
            throw new IllegalArgumentException(
                    "weight = " + weight + " is refused: allowed is 0 to 2147483647, or -1 for the configured one");
        }
        give(name, at -> new Input.Weight(realServer, weight, at));
    }

    void drain(String name, String realServer, @Nullable Duration deadline, @Nullable Duration lasting, String reason) {
        require("deadline", deadline);
        require("lasting", lasting);
        give(name, at -> {
            var ends = deadline == null ? null : at.plus(deadline);
            var until = lasting == null ? null : at.plus(lasting);
            return new Input.Drain(
                    realServer, words(reason), at, ends, until, around.nanosOf(ends), around.nanosOf(until));
        });
    }

    void undrain(String name, String realServer) {
        give(name, at -> new Input.Undrain(realServer));
    }

    void rebuild(String name) {
        give(name, at -> new Input.Rebuild());
    }

    private void give(String name, Function<Instant, Input> command) {
        Answers.of(around.loop().ask(() -> {
            servers.on(
                    servers.find(name),
                    command.apply(around.wallClock().instant().truncatedTo(ChronoUnit.MILLIS)),
                    0);
            return true;
        }));
        try {
            around.holds().save(name);
        } catch (IOException e) {
            throw new IllegalArgumentException("it is done, but only until the next start: " + e, e);
        }
    }

    private static void require(String what, @Nullable Duration duration) {
        if (duration != null && (duration.compareTo(Duration.ofSeconds(1)) < 0 || duration.compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException(what + " = " + duration + " is refused: allowed is 1s to 366d");
        }
    }

    /** On one line, for a file and for the log. */
    private static String words(String reason) {
        var line = reason.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.length() > REASON_LENGTH ? line.substring(0, REASON_LENGTH) : line;
    }
}
