package io.halcyon.api.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Addresses as everybody but the JDK writes them (RFC 5952): {@code 2001:db8::1}, not {@code 2001:db8:0:0:0:0:0:1}. Scripts and FIFO
 * readers that were made for keepalived compare them as text.
 */
public final class AddressText {

    private static final int GROUPS = 8;

    private AddressText() {}

    /** The text of an address, without a zone. */
    public static String of(InetAddress address) {
        return address instanceof Inet6Address ? ofGroups(groups(address)) : address.getHostAddress();
    }

    private static int[] groups(InetAddress address) {
        var bytes = ByteBuffer.wrap(address.getAddress());
        var groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = Short.toUnsignedInt(bytes.getShort());
        }
        return groups;
    }

    /** The longest run of zeros is {@code ::}, the first of several; RFC 5952, section 4.2. */
    private static String ofGroups(int[] groups) {
        int begin = 0;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int zeros = zerosFrom(i, groups);
            if (zeros > length) {
                begin = i;
                length = zeros;
            }
        }
        return length == 1
                ? joined(groups, 0, GROUPS)
                : joined(groups, 0, begin) + "::" + joined(groups, begin + length, GROUPS);
    }

    private static int zerosFrom(int from, int[] groups) {
        int end = from;
        while (end < GROUPS && groups[end] == 0) {
            end++;
        }
        return end - from;
    }

    private static String joined(int[] groups, int from, int to) {
        var text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
