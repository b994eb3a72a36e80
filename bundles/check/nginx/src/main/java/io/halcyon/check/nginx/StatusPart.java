package io.halcyon.check.nginx;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judges the status page by its limits; remembers the dropped connections of the look before. Used by one look at a time. */
final class StatusPart {

    /** -1 is no limit. */
    record Limits(long active, long waiting, long dropped) {}

    private static final int OK = 200;
    private static final long NONE_YET = -1;

    private final HttpProbe probe;
    private final Limits limits;
    private long droppedBefore = NONE_YET;

    StatusPart(HttpProbe probe, Limits limits) {
        this.probe = probe;
        this.limits = limits;
    }

    HttpProbe probe() {
        return probe;
    }

    /** What is wrong, null if nothing is; figures go to the details. */
    @Nullable
    String faultOf(HttpProbe.Answer answer, Map<String, String> details) {
        var page = answer.status() == OK ? StatusPage.parse(answer.body()) : null;
        if (page == null) {
            return probe.url() + " is not a stub_status page (HTTP " + answer.status() + ")";
        }
        // After a restart nginx counts from zero again.
        long dropped = droppedBefore == NONE_YET ? 0 : Math.max(0, page.dropped() - droppedBefore);
        droppedBefore = page.dropped();
        details.put("active", Long.toString(page.active()));
        details.put("waiting", Long.toString(page.waiting()));
        details.put("dropped", Long.toString(dropped));
        return faultOf(page, dropped);
    }

    private @Nullable String faultOf(StatusPage page, long dropped) {
        if (exceeds(page.active(), limits.active)) {
            return page.active() + " active connections, active.max is " + limits.active;
        }
        if (exceeds(page.waiting(), limits.waiting)) {
            return page.waiting() + " waiting connections, waiting.max is " + limits.waiting;
        }
        if (exceeds(dropped, limits.dropped)) {
            return dropped + " dropped connections since the last look, dropped.max is " + limits.dropped;
        }
        return null;
    }

    private static boolean exceeds(long value, long limit) {
        return limit >= 0 && value > limit;
    }
}
