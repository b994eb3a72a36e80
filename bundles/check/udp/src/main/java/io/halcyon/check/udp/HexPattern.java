package io.halcyon.check.udp;

import java.nio.ByteBuffer;

/** Octets in hexadecimal digits, some of which may be left open. Immutable. */
final class HexPattern {

    private static final int HEX = 16;

    /** An IPv4 datagram carries no more. */
    private static final int MOST_OCTETS = 65_507;

    private final byte[] octets;
    private final byte[] mask;

    /** Both have 0 for what is open. */
    private HexPattern(byte[] octets, byte[] mask) {
        this.octets = octets;
        this.mask = mask;
    }

    /**
     * Reads pairs of digits, with or without blanks between the pairs.
     *
     * @param openAllowed whether X stands for any digit
     * @throws IllegalArgumentException saying what is allowed
     */
    static HexPattern of(String text, boolean openAllowed) {
        var digits = text.replaceAll("(?<=\\S\\S)\\s+(?=\\S\\S)", "");
        var allowed =
                "pairs of hexadecimal digits" + (openAllowed ? ", X for any digit" : "") + ", at most " + MOST_OCTETS;
        if (digits.length() % 2 != 0 || digits.length() > 2 * MOST_OCTETS) {
            throw new IllegalArgumentException(allowed);
        }
        var octets = new byte[digits.length() / 2];
        var mask = new byte[octets.length];
        for (int i = 0; i < digits.length(); i++) {
            boolean open = openAllowed && Character.toUpperCase(digits.charAt(i)) == 'X';
            int digit = open ? 0 : Character.digit(digits.charAt(i), HEX);
            if (digit < 0 || digits.charAt(i) > 'x') {
                throw new IllegalArgumentException(allowed);
            }
            octets[i / 2] = (byte) (octets[i / 2] << 4 | digit);
            mask[i / 2] = (byte) (mask[i / 2] << 4 | (open ? 0 : 0xf));
        }
        return new HexPattern(octets, mask);
    }

    byte[] octets() {
        return octets.clone();
    }

    boolean isEmpty() {
        return octets.length == 0;
    }

    boolean isBeginningOf(ByteBuffer data) {
        if (data.remaining() < octets.length) {
            return false;
        }
        for (int i = 0; i < octets.length; i++) {
            if ((data.get(data.position() + i) & mask[i]) != octets[i]) {
                return false;
            }
        }
        return true;
    }
}
