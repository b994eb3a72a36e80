package io.halcyon.itests.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * One host: a process that holds a network, mount, process and host name namespace.
 *
 * <p>Its first process reads its standard input, which this process holds open: when we end, in whatever way, it ends,
 * and the kernel kills what runs in the host and removes its interfaces. {@code /run} is the host's own.
 */
public final class Host implements AutoCloseable {

    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(60);

    /** bash adopts and reaps what a killed daemon leaves behind, as an init does. */
    private static final String FIRST_PROCESS = "hostname \"$1\" && mount -t tmpfs -o mode=755 tmpfs /run"
            + " && printf '127.0.0.1 localhost\\n127.0.1.1 %s\\n' \"$1\" >/run/hosts && mount --bind /run/hosts /etc/hosts"
            + " && ip link set lo up && echo ready && while read -r _; do :; done";

    private final String name;
    private final Process holder;
    private final long pid;
    private final Set<Process> started = ConcurrentHashMap.newKeySet();

    private Host(String name, Process holder, long pid) {
        this.name = name;
        this.holder = holder;
        this.pid = pid;
    }

    /** @param label what {@code ps} shows, so that a person knows whose it is */
    static Host start(String name, String label) {
        try {
            var command = new ProcessBuilder(
                    "unshare",
                    "--fork",
                    "--kill-child",
                    "--net",
                    "--mount",
                    "--pid",
                    "--uts",
                    "--mount-proc",
                    "bash",
                    "-c",
                    FIRST_PROCESS,
                    label,
                    name);
            var holder = command.redirectErrorStream(true).start();
            var reader = new BufferedReader(holder.inputReader(StandardCharsets.UTF_8));
            var said = reader.readLine();
            if (!"ready".equals(said)) {
                holder.destroyForcibly();
                throw new LabException("host " + name + " cannot be made: " + said);
            }
            long pid = holder.toHandle().children().findFirst().orElseThrow().pid();
            return new Host(name, holder, pid);
        } catch (IOException e) {
            throw new LabException("host " + name + " cannot be made", e);
        }
    }

    public String name() {
        return name;
    }

    /** The host's first process; {@code nsenter -a -t PID} enters the host. */
    public long pid() {
        return pid;
    }

    /** Runs a command in the host and returns what it printed; fails unless it exits with 0. */
    public String run(String... command) {
        return run(Map.of(), "", List.of(command)).orThrow();
    }

    /** Runs a command in the host's network only, where process ids are the machine's. */
    String runInNetwork(String... command) {
        List<String> whole = new ArrayList<>(List.of("nsenter", "-t", Long.toString(pid), "-n", "--"));
        whole.addAll(List.of(command));
        return ran(Map.of(), "", whole).orThrow();
    }

    /** Runs lines of a shell script. */
    public String shell(String script) {
        return run(Map.of(), script, List.of("bash", "-eu")).orThrow();
    }

    /** What a command printed (both streams) and how it ended. */
    public record Outcome(String command, int exit, String output) {

        /** What it printed; fails unless it ended with 0. */
        public String orThrow() {
            if (exit != 0) {
                throw new LabException(command + " ended with " + exit + ": " + output.strip());
            }
            return output;
        }
    }

    /** Runs a command in the host with more environment and standard input. */
    public Outcome run(Map<String, String> environment, String input, List<String> command) {
        return ran(environment, input, entered(command));
    }

    private Outcome ran(Map<String, String> environment, String input, List<String> command) {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            var process = builder.start();
            try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
                stdin.write(input);
            }
            // The watchdog ends a command that hangs, which ends the read below.
            var watchdog = process.onExit().orTimeout(COMMAND_LIMIT.toSeconds(), TimeUnit.SECONDS);
            watchdog.exceptionally(late -> process.destroyForcibly());
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(name + ": " + String.join(" ", command), process.waitFor(), output);
        } catch (IOException e) {
            throw new LabException(name + ": " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        }
    }

    /** Starts a program in the host that stays; its output is appended to the log. */
    HostProcess launch(Map<String, String> environment, Path log, List<String> command) {
        var builder = new ProcessBuilder(entered(command))
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return HostProcess.of(start(builder, environment, command));
    }

    /** Starts a program in the host whose input and output are the caller's. */
    Process open(Map<String, String> environment, List<String> command) {
        var builder = new ProcessBuilder(entered(command)).redirectErrorStream(true);
        return start(builder, environment, command);
    }

    private Process start(ProcessBuilder builder, Map<String, String> environment, List<String> command) {
        builder.environment().putAll(environment);
        try {
            var process = builder.start();
            started.removeIf(one -> !one.isAlive());
            started.add(process);
            return process;
        } catch (IOException e) {
            throw new LabException(name + ": " + command, e);
        }
    }

    private List<String> entered(List<String> command) {
        var whole = new ArrayList<>(List.of("nsenter", "-t", Long.toString(pid), "-n", "-m", "-u", "-p", "--"));
        whole.addAll(command);
        return whole;
    }

    /** Ends the host and all that runs in it. */
    @Override
    public void close() {
        holder.destroyForcibly();
        try {
            holder.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // Who entered the host with a process that was frozen stands still outside, and keeps what is left of it in the
        // kernel.
        started.forEach(Process::destroyForcibly);
    }
}
