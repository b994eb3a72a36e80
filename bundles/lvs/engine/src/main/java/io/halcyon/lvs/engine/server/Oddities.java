package io.halcyon.lvs.engine.server;

import io.halcyon.settings.ConfigText;
import java.util.ArrayList;
import java.util.List;

/** Finds what is allowed in a file but hardly meant. */
final class Oddities {

    private Oddities() {}

    static List<String> of(ConfigText text, Policy policy, List<RealServer> realServers, List<String> unusedChecks) {
        List<String> warnings = new ArrayList<>();
        long weight = realServers.stream().mapToLong(RealServer::weight).sum();
        boolean named = realServers.stream().anyMatch(server -> !server.host().isEmpty());
        long gained = (long) policy.quorum() + policy.hysteresis();
        if (weight < gained && !named) {
            warnings.add("quorum = " + policy.quorum() + " with hysteresis = " + policy.hysteresis()
                    + " is never gained: all real servers together weigh " + weight);
        }
        if (policy.slowStartNanos() > 0 && realServers.stream().allMatch(server -> server.weight() <= 1)) {
            warnings.add("slow.start does nothing for weights of 1: give weights of 10 or 100");
        }
        for (RealServer server : realServers) {
            String key = LvsKeys.REAL_SERVER + "." + server.name();
            if (server.isAlwaysUp() && !text.has(key + ".checks")) {
                warnings.add(key + ": no check looks at it, so it is always up");
            }
        }
        unusedChecks.forEach(check -> warnings.add(LvsKeys.CHECK + "." + check + " looks at no real server"));
        return warnings;
    }
}
