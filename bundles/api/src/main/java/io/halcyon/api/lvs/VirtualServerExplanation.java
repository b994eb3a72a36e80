package io.halcyon.api.lvs;

import io.halcyon.api.check.Health;
import java.util.List;

/**
 * Why a virtual server is as it is.
 *
 * @param name the virtual server
 * @param health UP with a quorum, DOWN without, UNKNOWN until every host name has had an answer
 * @param because facts that make it so, most important first
 * @param wouldChange what would change it, one sentence each
 * @param needs what must hold on real servers and on the way to them: sysctls, routes, MTU
 * @param warnings static warnings about the configuration
 */
public record VirtualServerExplanation(
        String name,
        Health health,
        List<String> because,
        List<String> wouldChange,
        List<String> needs,
        List<String> warnings) {

    public VirtualServerExplanation {
        because = List.copyOf(because);
        wouldChange = List.copyOf(wouldChange);
        needs = List.copyOf(needs);
        warnings = List.copyOf(warnings);
    }
}
