package io.halcyon.check.process;

import io.halcyon.linux.process.ProcessTable;
import io.halcyon.linux.process.RunningProcess;
import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts the processes that fit. */
final class ProcessCheck implements BlockingCheck {

    /**
     * How many there may be.
     *
     * @param most -1 for any number
     */
    record Quorum(int least, int most) {

        boolean holds(int count) {
            return count >= least && (most < 0 || count <= most);
        }

        @Override
        public String toString() {
            return "quorum is " + least + (most < 0 ? "" : ", quorum.max is " + most);
        }
    }

    private static final int MOST_SHOWN = 20;

    private final ProcessTable processes;
    private final Wanted wanted;
    private final Quorum quorum;
    private final Settling settling;

    ProcessCheck(ProcessTable processes, Wanted wanted, Quorum quorum, Settling settling) {
        this.processes = processes;
        this.wanted = wanted;
        this.quorum = quorum;
        this.settling = settling;
    }

    @Override
    public CheckResult look(long timeoutMillis) throws InterruptedException {
        try {
            return judge(fitting());
        } catch (IOException e) {
            return CheckResult.unknown(processes.proc() + " cannot be read: " + e.getMessage());
        }
    }

    private List<RunningProcess> fitting() throws IOException, InterruptedException {
        var fitting = new ArrayList<RunningProcess>();
        for (var process : processes.all()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (wanted.fits(process)) {
                fitting.add(process);
            }
        }
        return fitting;
    }

    private CheckResult judge(List<RunningProcess> fitting) {
        int count = fitting.size();
        boolean good = quorum.holds(count);
        var words = words(count);
        if (!settling.counts(good, System.nanoTime())) {
            return CheckResult.hold(words + ", which has not lasted long enough yet");
        }
        var pids = fitting.stream()
                .limit(MOST_SHOWN)
                .map(process -> Long.toString(process.pid()))
                .collect(Collectors.joining(" "));
        return (good ? CheckResult.up(words) : CheckResult.down(words + ", " + quorum))
                .withDetails(Map.of("count", Integer.toString(count), "pids", pids));
    }

    private String words(int count) {
        return switch (count) {
            case 0 -> "no process " + wanted + " runs";
            case 1 -> "1 process " + wanted + " runs";
            default -> count + " processes " + wanted + " run";
        };
    }
}
