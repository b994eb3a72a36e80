package io.halcyon.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    @ParameterizedTest
    @CsvSource({
        "192.168.201.100, 192.168.201.100:443",
        "::1, [::1]:443",
        "[fe80::1], [fe80::1]:443",
        "::ffff:10.0.0.1, [::ffff:10.0.0.1]:443"
    })
    void anAddressIsTakenAsItIs(String text, String shown) {
        Endpoint endpoint = Endpoint.of(text, 443);

        assertThat(endpoint.isNamed()).isFalse();
        assertThat(endpoint).hasToString(shown);
        assertThat(Endpoint.withPort(text, 443)).isEqualTo(endpoint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "db-1.example.org", "example.org.", "1and1.example", "_x.y", "fe80::1%eth7", "3com"
            })
    void aNameIsNotLookedUp(String text) {
        assertThat(Endpoint.of(text, 25).isNamed()).isTrue();
        assertThat(Endpoint.withPort(text, 25).host()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "256.1.1.1",
                "1.2.3",
                "1.2.3.4.5",
                "12",
                ":::",
                "a:b",
                "http://x",
                "a..b",
                "x/y",
                "[a",
                "10.0.0.1%eth0"
            })
    void nothingElseIsTaken(String text) {
        assertThatThrownBy(() -> Endpoint.of(text, 25))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an address or a host name");
        assertThatThrownBy(() -> Endpoint.withPort(text, 25))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("an address or a host name, and a port");
    }

    @ParameterizedTest
    @CsvSource({
        "mx.example.org:587, mx.example.org:587",
        "10.0.0.1:587, 10.0.0.1:587",
        "[::1]:587, [::1]:587",
        "[fe80::1%eth0]:587, [fe80::1%eth0]:587",
        "mx.example.org, mx.example.org:25"
    })
    void aPortMayBeBehindIt(String text, String shown) {
        assertThat(Endpoint.withPort(text, 25)).hasToString(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:0", "a:65536", "a:99999", "a:", ":25", "a:25:26", "[::1]25", "10.0.0.300:25"})
    void aWrongPortIsRefused(String text) {
        assertThatThrownBy(() -> Endpoint.withPort(text, 25)).isInstanceOf(IllegalArgumentException.class);
    }
}
