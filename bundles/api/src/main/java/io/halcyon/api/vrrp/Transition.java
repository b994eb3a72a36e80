package io.halcyon.api.vrrp;

import java.time.Instant;

/**
 * A change of state in the past.
 *
 * @param at wall clock time
 * @param from state before
 * @param to state after
 * @param cause why, for a person
 */
public record Transition(Instant at, RouterState from, RouterState to, String cause) {}
