package io.halcyon.itests.lab;

import com.sun.jna.LastErrorException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that runs in a host, seen from outside: {@code nsenter}, below it the program, below that its children. */
final class HostProcess {

    private static final int NO_SUCH_PROCESS = 3;
    static final int SIGKILL = 9;
    static final int SIGTERM = 15;
    static final int SIGCONT = 18;
    static final int SIGSTOP = 19;

    private final Process entry;

    private HostProcess(Process entry) {
        this.entry = entry;
    }

    static HostProcess of(Process entry) {
        return new HostProcess(entry);
    }

    boolean alive() {
        return entry.isAlive();
    }

    /** The program's process id as this machine counts it. */
    int pid() {
        var program = Await.found("the program to start", Duration.ofSeconds(5), () -> entry.toHandle()
                .children()
                .findFirst());
        return (int) program.pid();
    }

    /** The program and all its descendants, the program first. */
    private List<Integer> tree() {
        var pids = new ArrayList<Integer>();
        entry.toHandle().children().findFirst().ifPresent(program -> {
            pids.add((int) program.pid());
            program.descendants().forEach(child -> pids.add((int) child.pid()));
        });
        return pids;
    }

    void terminate() {
        signal(List.of(pid()), SIGTERM);
    }

    /**
     * Kills the whole tree at once. The parent is stopped first, so that it cannot restart a child meanwhile, and killed last:
     * keepalived's children get SIGTERM when their parent dies, and would say goodbye with priority 0.
     */
    void kill() {
        var tree = tree();
        if (tree.size() > 1) {
            signal(tree.subList(0, 1), SIGSTOP);
        }
        var childrenFirst = new ArrayList<>(tree);
        Collections.reverse(childrenFirst);
        signal(childrenFirst, SIGKILL);
        // nsenter has stopped itself with the program, and sees its end only when it is woken.
        Await.until("the end of a killed program", Duration.ofSeconds(10), () -> {
            signal((int) entry.pid(), SIGCONT);
            return !entry.isAlive();
        });
    }

    void freeze() {
        signal(tree(), SIGSTOP);
    }

    /** nsenter stops itself when the program stops, and must be woken too. */
    void thaw() {
        signal(tree(), SIGCONT);
        signal(List.of((int) entry.pid()), SIGCONT);
    }

    /** Waits for the program's end and returns its exit code. */
    int exit(Duration limit) {
        try {
            if (!entry.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new LabException("process " + entry.pid() + " did not end within " + limit.toMillis() + " ms");
            }
            return entry.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        }
    }

    private static void signal(List<Integer> pids, int signal) {
        pids.forEach(pid -> signal(pid, signal));
    }

    private static void signal(int pid, int signal) {
        try {
            Libc.kill(pid, signal);
        } catch (LastErrorException e) {
            if (e.getErrorCode() != NO_SUCH_PROCESS) { // it may end between listing and signal
                throw e;
            }
        }
    }
}
