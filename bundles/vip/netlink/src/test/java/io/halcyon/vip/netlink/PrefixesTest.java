package io.halcyon.vip.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrefixesTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.7, 1, 10.0.0.7/32",
        "10.0.0.7, 2, 10.0.0.7/32 10.0.0.8/32",
        "10.0.0.8, 2, 10.0.0.8/31",
        "10.0.0.0, 256, 10.0.0.0/24",
        "10.0.0.1, 254, 10.0.0.1/32 10.0.0.2/31 10.0.0.4/30 10.0.0.8/29 10.0.0.16/28 10.0.0.32/27 10.0.0.64/26 10.0.0.128/26"
                + " 10.0.0.192/27 10.0.0.224/28 10.0.0.240/29 10.0.0.248/30 10.0.0.252/31 10.0.0.254/32",
        "10.0.255.255, 2, 10.0.255.255/32 10.1.0.0/32",
        "127.255.255.255, 2, 127.255.255.255/32 128.0.0.0/32",
        "255.255.255.254, 2, 255.255.255.254/31",
    })
    void coversARun(String first, int count, String expected) {
        long start = number(Lab.inet(first));
        List<InetAddress> run = addresses(LongStream.range(start, start + count));
        Collections.reverse(run);

        assertThat(text(Prefixes.covering(run))).isEqualTo(expected);
    }

    @Test
    void nothingNeedsNothing() {
        assertThat(Prefixes.covering(List.of())).isEmpty();
    }

    @Test
    void coversWhatItWasGivenAndNothingElseWithTheFewest() {
        Random random = new Random(42);
        for (int run = 0; run < 200; run++) {
            TreeSet<Long> numbers = new TreeSet<>();
            random.longs(1 + random.nextInt(300), 0x0a000000L, 0x0a000200L).forEach(numbers::add);
            List<InetAddress> addresses = addresses(numbers.stream().mapToLong(Long::longValue));

            List<Prefixes.Prefix> prefixes = Prefixes.covering(addresses);

            List<Long> covered = new ArrayList<>();
            for (Prefixes.Prefix prefix : prefixes) {
                long network = number(prefix.network());
                LongStream.range(network, network + size(prefix)).forEach(covered::add);
            }
            assertThat(covered).as("each once, in order").containsExactlyElementsOf(numbers);
            for (int i = 1; i < prefixes.size(); i++) {
                Prefixes.Prefix left = prefixes.get(i - 1);
                Prefixes.Prefix right = prefixes.get(i);
                boolean halves = left.length() == right.length()
                        && number(left.network()) % (2 * size(left)) == 0
                        && number(right.network()) == number(left.network()) + size(left);
                assertThat(halves).as("%s and %s could be one", left, right).isFalse();
            }
        }
    }

    private static long size(Prefixes.Prefix prefix) {
        return 1L << (32 - prefix.length());
    }

    private static long number(InetAddress address) {
        return Integer.toUnsignedLong(ByteBuffer.wrap(address.getAddress()).getInt());
    }

    private static List<InetAddress> addresses(LongStream numbers) {
        return numbers.mapToObj(number -> Lab.inet("%d.%d.%d.%d"
                        .formatted(number >>> 24, number >>> 16 & 0xff, number >>> 8 & 0xff, number & 0xff)))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static String text(List<Prefixes.Prefix> prefixes) {
        return prefixes.stream()
                .map(prefix -> prefix.network().getHostAddress() + "/" + prefix.length())
                .collect(Collectors.joining(" "));
    }
}
