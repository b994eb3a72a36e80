package io.halcyon.api.net;

import java.util.HexFormat;

/**
 * A 48-bit link-layer address.
 *
 * @param value the address in the low 48 bits
 */
public record MacAddress(long value) {

    private static final HexFormat COLON_HEX = HexFormat.ofDelimiter(":");

    public MacAddress {
        if (value >>> 48 != 0) {
            throw new IllegalArgumentException("more than 48 bits: " + Long.toHexString(value));
        }
    }

    /** From the six octets of a frame. */
    public static MacAddress of(byte[] octets) {
        if (octets.length != 6) {
            throw new IllegalArgumentException("a MAC address has 6 octets, not " + octets.length);
        }
        long value = 0;
        for (byte octet : octets) {
            value = (value << 8) | (octet & 0xff);
        }
        return new MacAddress(value);
    }

    /** The six octets, a new array at each call. */
    public byte[] octets() {
        byte[] octets = new byte[6];
        for (int i = 0; i < 6; i++) {
            octets[i] = (byte) (value >>> (8 * (5 - i)));
        }
        return octets;
    }

    @Override
    public String toString() {
        return COLON_HEX.formatHex(octets());
    }
}
