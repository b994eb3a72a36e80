package io.halcyon.itests.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A program in a host that one talks to in lines. */
public final class Program implements AutoCloseable {

    private final Process entry;
    private final Writer input;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private Program(Process entry) {
        this.entry = entry;
        this.input = entry.outputWriter(StandardCharsets.UTF_8);
        var reader = new Thread(this::read, "program-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts it; it ends with the host at the latest. */
    public static Program start(Host host, List<String> command) {
        return new Program(host.open(Map.of(), command));
    }

    /** The same on this machine itself, for who runs in a virtual one. */
    public static Program here(List<String> command) {
        // As in a host, the program is the child of what entered.
        List<String> whole = new ArrayList<>(List.of("unshare", "--fork", "--kill-child", "--"));
        whole.addAll(command);
        try {
            return new Program(
                    new ProcessBuilder(whole).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new LabException(String.join(" ", command), e);
        }
    }

    /** Says one line and waits for the next one that begins as expected. */
    public String ask(String line, String beginning, Duration limit) {
        try {
            input.write(line + "\n");
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return await(beginning, limit);
    }

    /** The next line that begins as expected; others are left out. */
    public String await(String beginning, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        var last = "";
        try {
            for (var line = next(end); line != null; line = next(end)) {
                if (line.startsWith(beginning)) {
                    return line;
                }
                last = line;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        }
        throw new LabException("not said within " + limit.toSeconds() + " s: " + beginning + "; last: " + last);
    }

    private @Nullable String next(long endNanos) throws InterruptedException {
        return lines.poll(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    /** Fails with what it said last if it has ended. */
    public void requireRunning() {
        if (!entry.isAlive()) {
            throw new LabException("ended with " + entry.exitValue() + ": " + String.join("; ", lines));
        }
    }

    /** The program and all its descendants, the program first. */
    public Grip grip() {
        return HostProcess.of(entry).grip();
    }

    /** Kills it and what it started. */
    @Override
    public void close() {
        if (entry.isAlive()) {
            HostProcess.of(entry).kill();
        }
    }

    private void read() {
        try (var output = new BufferedReader(entry.inputReader(StandardCharsets.UTF_8))) {
            output.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add("output broke: " + e.getMessage());
        }
    }
}
