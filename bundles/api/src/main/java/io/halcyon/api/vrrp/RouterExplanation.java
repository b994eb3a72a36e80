package io.halcyon.api.vrrp;

import java.util.List;

/**
 * Why a router is where it is.
 *
 * @param name the router
 * @param state state now
 * @param because facts that put and keep it there, most important first
 * @param wouldChange what would move it to another state, one sentence each
 * @param warnings static warnings about the configuration
 * @param history last transitions, newest last
 */
public record RouterExplanation(
        String name,
        RouterState state,
        List<String> because,
        List<String> wouldChange,
        List<String> warnings,
        List<Transition> history) {

    public RouterExplanation {
        because = List.copyOf(because);
        wouldChange = List.copyOf(wouldChange);
        warnings = List.copyOf(warnings);
        history = List.copyOf(history);
    }
}
