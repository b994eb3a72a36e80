package io.halcyon.itests.lab;

/**
 * A route to the host itself.
 *
 * @param at when we were told
 * @param network its IPv4 network
 * @param length of the prefix, in bits
 */
public record LocalRoute(long at, int network, int length) {

    /** Whether packets for an IPv4 address go by it. */
    public boolean covers(String address) {
        int bits = 0;
        for (var octet : address.split("\\.", -1)) {
            bits = bits << 8 | Integer.parseInt(octet);
        }
        return length == 0 || (bits ^ network) >>> (32 - length) == 0;
    }
}
