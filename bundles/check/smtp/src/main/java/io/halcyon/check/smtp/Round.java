package io.halcyon.check.smtp;

import io.halcyon.spi.check.CheckResult;
import io.halcyon.spi.check.CheckRun;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One visit after the other; the first that fails decides. Owned by the selector's thread. */
final class Round {

    private final CheckRun run;
    private final Iterator<MailServer> left;
    private final Map<String, String> details = new TreeMap<>();
    private final String success;

    Round(CheckRun run, List<MailServer> servers) {
        this.run = run;
        this.left = servers.iterator();
        this.success = servers.size() == 1
                ? servers.get(0) + " answers as a mail server"
                : "all " + servers.size() + " mail servers answer";
    }

    void visitNext() {
        var server = left.next();
        server.visit(run, new Conversation(run, server, finding -> judge(server, finding)));
    }

    private void judge(MailServer server, Conversation.Finding finding) {
        if (!finding.facts().isEmpty()) {
            details.put(server.toString(), finding.facts());
        }
        if (finding.fault() != null) {
            run.complete(CheckResult.down(server + ": " + finding.fault()).withDetails(details));
        } else if (left.hasNext()) {
            visitNext();
        } else {
            var latency = Duration.ofNanos(run.elapsedNanos());
            run.complete(CheckResult.up(success).withLatency(latency).withDetails(details));
        }
    }
}
