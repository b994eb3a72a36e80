package io.halcyon.linux.process;

import io.halcyon.linux.Errno;
import io.halcyon.linux.LinuxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An external command that can be run again and again. Immutable and thread-safe.
 *
 * <p>It runs without a shell, in a session of its own, with a small environment, in {@code /}. Where it would run as root
 * or with capabilities of ours, {@link OwnershipRules} are applied before every run. When its limit is over, its whole process group gets TERM and what is
 * left of it two seconds later KILL. No zombie stays behind.
 */
public final class ExternalCommand {

    private static final List<String> DIRECTORIES =
            List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");
    private static final String PATH = String.join(":", DIRECTORIES);
    private static final Path SHELL = Path.of("/bin/sh");
    private static final long TERM_TO_KILL_NANOS = TimeUnit.SECONDS.toNanos(2);
    /** How long a killed member may take to go; one that waits for a device takes longer and is not waited for. */
    private static final long DEATH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long MEMBERS_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final CommandLine line;
    private final ScriptUser user;
    private final boolean switchUser;
    private final List<String> variables;
    private final byte[] input;

    public ExternalCommand(CommandLine line, ScriptUser user) {
        this(line, user, List.of(), new byte[0]);
    }

    private ExternalCommand(CommandLine line, ScriptUser user, List<String> variables, byte[] input) {
        this.line = line;
        this.user = user;
        this.variables = variables;
        this.input = input;
        this.switchUser = !user.isCurrent();
        if (line.words().get(0).contains("/") && !line.words().get(0).startsWith("/")) {
            throw new IllegalArgumentException("the command must be a full path or a name on " + PATH + ": " + line);
        }
    }

    /**
     * Splits the line and looks the user up.
     *
     * @throws IllegalArgumentException if the line cannot be split or there is no such user
     */
    public static ExternalCommand of(String line, String user) {
        return new ExternalCommand(CommandLine.parse(line), ScriptUser.of(user));
    }

    /** The same with another variable in its environment, which only its own user and root can read. */
    public ExternalCommand with(String variable, String value) {
        return new ExternalCommand(
                line,
                user,
                Stream.concat(variables.stream(), Stream.of(variable + "=" + value))
                        .toList(),
                input);
    }

    /** The same with more arguments behind its own, passed as they are. */
    public ExternalCommand plus(List<String> arguments) {
        var words = Stream.concat(line.words().stream(), arguments.stream()).toList();
        return new ExternalCommand(new CommandLine(words), user, variables, input);
    }

    /** The same with this on its standard input instead of nothing; whether it reads it is its own affair. */
    public ExternalCommand reading(byte[] text) {
        return new ExternalCommand(line, user, variables, text.clone());
    }

    /**
     * Looks whether it could run now.
     *
     * @throws CommandRefusedException if its file is missing or not executable, or breaks the ownership rules
     */
    public void verify() throws IOException {
        resolve();
    }

    /**
     * Runs it and waits for its end, at most the limit plus the two seconds between TERM and KILL.
     *
     * @throws CommandRefusedException as {@link #verify}
     * @throws IOException if the kernel could not start it
     * @throws InterruptedException if the thread was interrupted; the command's group has been ended then
     */
    public CommandOutcome run(long timeoutMillis) throws IOException, InterruptedException {
        long start = System.nanoTime();
        long deadline = start + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        try (var process = start(resolve())) {
            boolean timedOut = false;
            try {
                if (!process.awaitEnd(deadline)) {
                    timedOut = true;
                    // Whoever set the limit interrupts this thread at about the same time; that is no second limit.
                    end(process, true);
                }
            } catch (InterruptedException e) {
                end(process, false);
                process.reap();
                throw e;
            }
            int status = process.reap();
            return outcome(status, timedOut, process.output().text(), System.nanoTime() - start);
        }
    }

