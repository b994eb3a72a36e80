package io.halcyon.itests.lab;

import com.sun.jna.LastErrorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A daemon's processes as they were when somebody looked, the parent first: a fault that has to come at a certain moment
 * must not begin with looking for its victims.
 */
public final class Grip {

    private static final int NO_SUCH_PROCESS = 3;
    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;
    private static final int SIGCONT = 18;
    private static final int SIGSTOP = 19;
    private static final int SIGHUP = 1;

    private final List<Integer> pids;

    Grip(List<Integer> pids) {
        this.pids = List.copyOf(pids);
    }

    /** The processes, the parent first. */
    public List<Integer> pids() {
        return pids;
    }

    /**
     * Kills all at once. The parent is stopped first, so that it cannot restart a child meanwhile, and killed last: keepalived's
     * children get SIGTERM when their parent dies, and would say goodbye with priority 0.
     */
    public void kill() {
        if (pids.size() > 1) {
            signal(pids.get(0), SIGSTOP);
        }
        for (int i = pids.size() - 1; i >= 0; i--) {
            signal(pids.get(i), SIGKILL);
        }
    }

    /** SIGTERM to the parent: a planned stop. */
    public void terminate() {
        signal(pids.get(0), SIGTERM);
    }

    public void freeze() {
        pids.forEach(pid -> signal(pid, SIGSTOP));
    }

    void thaw() {
        pids.forEach(pid -> signal(pid, SIGCONT));
    }

    /** SIGHUP to the parent: reads its configuration again, where it does so. */
    public void hangUp() {
        signal(pids.get(0), SIGHUP);
    }

    /** Waits until they are ended and reaped: keepalived takes a zombie for a running daemon and does not start. */
    public void awaitGone(Duration limit) {
        Await.until("the end of processes " + pids, limit, () -> pids.stream()
                .noneMatch(pid -> Files.exists(Path.of("/proc", pid.toString()))));
    }

    private static void signal(int pid, int signal) {
        try {
            Libc.kill(pid, signal);
        } catch (LastErrorException e) {
            if (e.getErrorCode() != NO_SUCH_PROCESS) { // it may end between looking and signal
                throw e;
            }
        }
    }
}
