package io.halcyon.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetKeysTest {

    private static final String SECRET = "s3cr3t-t0k3n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.org/s3cr3t-t0k3n",
                "https:///s3cr3t-t0k3n",
                "https://bad_host/s3cr3t-t0k3n",
                "https://example.org:99999/s3cr3t-t0k3n",
                "https://user:s3cr3t-t0k3n@example.org/",
                "https://example.org/s3cr3t-t0k3n with blanks",
                "example.org/s3cr3t-t0k3n",
                ""
            })
    void whatIsNoAddressIsRefusedWithoutBeingShown(String url) {
        assertThatThrownBy(() -> target(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("url = *** is refused: allowed is an address")
                .hasMessageNotContaining(SECRET);
    }

    @ParameterizedTest
    @CsvSource({
        "https://am.example.org, https://am.example.org/api/v2/alerts",
        "http://am.example.org:9093/, http://am.example.org:9093/api/v2/alerts",
        "https://example.org/am/api/v2/alerts, https://example.org/am/api/v2/alerts"
    })
    void alertmanagersPathIsFilledIn(String url, String meant) {
        assertThat(target(url, "preset", "alertmanager").uri()).hasToString(meant);
        assertThat(target(url).uri()).hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no colon",
                ": value",
                "Host: example.org",
                "Content-Length: 1",
                "Authorization: Bearer s3cr3t-t0k3n",
                "idempotency-key: s3cr3t-t0k3n",
                "a b: s3cr3t-t0k3n",
                "X-Key: s3cr3t-t0k3n\r\nX-Other: 1"
            })
    void aHeaderThatIsNotForUsersIsRefusedWithoutItsValue(String header) {
        assertThatThrownBy(() -> target("https://example.org/", "headers", new String[] {header}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("headers = ")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void aTokenNeedsTlsUnlessTheServerIsThisMachine() {
        assertThatThrownBy(() -> target("http://example.org/", "token", SECRET))
                .hasMessageStartingWith("token = *** is refused: allowed is https")
                .hasMessageNotContaining(SECRET);
        assertThatThrownBy(() -> target("http://127.0.0.1.example.org/", "user", "u", "password", SECRET))
                .hasMessageStartingWith("user = u is refused: allowed is https")
                .hasMessageNotContaining(SECRET);

        assertThat(target("http://[::1]:80/", "token", SECRET).headers()).hasSize(1);
        assertThat(target("https://example.org/", "token", SECRET).headers()).hasSize(1);
    }

    @Test
    void halfALoginAndTwoLoginsAreRefused() {
        var url = "https://example.org/";
        assertThatThrownBy(() -> target(url, "user", "u")).hasMessageStartingWith("user = u");
        assertThatThrownBy(() -> target(url, "password", SECRET))
                .hasMessageStartingWith("password = ***")
                .hasMessageNotContaining(SECRET);
        assertThatThrownBy(() -> target(url, "user", "u", "password", SECRET, "token", SECRET))
                .hasMessageStartingWith("token = ***");
        assertThatThrownBy(() -> target(url, "user", "u:v", "password", SECRET)).hasMessageStartingWith("user = u:v");
        assertThatThrownBy(() -> target(url, "token", SECRET + "\r\nX: y"))
                .hasMessageStartingWith("token = ***")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void filesOfTlsNeedHttpsAndMustBeOfUse() {
        assertThatThrownBy(() -> target("http://127.0.0.1/", "tls.ca.file", "/etc/passwd"))
                .hasMessageStartingWith("tls.ca.file = /etc/passwd is refused: allowed is nothing unless");
        assertThatThrownBy(() -> target("https://127.0.0.1/", "tls.ca.file", "ca.pem"))
                .hasMessageStartingWith("tls.ca.file = ca.pem");
        assertThatThrownBy(() -> target("https://127.0.0.1/", "tls.ca.file", "/etc/passwd"))
                .hasMessageStartingWith("tls.ca.file is refused: file /etc/passwd");
        assertThatThrownBy(() -> target("https://127.0.0.1/", "tls.key.file", "/etc/passwd"))
                .hasMessageStartingWith("tls.certificate.file");
        assertThatThrownBy(() -> target("https://127.0.0.1/", "tls.certificate.file", "/etc/passwd"))
                .hasMessageStartingWith("tls.key.file");
    }

    @Test
    void theHeaderOfTheSignatureMustBeOne() {
        assertThatThrownBy(() -> target("https://example.org/", "hmac.header", "a b"))
                .hasMessageStartingWith("hmac.header = ");
        assertThatThrownBy(() -> target("https://example.org/", "hmac.header", "X-Halcyon-Timestamp"))
                .hasMessageStartingWith("hmac.header = ");
    }

    @Test
    void aTargetDoesNotPrintItsSecrets() {
        var target = target(
                "https://hooks.example.org/services/" + SECRET,
                "token",
                SECRET,
                "hmac.secret",
                SECRET,
                "headers",
                new String[] {"X-Key: " + SECRET});

        assertThat(target.toString()).isEqualTo("Target[https://hooks.example.org]");
        assertThat(target.headers().toString()).doesNotContain(SECRET);
        assertThat(target.secrets().shown("no /services/" + SECRET + "\n here, " + SECRET))
                .isEqualTo("no *** here, ***");
    }

    private static Target target(String url, Object... more) {
        return TargetKeys.read(Webhooks.keys(url, more), Clock.systemUTC());
    }
}
