package io.halcyon.check.haproxy;

import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.SourceException;
import io.halcyon.spi.check.Steps;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks at HAProxy: its process, then its stats socket, then its statistics page. The first part that fails decides; a part that
 * only says that HAProxy is busy does not keep the next one from being looked at. Without state between runs.
 */
final class HaproxyCheck implements BlockingCheck {

    private static final int OK = 200;

    private final @Nullable PidFile pidFile;
    private final @Nullable StatsSocket socket;
    private final @Nullable StatsPage page;
    private final Demands demands;
    private final Limits limits;

    HaproxyCheck(
            @Nullable PidFile pidFile,
            @Nullable StatsSocket socket,
            @Nullable StatsPage page,
            Demands demands,
            Limits limits) {
        this.pidFile = pidFile;
        this.socket = socket;
        this.page = page;
        this.demands = demands;
        this.limits = limits;
    }

    @Override
    public CheckResult look(long timeoutMillis) throws InterruptedException {
        long start = System.nanoTime();
        var look = new Look(start + TimeUnit.MILLISECONDS.toNanos(timeoutMillis));
        look.process();
        look.socket();
        look.page();
        var result = look.result();
        return socket == null && page == null
                ? result
                : result.withLatency(Duration.ofNanos(System.nanoTime() - start));
    }

    /** One run: what was found until now. */
    private final class Look {

        private final long deadlineNanos;
        private final Steps steps = new Steps();
        private final Map<String, String> details = new TreeMap<>();
        private final List<String> well = new ArrayList<>();
        private @Nullable String down;
        private @Nullable String degraded;
        private @Nullable String unknown;

        Look(long deadlineNanos) {
            this.deadlineNanos = deadlineNanos;
        }

        void process() {
            if (pidFile != null) {
                var fault = pidFile.faultOf();
                if (fault == null) {
                    well.add("process is alive");
                } else {
                    down = "process: " + fault;
                }
                steps.end("process", fault == null ? "" : fault);
            }
        }

        void socket() throws InterruptedException {
            if (socket == null || down != null) {
                return;
            }
            try {
                var finding = socket.ask(deadlineNanos);
                steps.end("socket", "");
                judge("socket: ", "the answer of " + socket.path(), finding);
                well.add("socket answers");
            } catch (Exchange.TooLongException e) {
                degrade("socket: " + socket.path() + ": " + e.getMessage());
            } catch (IOException e) {
                down = "socket: " + socket.path() + ": " + e.getMessage();
            }
        }

        void page() throws InterruptedException {
            if (page == null || down != null) {
                return;
            }
            try {
                var answer = page.ask(deadlineNanos);
                steps.end("page", "HTTP " + answer.status());
                details.put("http.status", Integer.toString(answer.status()));
                var statistics = answer.status() == OK ? Statistics.parse(answer.body()) : null;
                judge("page: ", page + " (HTTP " + answer.status() + ")", new Finding(null, statistics));
                well.add("page answers");
            } catch (Exchange.TooLongException e) {
                degrade("page: " + page + ": " + e.getMessage());
            } catch (SourceException e) {
                unknown = "page: " + e.getMessage();
            } catch (IOException e) {
                down = "page: " + page + ": " + e.getMessage();
            }
        }

        private void judge(String part, String source, Finding finding) {
            var process = finding.process();
            if (process != null) {
                details.put("version", process.version());
                details.put("pid", process.pid());
                details.put("connections", process.connections() + " of " + process.mostConnections());
                if (process.stopping()) {
                    down = part + "process " + process.pid() + " is stopping";
                    return;
                }
            } else if (part.startsWith("socket")) {
                degrade(part + source + " does not say what HAProxy is doing (show info)");
            }
            var statistics = finding.statistics();
            if (statistics == null) {
                degrade(part + source + " has no statistics");
                return;
            }
            var unmet = demands.unmetBy(statistics, details);
            if (!unmet.isEmpty()) {
                down = part + String.join("; ", unmet);
            }
            var passed = limits.passedBy(process, statistics, details);
            if (!passed.isEmpty()) {
                degrade(part + String.join("; ", passed));
            }
        }

        private void degrade(String words) {
            degraded = degraded == null ? words : degraded;
        }

        CheckResult result() {
            var result = verdict();
            steps.end("judge", result.health());
            return result.withDetails(steps.with(details));
        }

        private CheckResult verdict() {
            if (down != null) {
                return CheckResult.down(down);
            }
            if (unknown != null) {
                return CheckResult.unknown(unknown);
            }
            return degraded == null ? CheckResult.up(String.join(", ", well)) : CheckResult.degraded(degraded);
        }
    }
}
