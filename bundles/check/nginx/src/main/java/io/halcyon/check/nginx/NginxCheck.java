package io.halcyon.check.nginx;

import io.halcyon.api.check.Health;
import io.halcyon.spi.check.BlockingCheck;
import io.halcyon.spi.check.CheckResult;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks at nginx: its master process, then an answer by HTTP, then its status page. The first part that fails decides. */
final class NginxCheck implements BlockingCheck {

    private final MasterProcess master;
    private final @Nullable HttpPart http;
    private final @Nullable StatusPart status;
    private final @Nullable Remedy remedy;

    NginxCheck(MasterProcess master, @Nullable HttpPart http, @Nullable StatusPart status, @Nullable Remedy remedy) {
        this.master = master;
        this.http = http;
        this.status = status;
        this.remedy = remedy;
    }

    @Override
    public CheckResult look(long timeoutMillis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        var sighting = master.look();
        if (!sighting.alive()) {
            var finding = "process: " + sighting.words();
            return remedy == null ? CheckResult.down(finding) : remedy.whenGone(finding);
        }
        var result = ask(sighting, deadline);
        if (remedy == null) {
            return result;
        }
        if (result.health() == Health.DOWN) {
            return remedy.whenFailing(result);
        }
        remedy.whenWell();
        return result;
    }

    private CheckResult ask(MasterProcess.Sighting sighting, long deadlineNanos) throws InterruptedException {
        var details = new TreeMap<String, String>(Map.of("pid", Long.toString(sighting.pid())));
        if (http == null) {
            return statusPage(sighting.words(), deadlineNanos, details).withDetails(details);
        }
        HttpProbe.Answer answer;
        try {
            answer = http.probe().ask(deadlineNanos);
        } catch (IOException e) {
            return CheckResult.down("http: " + http.probe().url() + ": " + e.getMessage())
                    .withDetails(details);
        }
        details.put("http.status", Integer.toString(answer.status()));
        var fault = http.faultOf(answer);
        var result = fault == null
                ? statusPage(sighting.words() + ", HTTP " + answer.status(), deadlineNanos, details)
                : CheckResult.down("http: " + fault);
        return result.withLatency(Duration.ofNanos(answer.elapsedNanos())).withDetails(details);
    }

    /**
     * A page that does not answer means that nginx does not; a page that is not there, or a limit that is passed, means that
     * somebody should look: to move the address would only move the load.
     */
    private CheckResult statusPage(String words, long deadlineNanos, Map<String, String> details)
            throws InterruptedException {
        if (status == null) {
            return CheckResult.up(words);
        }
        try {
            var answer = status.probe().ask(deadlineNanos);
            var fault = status.faultOf(answer, details);
            return fault == null ? CheckResult.up(words) : CheckResult.degraded("status: " + fault);
        } catch (IOException e) {
            return CheckResult.down("status: " + status.probe().url() + ": " + e.getMessage());
        }
    }
}
