package io.halcyon.linux;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    private static final int NOBODY = 65_534;

    /** Fields 40 and 41 of proc(5) stat, counted behind the name in parentheses, which may hold blanks. */
    private static String scheduling() {
        try {
            String[] fields = fields();
            return fields[37] + " " + fields[38].strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From the third on. */
    private static String[] fields() throws IOException {
        String stat = Files.readString(Path.of("/proc/thread-self/stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
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

    /** What the kernel says of the calling thread; its slice since Linux 6.12. */
    private record Seen(int nice, long sliceNanos) {

        /** Nice is field 19. */
        static Seen now() {
            try {
                return new Seen(Integer.parseInt(fields()[16]), Turns.sliceNanos());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The same with a slice as short as was asked for, where the kernel tells of one. */
        Seen shorter(long wantedNanos) {
            return new Seen(nice, Math.min(sliceNanos, wantedNanos));
        }
    }

    @ParameterizedTest(name = "first {0}: {1} ns")
    @CsvSource({"true, " + Turns.FIRST_SLICE_NANOS, "false, " + Turns.SLICE_NANOS})
    void withoutPriorityItHasWeightAndShortTurns(boolean first, long sliceNanos) {
        Seen ordinary = Seen.now();
        List<Seen> seen = new ArrayList<>();

        inThread(() -> {
            new Urgency(0).claim(first);
            seen.add(Seen.now());
            inThread(() -> seen.add(Seen.now()));
        });

        assertThat(seen)
                .containsExactly(
                        new Seen(Turns.NICE, ordinary.shorter(sliceNanos).sliceNanos()), ordinary);
    }

    @Test
    void withoutTheRightOnlyItsTurnsAreShort() {
        Seen ordinary = Seen.now();
        List<Seen> seen = new ArrayList<>();

        inThread(() -> {
            giveUpRights();
            new Urgency(0).claim(true);
            seen.add(Seen.now());
        });

        assertThat(seen).containsExactly(ordinary.shorter(Turns.FIRST_SLICE_NANOS));
    }

    /** Of the calling thread alone, which the C library would not do. */
    private static void giveUpRights() {
        long setuid = "amd64".equals(System.getProperty("os.arch")) ? 105 : 146;
        assertThat(Libc.syscall(setuid, NOBODY, Pointer.NULL, 0, 0)).isZero();
    }

    private static void inThread(Runnable action) {
        Thread thread = new Thread(action);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
