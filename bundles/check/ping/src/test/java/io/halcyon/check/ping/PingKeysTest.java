package io.halcyon.check.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.spi.check.HealthCheck;
import io.halcyon.testkit.Keys;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PingKeysTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "256.1.1.1",
                "1.2.3",
                "0.0.0.0",
                "224.0.0.18",
                "::",
                "ff02::1",
                "a b",
                "a..b",
                ":::",
                "fe80::1%",
                "h%eth0"
            })
    void anotherHostIsRefused(String host) {
        assertThatThrownBy(() -> create(Map.of("connect.ip", host)))
                .hasMessage("connect.ip = " + host + " is refused: allowed is the address of one host, or a host name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "2001:db8::1", "fe80::1%eth0", "gw.example.org", "localhost"})
    void hostsAreTakenAndNotLookedUp(String host) {
        assertThat(PingHost.of(host).text()).isEqualTo(host);
        assertThat(create(Map.of("connect.ip", host))).isInstanceOf(PingCheck.class);
    }

    @Test
    void aLinkLocalHostNeedsItsInterface() {
        assertThatThrownBy(() -> create(Map.of("connect.ip", "fe80::1")))
                .hasMessage("bind.if =  is refused: allowed is the interface that leads to connect.ip = fe80::1");
        assertThatThrownBy(() -> create(Map.of("connect.ip", "fe80::1%eth0", "bind.if", "eth1")))
                .hasMessageStartingWith("bind.if = eth1 is refused");
    }

    @Test
    void theSourceIsAnAddressOfTheSameFamily() {
        assertThatThrownBy(() -> create(Map.of("connect.ip", "10.0.0.1", "bindto", "::1")))
                .hasMessage("bindto = ::1 is refused: allowed is an address of the family of connect.ip");
        assertThatThrownBy(() -> create(Map.of("connect.ip", "10.0.0.1", "bindto", "eth0")))
                .hasMessageStartingWith("bindto = eth0 is refused");
    }

    @Test
    void anInterfaceHasTheNameOfOne() {
        assertThatThrownBy(() -> create(Map.of("connect.ip", "10.0.0.1", "bind.if", "a/b")))
                .hasMessage("bind.if = a/b is refused: allowed is the name of an interface");
    }

    private static HealthCheck create(Map<String, Object> keys) {
        return new PingCheckFactory().create("t", Keys.of(PingKeys.class, keys));
    }
}
