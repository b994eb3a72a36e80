package io.halcyon.itests.lab.bench;

/**
 * How long a new master took for its addresses, from its first advertisement on.
 *
 * @param presentMillis until the kernel told of the last address
 * @param answersMillis until the host took packets for each: the kernel had told of it, or it had been announced
 * @param announcedMillis until each had had its first gratuitous ARP
 * @param lastMillis until the last gratuitous ARP of the burst
 */
record Spread(double presentMillis, double answersMillis, double announcedMillis, double lastMillis) {}
