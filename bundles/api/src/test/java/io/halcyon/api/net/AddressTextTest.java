package io.halcyon.api.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTextTest {

    /** The examples of RFC 5952, and the ends of what there is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.1",
                "::",
                "::1",
                "1::",
                "2001:db8::1",
                "2001:db8::2:1",
                "2001:db8:0:1:1:1:1:1",
                "2001:0:0:1::1",
                "2001:db8::1:0:0:1",
                "2001:db8:aaaa:bbbb:cccc:dddd:eeee:1",
                "fe80::abcd:ef01:2345:6789",
                "1:2:3:4:5:6::",
                "::3:4:5:6:7:8",
                "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
            })
    void anAddressIsWrittenInTheOneWayThereIs(String text) throws UnknownHostException {
        assertThat(AddressText.of(InetAddress.getByName(text))).isEqualTo(text);
    }
}
