package io.halcyon.vip.netlink;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The fewest IPv4 networks that hold some addresses and no others. */
final class Prefixes {

    private static final int BITS = 32;

    private Prefixes() {}

    /** A network, as it is written with a slash. */
    record Prefix(InetAddress network, int length) {}

    /** In their order; of addresses of which no two are the same. Without streams: a takeover waits for it. */
    static List<Prefix> covering(List<InetAddress> addresses) {
        long[] numbers = new long[addresses.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(addresses.get(i).getAddress());
        }
        Arrays.sort(numbers);
        List<Prefix> prefixes = new ArrayList<>();
        for (int i = 0; i < numbers.length; ) {
            int bits = largest(numbers, i);
            prefixes.add(new Prefix(address(numbers[i]), BITS - bits));
            i += 1 << bits;
        }
        return prefixes;
    }

    /** How many bits the largest network has free that begins at that address. */
    private static int largest(long[] numbers, int from) {
        int bits = 0;
        for (int next = 1; next < BITS; next++) {
            long size = 1L << next;
            boolean aligned = numbers[from] % size == 0;
            boolean complete =
                    from + size <= numbers.length && numbers[from + (int) size - 1] == numbers[from] + size - 1;
            if (!aligned || !complete) {
                break;
            }
            bits = next;
        }
        return bits;
    }

    private static long number(byte[] octets) {
        long number = 0;
        for (byte octet : octets) {
            number = (number << Byte.SIZE) | Byte.toUnsignedLong(octet);
        }
        return number;
    }

    private static InetAddress address(long number) {
        try {
            return InetAddress.getByAddress(
                    ByteBuffer.allocate(Integer.BYTES).putInt((int) number).array());
        } catch (UnknownHostException e) {
            throw new AssertionError("four octets are an address", e);
        }
    }
}
