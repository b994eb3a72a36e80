package io.halcyon.check.sql;

import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.Steps;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Asks a database on a thread that lives as long as one question: many drivers hear of no interrupt while they connect. One
 * that does not come back keeps that thread, and no second question is asked before it is over.
 */
final class SqlCheck implements BlockingCheck {

    /**
     * What the first value has to be.
     *
     * @param expected empty for anything
     * @param greatest null for no limit
     */
    record Wanted(String expected, @Nullable BigDecimal greatest) {}

    /**
     * A thread and whether its work is over: it may live for a moment after that.
     *
     * @param over set before anybody hears of the result
     */
    private record Work(Thread thread, AtomicBoolean over) {

        boolean goesOn() {
            return thread.isAlive() && !over.get();
        }
    }

    private static final int LONGEST_SHOWN = 120;

    private final String name;
    private final Drivers drivers;
    private final String driverClass;
    private final Question.Text text;
    private final Wanted wanted;
    private @Nullable Work before;

    SqlCheck(String name, Drivers drivers, String driverClass, Question.Text text, Wanted wanted) {
        this.name = name;
        this.drivers = drivers;
        this.driverClass = driverClass;
        this.text = text;
        this.wanted = wanted;
    }

    @Override
    public CheckResult look(long timeoutMillis) throws InterruptedException {
        if (before != null && before.goesOn()) {
            return CheckResult.down("the driver has not come back from a look before");
        }
        var driver = drivers.find(text.url(), driverClass);
        if (driver == null) {
            return CheckResult.unknown("no installed bundle brings a JDBC driver for this url"
                    + (driverClass.isEmpty() ? "" : " of class " + driverClass));
        }
        long start = System.nanoTime();
        var steps = new Steps();
        var question = new Question(driver, text, (int) Math.max(1, timeoutMillis / 1_000), steps);
        var result = ask(question, timeoutMillis).withLatency(Duration.ofNanos(System.nanoTime() - start));
        steps.end("judge", result.health());
        return result.withDetails(steps.with(result.details()));
    }

    private CheckResult ask(Question question, long timeoutMillis) throws InterruptedException {
        var over = new AtomicBoolean();
        var task = new FutureTask<>(() -> run(question, over));
        var thread = new Thread(task, "check-sql-" + name);
        thread.setDaemon(true);
        thread.start();
        before = new Work(thread, over);
        try {
            return judge(task.get(timeoutMillis, TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return CheckResult.down("no answer in time");
        } catch (ExecutionException e) {
            return e.getCause() instanceof SQLException failure
                    ? CheckResult.down(words(failure))
                    : CheckResult.unknown("the driver failed: " + shown(masked(String.valueOf(e.getCause()))));
        } finally {
            if (!task.isDone()) {
                task.cancel(true);
                question.end();
            }
        }
    }

    private static Question.Answer run(Question question, AtomicBoolean over) throws SQLException {
        try {
            return question.ask();
        } finally {
            over.set(true);
        }
    }

    private CheckResult judge(Question.Answer answer) {
        if (!answer.row()) {
            return CheckResult.down("the answer has no row");
        }
        var value = String.valueOf(answer.value());
        var details = Map.of("value", shown(value));
        if (!wanted.expected.isEmpty() && !wanted.expected.equals(value)) {
            return CheckResult.down("the answer is " + shown(value) + ", expected is " + wanted.expected)
                    .withDetails(details);
        }
        return (wanted.greatest == null ? CheckResult.up("the answer is as expected") : limited(value, wanted.greatest))
                .withDetails(details);
    }

    private static CheckResult limited(String value, BigDecimal greatest) {
        try {
            return new BigDecimal(value.strip()).compareTo(greatest) > 0
                    ? CheckResult.degraded("the answer is " + shown(value) + ", value.max is " + greatest)
                    : CheckResult.up("the answer is as expected");
        } catch (NumberFormatException e) {
            return CheckResult.down("the answer is " + shown(value) + ", which is no number");
        }
    }

    private String words(SQLException failure) {
        var state = failure.getSQLState() == null ? "" : " (SQLSTATE " + failure.getSQLState() + ")";
        return shown(masked(String.valueOf(failure.getMessage()))) + state;
    }

    /** Drivers like to repeat what they were given. */
    private String masked(String words) {
        return text.password().isEmpty() ? words : words.replace(text.password(), "***");
    }

    private static String shown(String words) {
        var line = words.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "...";
    }
}
