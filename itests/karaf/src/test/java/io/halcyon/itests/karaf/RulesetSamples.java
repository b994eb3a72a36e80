package io.halcyon.itests.karaf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Reads the kernel's table with nft again and again, and remembers each time that something was missing. */
final class RulesetSamples implements AutoCloseable {

    private static final String[] COMMAND = {"nft", "-j", "list", "table", "inet", "halcyon-lvs"};
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final List<String> entries;
    private final AtomicInteger count = new AtomicInteger();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::sample, "ruleset-samples");
    private volatile boolean closed;

    private RulesetSamples(List<String> entries) {
        this.entries = List.copyOf(entries);
    }

    /** @param entries parts of nft's JSON that must be there each time */
    static RulesetSamples of(List<String> entries) {
        var samples = new RulesetSamples(entries);
        samples.thread.setDaemon(true);
        samples.thread.start();
        return samples;
    }

    int count() {
        return count.get();
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    private void sample() {
        while (!closed) {
            try {
                var table = read();
                entries.stream()
                        .filter(entry -> !table.contains(entry))
                        .forEach(entry -> faults.add("no " + entry + " in " + table));
            } catch (IOException e) {
                faults.add(e.toString());
            }
            count.incrementAndGet();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static String read() throws IOException {
        var process = new ProcessBuilder(COMMAND).redirectErrorStream(true).start();
        try (var output = process.getInputStream()) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
