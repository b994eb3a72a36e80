package io.halcyon.host.doctor;

import java.util.Collection;
import java.util.Optional;
import java.util.stream.LongStream;

/** IPv4 addresses from one to another, both included. Immutable. */
record AddressRange(long low, long high) {

    static final AddressRange ALL = new AddressRange(0, 0xffffffffL);

    static AddressRange of(String address) {
        long number = number(address);
        return new AddressRange(number, number);
    }

    static AddressRange ofPrefix(String address, int length) {
        long size = 1L << (32 - length);
        long low = number(address) / size * size;
        return new AddressRange(low, low + size - 1);
    }

    static AddressRange between(String low, String high) {
        return new AddressRange(number(low), number(high));
    }

    /** Whether an address of the other range is in this one. */
    Truth contains(AddressRange other) {
        if (other.high < low || other.low > high) {
            return Truth.NO;
        }
        return other.low >= low && other.high <= high ? Truth.YES : Truth.UNKNOWN;
    }

    /** The first host address that is none of the given ones; empty if there is no room for another host. */
    Optional<String> hostBeside(Collection<String> ours) {
        return LongStream.range(low + 1, high)
                .mapToObj(AddressRange::text)
                .filter(address -> !ours.contains(address))
                .findFirst();
    }

    @Override
    public String toString() {
        return low == high ? text(low) : text(low) + "-" + text(high);
    }

    private static String text(long number) {
        return (number >> 24) + "." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
    }

    /** -1 for what is no IPv4 address. */
    private static long number(String address) {
        if (!address.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
            return -1;
        }
        long number = 0;
        for (String octet : address.split("\\.", -1)) {
            number = number << 8 | Integer.parseInt(octet);
        }
        return number;
    }
}
