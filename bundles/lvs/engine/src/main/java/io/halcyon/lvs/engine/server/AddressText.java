package io.halcyon.lvs.engine.server;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Addresses as keepalived and RFC 5952 write them: the longest run of zeros left out. */
final class AddressText {

    private static final int GROUPS = 8;

    private AddressText() {}

    static String of(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        int[] groups = groups(address.getAddress());
        int begin = -1;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int zeros = zerosAt(groups, i);
            if (zeros > length) {
                begin = i;
                length = zeros;
            }
        }
        if (begin < 0) {
            return joined(groups, 0, GROUPS);
        }
        return joined(groups, 0, begin) + "::" + joined(groups, begin + length, GROUPS);
    }

    private static int[] groups(byte[] octets) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (octets[2 * i] & 0xff) << Byte.SIZE | (octets[2 * i + 1] & 0xff);
        }
        return groups;
    }

    private static int zerosAt(int[] groups, int begin) {
        int end = begin;
        while (end < GROUPS && groups[end] == 0) {
            end++;
        }
        return end - begin;
    }

    private static String joined(int[] groups, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
