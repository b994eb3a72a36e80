package io.halcyon.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the kernel says of a thread that claimed to be urgent. Needs root. */
@Tag("lab")
class UrgencyTest {

    private static final String SCHED_RR = "2";
    private static final String SCHED_OTHER = "0";

    /** Fields 40 and 41 of proc(5) stat, counted behind the name in parentheses, which may hold blanks. */
    private static String scheduling() {
        try {
            String stat = Files.readString(Path.of("/proc/thread-self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return fields[37] + " " + fields[38].strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "priority {0}, first {1}: {2} {3}")
    @CsvSource({
        "1, false, 1, " + SCHED_RR,
        "1, true, 2, " + SCHED_RR,
        "98, true, 99, " + SCHED_RR,
        "0, true, 0, " + SCHED_OTHER
    })
    void theKernelAgrees(int priority, boolean first, String expected, String policy) {
        CompletableFuture<String> seen = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            new Urgency(priority).claim(first);
            seen.complete(scheduling());
        });
        thread.start();

        assertThat(seen.join()).isEqualTo(expected + " " + policy);
    }

    @Test
    void withoutPriorityItsTurnsAreShort() {
        CompletableFuture<Long> before = new CompletableFuture<>();
        CompletableFuture<Long> after = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            before.complete(slice());
            new Urgency(0).claim(true);
            after.complete(slice());
        });
        thread.start();

        boolean tells = before.join() > 0; // since Linux 6.12
        assertThat(after.join()).isEqualTo(tells ? 100_000 : 0);
    }

    private static long slice() {
        try {
            return Slice.nanos();
        } catch (LinuxException e) {
            throw new UncheckedIOException(e);
        }
    }
}
