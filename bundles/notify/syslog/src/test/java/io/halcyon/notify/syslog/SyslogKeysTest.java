package io.halcyon.notify.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyslogKeysTest {

    @ParameterizedTest
    @CsvSource({
        "local, /dev/log",
        "udp, udp 127.0.0.1:514",
        "tcp, tcp 127.0.0.1:514",
        "tls, tls 127.0.0.1:6514",
    })
    void everyTransportHasItsUsualPlace(String transport, String place) {
        assertThat(RouteKeys.read(Syslogs.keys("transport", transport)).place()).isEqualTo(place);
    }

    @Test
    void anAddressOfIpv6IsShownAsOne() {
        assertThat(RouteKeys.read(Syslogs.keys("transport", "udp", "server", "::1", "port", 5140))
                        .place())
                .isEqualTo("udp [::1]:5140");
    }

    @ParameterizedTest
    @CsvSource({
        "socket, dev/log",
        "app.name, 'a b'",
        "app.name, ''",
        "hostname, 'a b'",
        "structured.id, 'a b'",
        "structured.id, 'a=b'",
        "structured.id, aaaaaaaaaaaaaaaaaaaaaaaaaa@123456",
        "tls.ca.file, /etc/ssl/own-ca.pem"
    })
    void whatMakesNoSenseIsRefusedByName(String key, String value) {
        assertThatThrownBy(() -> Syslogs.notifier(key, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key + " = " + value + " is refused: allowed is ");
    }

    @Test
    void aServerAndFilesMustBeOfUse() {
        assertThatThrownBy(() -> Syslogs.notifier("transport", "tcp", "server", "a b"))
                .hasMessageStartingWith("server = a b");
        assertThatThrownBy(() -> Syslogs.notifier("transport", "tls", "tls.ca.file", "/etc/passwd"))
                .hasMessageStartingWith("tls.ca.file is refused: file /etc/passwd");
        assertThatThrownBy(() -> Syslogs.notifier("transport", "tls", "tls.ca.file", "ca.pem"))
                .hasMessageStartingWith("tls.ca.file = ca.pem");
        assertThatThrownBy(() -> Syslogs.notifier("transport", "tls", "tls.key.file", "/etc/passwd"))
                .hasMessageStartingWith("tls.certificate.file");
        assertThatThrownBy(() -> Syslogs.notifier("message.max", 479)).hasMessageStartingWith("message.max = 479");
    }
}
