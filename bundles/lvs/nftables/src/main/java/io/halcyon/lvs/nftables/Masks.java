package io.halcyon.lvs.nftables;

import java.math.BigInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Prefix lengths as the masks that nft(8) reads. */
final class Masks {

    private static final int IPV6_BITS = 128;

    private Masks() {}

    static String ipv4(int prefixLength) {
        int mask = prefixLength == 0 ? 0 : -1 << (32 - prefixLength);
        return IntStream.of(24, 16, 8, 0)
                .mapToObj(shift -> Integer.toString(mask >>> shift & 0xff))
                .collect(Collectors.joining("."));
    }

    static String ipv6(int prefixLength) {
        var mask =
                BigInteger.ONE.shiftLeft(prefixLength).subtract(BigInteger.ONE).shiftLeft(IPV6_BITS - prefixLength);
        return IntStream.rangeClosed(1, 8)
                .mapToObj(word -> Integer.toHexString(
                        mask.shiftRight(IPV6_BITS - 16 * word).intValue() & 0xffff))
                .collect(Collectors.joining(":"));
    }
}
