package io.halcyon.vrrp.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.net.VirtualAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressLineTest {

    @Test
    void aBareAddressGetsKeepalivedsDefaults() throws UnknownHostException {
        VirtualAddress address = AddressLine.parse(" 192.168.88.50 ");

        assertThat(address).isEqualTo(VirtualAddress.of(InetAddress.getByName("192.168.88.50")));
        assertThat(address.prefixLength()).isEqualTo(32);
    }

    @Test
    void everyAttributeIsRead() {
        VirtualAddress address = AddressLine.parse("10.0.0.5/24 dev eth1 brd + scope link label eth1:vip");

        assertThat(address.cidr()).isEqualTo("10.0.0.5/24");
        assertThat(address.dev()).isEqualTo("eth1");
        assertThat(address.label()).isEqualTo("eth1:vip");
        assertThat(address.scope()).isEqualTo(253);
        assertThat(address.broadcast()).hasToString("/10.0.0.255");
    }

    @Test
    void aBroadcastInsideAnOctetIsComputed() {
        assertThat(AddressLine.parse("10.0.0.5/29 broadcast +").broadcast()).hasToString("/10.0.0.7");
        assertThat(AddressLine.parse("10.0.0.5/29 brd -").broadcast()).isNull();
        assertThat(AddressLine.parse("10.0.0.5/29 brd 10.0.0.9").broadcast()).hasToString("/10.0.0.9");
    }

    @Test
    void anIpv6AddressIsRead() {
        VirtualAddress address = AddressLine.parse("fd88::50/64");

        assertThat(address.isIpv6()).isTrue();
        assertThat(address.prefixLength()).isEqualTo(64);
    }

    @ParameterizedTest
    @CsvSource({
        "example.org, ~example.org~ is not an IP address",
        "10.0.0.256, ~10.0.0.256~ is not an IP address",
        "10.0.0.1/33, prefix length 33 is not within 0-32",
        "10.0.0.1/x, prefix length ~x~ is not a number",
        "10.0.0.1 dev, ~dev~ lacks its value",
        "10.0.0.1 colour red, ~colour~ is not known",
        "10.0.0.1 scope far, scope ~far~ is not a number",
        "fd88::1 brd +, brd is for IPv4 only",
        "fd88::1 label a, label is for IPv4 only and has at most 15 characters",
    })
    void aBadLineSaysWhatIsWrong(String line, String message) {
        assertThatThrownBy(() -> AddressLine.parse(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message.replace("~", "'"));
    }
}
