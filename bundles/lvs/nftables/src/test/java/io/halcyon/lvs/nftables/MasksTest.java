package io.halcyon.lvs.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MasksTest {

    @Test
    void areWhatNftReads() {
        assertThat(Masks.ipv4(32)).isEqualTo("255.255.255.255");
        assertThat(Masks.ipv4(24)).isEqualTo("255.255.255.0");
        assertThat(Masks.ipv4(9)).isEqualTo("255.128.0.0");
        assertThat(Masks.ipv4(1)).isEqualTo("128.0.0.0");
        assertThat(Masks.ipv6(64)).isEqualTo("ffff:ffff:ffff:ffff:0:0:0:0");
        assertThat(Masks.ipv6(61)).isEqualTo("ffff:ffff:ffff:fff8:0:0:0:0");
        assertThat(Masks.ipv6(1)).isEqualTo("8000:0:0:0:0:0:0:0");
    }
}
