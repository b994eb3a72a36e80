package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.Grip;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What the kernel says of a daemon's processes, all together. */
final class Usage {

    private static final long KIBI = 1024;

    private Usage() {}

    /** Resident memory in MiB; pages that processes share are counted for each. */
    static double residentMebibytes(Grip grip) {
        long kibibytes = 0;
        for (int pid : grip.pids()) {
            for (var line : read(Path.of("/proc/" + pid + "/status")).lines().toList()) {
                kibibytes += line.startsWith("VmRSS:") ? Long.parseLong(line.replaceAll("\\D", "")) : 0;
            }
        }
        return (double) kibibytes / KIBI;
    }

    /** Time on a processor of every thread so far, in nanoseconds: finer than the ticks of {@code stat}. */
    static Map<Path, Long> threadNanos(Grip grip) {
        Map<Path, Long> nanos = new HashMap<>();
        for (int pid : grip.pids()) {
            try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
                for (var thread : threads) {
                    var words = read(thread.resolve("schedstat"));
                    if (!words.isEmpty()) {
                        nanos.put(thread, Long.parseLong(words.substring(0, words.indexOf(' '))));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return nanos;
    }

    /** What threads used between two looks; one that ended in between is not counted. */
    static double secondsBetween(Map<Path, Long> before, Map<Path, Long> after) {
        return after.entrySet().stream()
                        .mapToLong(entry -> entry.getValue() - before.getOrDefault(entry.getKey(), 0L))
                        .sum()
                / 1e9;
    }

    /** Empty where a thread ended meanwhile. */
    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("No such process")) {
                return "";
            }
            throw new UncheckedIOException(e);
        }
    }
}
