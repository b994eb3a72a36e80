package io.halcyon.transport.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WatchFilterTest {

    @Test
    void nothingIsWatchedWithoutAddresses() {
        assertThat(WatchFilter.of(List.of())).isEqualTo(WatchFilter.NOTHING);
    }

    @Test
    void eachFamilyHasItsClause() throws Exception {
        assertThat(WatchFilter.of(List.of(InetAddress.getByName("192.0.2.50"), InetAddress.getByName("2001:db8::1:2"))))
                .isEqualTo("arp[0:2] = 0xffff"
                        + " or (arp[2:2] = 0x0800 and arp[4:2] = 0x0604 and (arp[14:4] = 3221226034))"
                        + " or (ip6[6] = 58 and ip6[7] = 255 and ip6[40] = 136 and (ip6[60:4] = 65538))");
    }

    @Test
    void soManyThatCompilingTakesLongAreLeftOut() {
        assertThat(WatchFilter.of(addresses(255))).contains("arp[14:4]");
        assertThat(WatchFilter.of(addresses(256)))
                .isEqualTo("arp[0:2] = 0xffff or (arp[2:2] = 0x0800 and arp[4:2] = 0x0604)");
    }

    private static List<InetAddress> addresses(int count) {
        return IntStream.range(0, count).mapToObj(WatchFilterTest::address).toList();
    }

    private static InetAddress address(int number) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 1, (byte) (number >>> 8), (byte) number});
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
