package io.halcyon.host.doctor;

/**
 * An advertisement of VRRP over IPv4 on its way through the host. Immutable.
 *
 * @param incoming whether it comes from a peer; otherwise we send it
 * @param networkInterface where it comes in or goes out
 * @param source where it comes from; a range as long as no peer is known
 */
record Advert(boolean incoming, String networkInterface, AddressRange source) {

    static final AddressRange GROUP = AddressRange.of("224.0.0.18");
    static final int TTL = 255;
}
