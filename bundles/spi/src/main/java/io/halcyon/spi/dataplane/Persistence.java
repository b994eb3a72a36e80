package io.halcyon.spi.dataplane;

/**
 * Clients that stay with the destination they were given.
 *
 * @param seconds how long after their last connection, 1 to 2,678,400
 * @param prefixLength how many bits of the client's address count: 1-32, IPv6 1-128
 */
public record Persistence(int seconds, int prefixLength) {}
