package io.halcyon.itests.lab;

/**
 * What the kernel of a host told of an address.
 *
 * @param at when we were told
 * @param present added or renewed; false: removed
 * @param validSeconds lifetime it was given, -1 for ever
 * @param permanent whether it has no lifetime
 */
public record AddressChange(
        long at, String host, String address, boolean present, long validSeconds, boolean permanent) {}
