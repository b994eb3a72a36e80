package io.halcyon.itests.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that runs in a host, seen from outside: {@code nsenter}, below it the program, below that its children. */
final class HostProcess {

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
    Grip grip() {
        var pids = new ArrayList<Integer>();
        entry.toHandle().children().findFirst().ifPresent(program -> {
            pids.add((int) program.pid());
            program.descendants().forEach(child -> pids.add((int) child.pid()));
        });
        return new Grip(pids);
    }

    void terminate() {
        new Grip(List.of(pid())).terminate();
    }

    /** Kills the whole tree at once and waits for its end. */
    void kill() {
        grip().kill();
        // nsenter has stopped itself with the program, and sees its end only when it is woken.
        Await.until("the end of a killed program", Duration.ofSeconds(10), () -> {
            entry().thaw();
            return !entry.isAlive();
        });
    }

    void freeze() {
        grip().freeze();
    }

    /** nsenter stops itself when the program stops, and must be woken too. */
    void thaw() {
        grip().thaw();
        entry().thaw();
    }

    private Grip entry() {
        return new Grip(List.of((int) entry.pid()));
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
}
