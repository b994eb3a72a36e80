package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalRouteTest {

    private static final int NETWORK = 10 << 24 | 88 << 16 | 16 << 8 | 192;

    @ParameterizedTest
    @CsvSource({
        "26, 10.88.16.191, false",
        "26, 10.88.16.192, true",
        "26, 10.88.16.255, true",
        "26, 10.88.17.192, false",
        "32, 10.88.16.192, true",
        "32, 10.88.16.193, false",
        "0, 192.0.2.1, true"
    })
    void coversItsNetworkAndNoOther(int length, String address, boolean covered) {
        assertThat(new LocalRoute(0, NETWORK, length).covers(address)).isEqualTo(covered);
    }
}
