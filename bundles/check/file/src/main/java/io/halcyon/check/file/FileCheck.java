package io.halcyon.check.file;

import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks at a file: whether it is there, how old it is, what it says. The first part that fails decides. */
final class FileCheck implements BlockingCheck {

    /** Whether the file has to be there. */
    enum Existence {
        YES,
        NO,
        ANY;

        static Existence of(String word) {
            return switch (word) {
                case "no" -> NO;
                case "any" -> ANY;
                default -> YES;
            };
        }
    }

    private final Path file;
    private final Existence existence;
    private final long oldestNanos;
    private final Content content;
    private final @Nullable WeightNumber number;
    private final @Nullable InitialNumber initial;
    private boolean wasEmpty;

    FileCheck(
            Path file,
            Existence existence,
            long oldestNanos,
            Content content,
            @Nullable WeightNumber number,
            @Nullable InitialNumber initial) {
        this.file = file;
        this.existence = existence;
        this.oldestNanos = oldestNanos;
        this.content = content;
        this.number = number;
        this.initial = initial;
    }

    @Override
    public CheckResult look(long timeoutMillis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        try {
            if (initial != null) {
                initial.write();
            }
            return judge(Files.readAttributes(file, BasicFileAttributes.class), deadline);
        } catch (NoSuchFileException e) {
            return missing();
        } catch (IOException e) {
            if (isBelowNoDirectory()) {
                return missing();
            }
            // Says nothing about the file: we may not see it, or its disk is broken.
            return CheckResult.unknown(file + " cannot be read: " + Content.reason(e));
        }
    }

    /** Java 25 says of itself that such a file does not exist, others that something is not a directory. */
    private boolean isBelowNoDirectory() {
        Path above = file.getParent();
        while (above != null && !Files.exists(above)) {
            above = above.getParent();
        }
        return above != null && !Files.isDirectory(above);
    }

    private CheckResult missing() {
        wasEmpty = false;
        if (existence == Existence.YES) {
            return CheckResult.down(file + " does not exist");
        }
        return number == null
                ? CheckResult.up(file + " does not exist")
                : number.judge(0, file + " does not exist, which counts as 0");
    }

    private CheckResult judge(BasicFileAttributes attributes, long deadlineNanos)
            throws IOException, InterruptedException {
        if (existence == Existence.NO) {
            return CheckResult.down(file + " exists");
        }
        var age = Duration.between(attributes.lastModifiedTime().toInstant(), Instant.now());
        var details = Map.of("age", seconds(age), "size", Long.toString(attributes.size()));
        if (oldestNanos > 0 && age.compareTo(Duration.ofNanos(oldestNanos)) > 0) {
            // Without the age, which differs at every look: trackers are told of every new reason.
            return CheckResult.down(file + " was last written more than " + seconds(Duration.ofNanos(oldestNanos))
                            + " ago (age.max)")
                    .withDetails(details);
        }
        return inside(attributes, deadlineNanos).withDetails(details);
    }

    private CheckResult inside(BasicFileAttributes attributes, long deadlineNanos)
            throws IOException, InterruptedException {
        if (number == null && content.asksNothing()) {
            return CheckResult.up(file + " exists" + (oldestNanos > 0 ? " and is young enough" : ""));
        }
        // To open a pipe would wait for its writer, and a device may do anything.
        if (!attributes.isRegularFile()) {
            return CheckResult.down(file + " is not a regular file");
        }
        var text = content.read();
        if (text == null) {
            return CheckResult.down(file + " has more than " + content.limitBytes() + " bytes (limit)");
        }
        var fault = content.faultOf(text, deadlineNanos);
        if (fault != null) {
            return CheckResult.down(fault);
        }
        return number == null ? CheckResult.up(file + " says what it should") : weigh(number, text);
    }

    /** A writer that truncates and then writes leaves nothing in between: one empty look says nothing. */
    private CheckResult weigh(WeightNumber asked, String text) {
        var line = text.strip();
        boolean first = line.isEmpty() && !wasEmpty;
        wasEmpty = line.isEmpty();
        return first ? CheckResult.hold(file + " is empty, it may be being written") : asked.judge(file, line);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
    }
}
