package io.halcyon.api.doctor;

import io.halcyon.api.event.Severity;

/**
 * Something that is wrong with this host, or about to be. Immutable.
 *
 * @param severity how much it matters
 * @param object what it is about: a router with its interface, an address, a check, a file
 * @param found what was seen, with its figures
 * @param why what it does to the service
 * @param cure the command to type or the key to change; what keeps it over a restart of the host follows in parentheses
 */
public record Finding(Severity severity, String object, String found, String why, String cure) {}
