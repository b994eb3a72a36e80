package io.halcyon.vip.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Refusal;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsParserTest {

    private static final Map<String, String> SMALLEST = Map.of(
            "type", "exec",
            "claim", "/sbin/cloud claim {cidr}",
            "release", "/sbin/cloud release {address} {prefix}",
            "verify", "/sbin/cloud verify {address} on={dev}");

    private static ExecSettings parse(String name, String... more) throws Refusal {
        Map<String, Object> properties = new HashMap<>(SMALLEST);
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        return new SettingsParser().parse(ConfigText.of(name, "etc/io.halcyon.vip-" + name + ".cfg", properties));
    }

    @Test
    void theSmallestConfigurationHasDefaults() throws Refusal {
        ExecSettings settings = parse("cloud");

        assertThat(settings.timeoutMillis()).isEqualTo(10_000);
        assertThat(settings.verifyNanos()).isEqualTo(10_000_000_000L);
        assertThat(settings.retryNanos()).isEqualTo(1_000_000_000L);
        assertThat(settings.parallel()).isEqualTo(4);
        assertThat(settings.secret()).isEmpty();
    }

    @Test
    void placesAreFilledWithinWordsAndNeverMakeTwo() throws Exception {
        ExecSettings settings = parse("cloud", "claim", "/sbin/cloud '{\"ip\": \"{address}\"}' {dev}");
        VirtualAddress address = new VirtualAddress(
                InetAddress.getByName("10.0.0.50"), 24, null, null, VirtualAddress.SCOPE_GLOBAL, null);

        assertThat(settings.claim().fill(address, "a b").words())
                .containsExactly("/sbin/cloud", "{\"ip\": \"10.0.0.50\"}", "a b");
        assertThat(settings.release().fill(address, "eth0").words())
                .containsExactly("/sbin/cloud", "release", "10.0.0.50", "24");
        assertThat(settings.verify().fill(address, "eth0").words())
                .containsExactly("/sbin/cloud", "verify", "10.0.0.50", "on=eth0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "claim | /sbin/cloud {ip} | {ip} is none of {address}, {prefix}, {cidr}, {dev}",
                "claim | cloud/claim {address} | full path",
                "claim | {address} | cannot be replaced",
                "release | /sbin/cloud 'x | is not closed",
                "user | nobody-we-know | is not known on this machine",
                "timeout | 0 | a number from 0.1 to 300",
                "verify.interval | often | a number from 0.1 to 86400",
                "parallel | 100 | a whole number from 1 to 64",
                "type | netlink | one of exec",
                "verfy | /bin/true | did you mean verify?"
            })
    void aBadValueIsRefusedByFileKeyAndValue(String key, String value, String allowed) {
        assertThatThrownBy(() -> parse("cloud", key, value))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("etc/io.halcyon.vip-cloud.cfg: " + key + " = " + value + " is refused: ")
                .hasMessageContaining(allowed);
    }

    @Test
    void theKernelsNameIsTaken() {
        assertThatThrownBy(() -> parse("netlink"))
                .hasMessageContaining("another name than netlink, which is the kernel's");
    }

    @Test
    void theSecretIsInNoText() throws Refusal {
        ExecSettings settings = parse("cloud", "secret", "sesame");

        assertThat(settings.toString()).doesNotContain("sesame");
        assertThat(settings.masked("token sesame refused")).isEqualTo("token *** refused");
    }
}
