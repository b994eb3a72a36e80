package io.halcyon.check.haproxy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How busy HAProxy may be; -1 is no limit. Immutable.
 *
 * @param queued requests that wait in one backend
 * @param sessionsPercent of the session limit of a frontend, or of the process
 */
record Limits(int queued, int sessionsPercent) {

    private static final int NONE = -1;

    /** What passed a limit, a sentence each; none if nothing did. Figures go to the details. */
    List<String> passedBy(@Nullable RunningProcess process, Statistics statistics, Map<String, String> details) {
        var passed = new ArrayList<String>();
        queues(statistics, details, passed);
        for (var row : statistics.rows()) {
            if (row.kind() == Statistics.Kind.FRONTEND) {
                sessions("frontend " + row.proxy(), row.sessions(), row.sessionLimit(), passed);
            }
        }
        if (process != null) {
            sessions("the process", process.connections(), process.mostConnections(), passed);
        }
        return passed;
    }

    private void queues(Statistics statistics, Map<String, String> details, List<String> passed) {
        var waiting = new LinkedHashMap<String, Long>();
        for (var row : statistics.rows()) {
            // A request waits for a certain server or for any; the row of the backend has only the latter.
            if (row.kind() == Statistics.Kind.SERVER || row.kind() == Statistics.Kind.BACKEND) {
                waiting.merge(row.proxy(), row.queued(), Long::sum);
            }
        }
        details.put(
                "queued",
                Long.toString(
                        waiting.values().stream().mapToLong(Long::longValue).sum()));
        waiting.forEach((name, count) -> {
            if (queued != NONE && count > queued) {
                passed.add("backend " + name + " lets " + count + " requests wait, queue.max is " + queued);
            }
        });
    }

    private void sessions(String whose, long now, long limit, List<String> passed) {
        if (sessionsPercent != NONE && limit > 0 && now * 100 > limit * sessionsPercent) {
            passed.add(whose + " has " + now + " of at most " + limit + " sessions, sessions.max is " + sessionsPercent
                    + " %");
        }
    }
}
