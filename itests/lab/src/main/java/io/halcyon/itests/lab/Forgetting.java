package io.halcyon.itests.lab;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client that forgets which host has an address, and so resolves it anew with its next packet: one address after the other,
 * each once, because who forgets again would not notice for how long it knew the wrong host. A thread of its own tells the kernel.
 */
public final class Forgetting {

    private final Host client;
    private final List<String> addresses;
    private final long firstNanos;
    private final long periodNanos;
    private final Process batch;
    private final Thread thread;
    private volatile @Nullable IOException failure;

    private Forgetting(Host client, List<String> addresses, long firstNanos, long periodNanos) {
        this.client = client;
        this.addresses = List.copyOf(addresses);
        this.firstNanos = firstNanos;
        this.periodNanos = periodNanos;
        batch = client.open(Map.of(), List.of("bash", "-c", "exec ip -force -batch - >/dev/null 2>&1"));
        thread = new Thread(this::forget, "forgetting");
    }

    /**
     * While something else is done.
     *
     * @param firstNanos until the first address is forgotten
     * @param periodNanos until the next one is
     */
    public static <T> T during(Lab lab, List<String> addresses, long firstNanos, long periodNanos, Supplier<T> work) {
        var forgetting = new Forgetting(lab.client(), addresses, firstNanos, periodNanos);
        forgetting.thread.start();
        T outcome;
        try {
            outcome = work.get();
        } finally {
            forgetting.end();
        }
        forgetting.requireDone();
        return outcome;
    }

    private void forget() {
        try (var commands = batch.outputWriter(StandardCharsets.US_ASCII)) {
            long due = System.nanoTime() + firstNanos;
            for (var address : addresses) {
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                write(commands, address);
                due += periodNanos;
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    private static void write(Writer commands, String address) throws IOException {
        // Not "del", at which ip ends when there is nothing to forget.
        commands.write("neigh flush to " + address + " dev " + Lab.INTERFACE + "\n");
        commands.flush();
    }

    private void end() {
        try {
            thread.join();
            batch.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Who forgets nothing waits for nothing, which would look like a good figure. */
    private void requireDone() {
        IOException broken = failure;
        if (broken != null) {
            throw new LabException(client.name() + " could not forget addresses", broken);
        }
        if (batch.exitValue() != 0) {
            throw new LabException(client.name() + " could not forget addresses: ip ended with " + batch.exitValue());
        }
    }
}
