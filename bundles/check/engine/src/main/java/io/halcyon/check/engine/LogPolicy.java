package io.halcyon.check.engine;

import io.halcyon.api.check.Health;
import io.halcyon.api.check.Verdict;
import io.halcyon.spi.check.CheckResult;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What of one check gets into the log: the words of key {@code log}. */
enum LogPolicy {
    NONE,
    TRANSITIONS,
    ALL;

    private static final Logger LOG = LoggerFactory.getLogger(LogPolicy.class);

    static LogPolicy ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Another verdict; that nobody knows is also worth a line when it has another reason, numbers in it aside. */
    void transition(Verdict from, Verdict to) {
        if (this == NONE) {
            return;
        }
        boolean changed = from.health() != to.health();
        if (to.health() == Health.UNKNOWN && (changed || !Reasons.alike(from.reason(), to.reason()))) {
            LOG.warn("check={} UNKNOWN, {}", to.name(), to.reason());
        } else if (changed && to.health() == Health.DOWN) {
            LOG.warn("check={} {} -> DOWN, {}", to.name(), from.health(), to.reason());
        } else if (changed) {
            LOG.info("check={} {} -> {}, {}", to.name(), from.health(), to.health(), to.reason());
        }
    }

    /** One run that did not succeed, whatever it did to the verdict. */
    void failure(String name, CheckResult result) {
        if (this == ALL && !RiseAndFall.isSuccess(result.health())) {
            LOG.warn("check={} run failed, {} {}", name, result.health(), result.reason());
        }
    }
}
