package io.halcyon.itests.lab.bench;

/**
 * How long a new master took for its addresses, from its first advertisement on.
 *
 * @param presentMillis until the kernel took packets for each
 * @param listedMillis until the last address was in the kernel's list
 * @param announcedMillis until each had had its first gratuitous ARP
 * @param lastMillis until the last gratuitous ARP of the burst
 */
record Spread(double presentMillis, double listedMillis, double announcedMillis, double lastMillis) {}
