package io.halcyon.check.engine;

import io.halcyon.api.check.CheckHistory;
import io.halcyon.api.check.CheckHold;
import io.halcyon.api.check.CheckStatus;
import io.halcyon.api.check.Health;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.Severity;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a person does to one check by its name. Any thread may call; the loop does it. */
final class CheckCommands {

    private static final Logger LOG = LoggerFactory.getLogger(CheckCommands.class);

    /** Longer than the loop ever needs to get to a task. */
    static final long MARGIN_MILLIS = 1_000;

    private static final Duration LONGEST = Duration.ofDays(366);
    private static final int REASON_LENGTH = 200;

    /** Of names that are known, in a message. */
    private static final int MOST_NAMES = 20;

    private final Checks checks;
    private final Surroundings around;

    CheckCommands(Checks checks, Surroundings around) {
        this.checks = checks;
        this.around = around;
    }

    CheckStatus run(String name) throws InterruptedException {
        var check = find(name);
        if (!check.canRun()) {
            throw new IllegalArgumentException(
                    "check " + name + " cannot run: " + check.status().state());
        }
        var done = new CountDownLatch(1);
        around.loop().execute(() -> check.runNow(done::countDown));
        if (!done.await(check.status().timeoutMillis() + MARGIN_MILLIS, TimeUnit.MILLISECONDS)) {
            LOG.debug("check={} gave no result in time", name);
        }
        return check.status();
    }

    List<CheckHistory> history(String name, int limit) {
        return find(name).history(limit);
    }

    CheckStatus force(String name, Health health, @Nullable Duration lasting, String reason) {
        if (health != Health.UP && health != Health.DOWN) {
            throw new IllegalArgumentException("health = " + health + " is refused: allowed is UP or DOWN");
        }
        var since = around.wallClock().instant();
        return hold(
                find(name),
                new CheckHold(CheckHold.Kind.FORCED, health, null, words(reason), since, end(since, lasting)));
    }

    CheckStatus disable(String name, @Nullable Duration lasting, String reason) {
        var check = find(name);
        var verdict = check.status().verdict();
        var since = around.wallClock().instant();
        return hold(
                check,
                new CheckHold(
                        CheckHold.Kind.DISABLED,
                        verdict.health(),
                        verdict.dynamicWeight(),
                        words(reason),
                        since,
                        end(since, lasting)));
    }

    CheckStatus enable(String name) {
        var check = find(name);
        onTheLoop(check, Check::enable);
        around.holds().forget(name);
        return check.status();
    }

    /** The check was gone before the container started. */
    void forget(String name) {
        var held = around.holds().find(name);
        around.holds().forget(name);
        if (held != null) {
            around.board().publish(new Event.Maintenance(name, Maintenance.gone(held), false, Severity.INFO));
        }
    }

    private CheckStatus hold(Check check, CheckHold hold) {
        String unsaved = "";
        try {
            around.holds().keep(check.settings().name(), hold);
        } catch (IOException e) {
            unsaved = e.toString();
        }
        onTheLoop(check, each -> each.hold(hold));
        if (!unsaved.isEmpty()) {
            throw new IllegalArgumentException("it is " + hold.text() + ", but only until the next start: " + unsaved);
        }
        return check.status();
    }

    private void onTheLoop(Check check, Consumer<Check> what) {
        var done = new CountDownLatch(1);
        around.loop().execute(() -> {
            what.accept(check);
            done.countDown();
        });
        try {
            if (!done.await(MARGIN_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.debug("the loop is late");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Check find(String name) {
        var check = checks.find(name);
        if (check == null) {
            throw new IllegalArgumentException("there is no check " + name + known());
        }
        return check;
    }

    private String known() {
        var names = checks.all().stream().map(check -> check.settings().name()).toList();
        if (names.isEmpty()) {
            return "";
        }
        int more = names.size() - MOST_NAMES;
        var first = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
        return "; there is " + first + (more > 0 ? " and " + more + " more" : "");
    }

    private static @Nullable Instant end(Instant since, @Nullable Duration lasting) {
        if (lasting == null) {
            return null;
        }
        if (lasting.compareTo(Duration.ofSeconds(1)) < 0 || lasting.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("lasting = " + lasting + " is refused: allowed is 1s to 366d");
        }
        return since.plus(lasting);
    }

    /** On one line, for a file and for the log. */
    private static String words(String reason) {
        var line = reason.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.length() > REASON_LENGTH ? line.substring(0, REASON_LENGTH) : line;
    }
}