    private static CommandOutcome outcome(int status, boolean timedOut, String output, long elapsedNanos) {
        // As WIFEXITED and friends: the low seven bits are the signal, the next byte the exit status.
        int signal = status & 0x7f;
        int exit = signal == 0 ? (status >> 8) & 0xff : -1;
        return new CommandOutcome(exit, signal, timedOut, output, Duration.ofNanos(elapsedNanos));
    }

    /**
     * TERM to the group; KILL to whoever is left after two seconds. The leader is reaped by the caller, afterwards.
     *
     * @param forgiving whether one interrupt changes nothing; another is in a hurry
     */
    private static void end(SpawnedProcess process, boolean forgiving) throws IOException {
        long deadline = System.nanoTime() + TERM_TO_KILL_NANOS;
        process.group().terminate();
        boolean interrupted = !awaited(process, deadline);
        boolean hurry = interrupted && !(forgiving && awaited(process, deadline));
        process.group().kill();
        if (!hurry) {
            interrupted |= !awaited(process, System.nanoTime() + DEATH_NANOS);
        }
        process.awaitEndUninterruptibly();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for all of them; false if the thread was interrupted. */
    private static boolean awaited(SpawnedProcess process, long deadlineNanos) throws IOException {
        try {
            if (process.awaitEnd(deadlineNanos)) {
                awaitMembers(process.group(), deadlineNanos);
            }
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static void awaitMembers(ProcessGroup group, long deadlineNanos) throws InterruptedException {
        while (hasOtherMembers(group) && System.nanoTime() - deadlineNanos < 0) {
            TimeUnit.NANOSECONDS.sleep(MEMBERS_POLL_NANOS);
        }
    }

    /** Who cannot be seen may be there: the end must not be skipped for want of a file descriptor. */
    private static boolean hasOtherMembers(ProcessGroup group) {
        try {
            return group.hasOtherMembers();
        } catch (IOException e) {
            return true;
        }
    }

    private SpawnedProcess start(Path file) throws IOException {
        var words = new ArrayList<>(line.words());
        if (switchUser) {
            words.set(0, file.toString());
            return spawn(asUser(), words);
        }
        try {
            return Spawner.start(file.toString(), words, environment(), input);
        } catch (LinuxException e) {
            if (e.errno() != Errno.ENOEXEC) {
                throw e;
            }
            // A script without its "#!" line: the shell reads it, as execvp(3) would do.
            words.set(0, file.toString());
            return spawn(List.of(SHELL.toString()), words);
        }
    }

    private SpawnedProcess spawn(List<String> wrapper, List<String> words) throws IOException {
        var all = Stream.concat(wrapper.stream(), words.stream()).toList();
        return Spawner.start(all.get(0), all, environment(), input);
    }

    private List<String> asUser() throws IOException {
        var setpriv = find("setpriv");
        return List.of(
                setpriv.toString(),
                "--reuid=" + user.uid(),
                "--regid=" + user.gid(),
                "--init-groups",
                "--inh-caps=-all",
                "--");
    }

    private List<String> environment() {
        return Stream.concat(
                        Stream.of(
                                "PATH=" + PATH,
                                "LANG=C.UTF-8",
                                "HOME=" + user.home(),
                                "USER=" + user.name(),
                                "LOGNAME=" + user.name()),
                        variables.stream())
                .toList();
    }

    private Path resolve() throws IOException {
        var name = line.words().get(0);
        return OwnershipRules.check(name.startsWith("/") ? Path.of(name) : find(name), user, isPrivileged());
    }

    /** A service that is not root has capabilities instead, which its commands inherit; another user's have none. */
    private boolean isPrivileged() throws IOException {
        return user.uid() == 0 || (!switchUser && Capabilities.held());
    }

    private static Path find(String name) throws IOException {
        for (var directory : DIRECTORIES) {
            var file = Path.of(directory, name);
            if (Files.isExecutable(file)) {
                return file;
            }
        }
        throw new CommandRefusedException("file missing: " + name + " is not on " + PATH);
    }

    @Override
    public String toString() {
        return line.toString();
    }
}
