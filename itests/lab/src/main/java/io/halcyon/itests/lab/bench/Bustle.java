package io.halcyon.itests.lab.bench;

import io.halcyon.itests.lab.LabException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Programs that never rest, one more than there are processors: whoever wants to run has to share. */
final class Bustle implements AutoCloseable {

    /** They end by themselves if nobody ends them. */
    private static final String LONGEST = "15m";

    private final List<Process> programs = new ArrayList<>();

    Bustle() {
        int wanted = Runtime.getRuntime().availableProcessors() + 1;
        try {
            while (programs.size() < wanted) {
                programs.add(new ProcessBuilder("timeout", LONGEST, "sh", "-c", "while :; do :; done").start());
            }
        } catch (IOException e) {
            close();
            throw new LabException("no program that never rests", e);
        }
    }

    int programs() {
        return programs.size();
    }

    @Override
    public void close() {
        programs.forEach(Process::destroy);
        for (var program : programs) {
            try {
                program.waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
