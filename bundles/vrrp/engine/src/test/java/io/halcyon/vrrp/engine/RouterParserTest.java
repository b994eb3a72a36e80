package io.halcyon.vrrp.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Refusal;
import io.halcyon.vrrp.engine.loop.RouterSettings;
import io.halcyon.vrrp.engine.loop.Track;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterParserTest {

    private static final Map<String, String> SMALLEST =
            Map.of("interface", "ens33", "virtual.router.id", "51", "virtual.ipaddress", "192.168.88.50");

    private final RouterParser parser = new RouterParser();

    private RouterSettings parse(String... more) throws Refusal {
        Map<String, Object> properties = new HashMap<>(SMALLEST);
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        return parser.parse(ConfigText.of("VI_1", "etc/io.halcyon.vrrp-VI_1.cfg", properties));
    }

    @Test
    void theSmallestConfigurationGetsKeepalivedsDefaults() throws Refusal {
        RouterSettings settings = parse();

        assertThat(settings.name()).isEqualTo("VI_1");
        assertThat(settings.protocol().priority()).isEqualTo(100);
        assertThat(settings.protocol().version()).isEqualTo(2);
        assertThat(settings.protocol().advertIntervalCentis()).isEqualTo(100);
        assertThat(settings.protocol().preempt()).isTrue();
        assertThat(settings.protocol().garp().repeat()).isEqualTo(5);
        assertThat(settings.transport()).isEqualTo("raw");
        assertThat(settings.vip()).isEqualTo("netlink");
        assertThat(settings.leaseSeconds()).isEqualTo(5);
    }

    @Test
    void theSeedsConfigurationIsRead() throws Refusal {
        RouterSettings settings = parse(
                "state",
                "MASTER",
                "priority",
                "100",
                "auth.type",
                "PASS",
                "auth.pass",
                "1111",
                "track.script",
                "chk_http_port weight -20");

        assertThat(settings.protocol().authPass()).isEqualTo("1111");
        assertThat(settings.tracks()).containsExactly(new Track(Track.Kind.SCRIPT, "chk_http_port", -20, null));
    }

    @Test
    void masterWithoutAPriorityIsTheOwner() throws Refusal {
        assertThat(parse("state", "MASTER").protocol().priority()).isEqualTo(255);
    }

    @ParameterizedTest
    @CsvSource({"2, 1, 5", "2, 3, 11", "3, 0.1, 2", "3, 0.01, 2", "3, 1, 5", "3, 40.95, 164"})
    void theLeaseOutlivesTheSlowestPeersPatience(String version, String interval, long seconds) throws Refusal {
        assertThat(parse("version", version, "advert.int", interval).leaseSeconds())
                .isEqualTo(seconds);
    }

    @Test
    void theLeaseCanBeSetAndSwitchedOff() throws Refusal {
        assertThat(parse("lease", "off").leaseSeconds()).isZero();
        assertThat(parse("lease", "17").leaseSeconds()).isEqualTo(17);
    }

    @Test
    void whatDoesNotFitIntoAPacketIsExcludedWhereKeepalivedCuts() throws Refusal {
        String many = IntStream.range(0, 300)
                .mapToObj(i -> "10.0." + i / 250 + "." + (i % 250 + 1))
                .collect(Collectors.joining(", "));
        RouterSettings settings = parse("virtual.ipaddress", many);

        assertThat(settings.advertised()).hasSize(300);
        assertThat(settings.protocol().addresses()).hasSizeLessThanOrEqualTo(255);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "virtual.router.id | 256 | from 1 to 255",
                "priority | 0 | from 1 to 255",
                "advert.int | 0.5 | whole seconds 1-255 with version = 2",
                "version | 4 | 2",
                "auth.type | AH | PASS",
                "virtual.ipaddress | example.org | is not an IP address",
                "virtual.ipaddress | fd88::1 | virtual.ipaddress.excluded",
                "virtual.ipaddress | 10.0.0.1, 10.0.0.1 | each address once",
                "track.script | chk weight 300 | -253..253",
                "lease | 1 | seconds 2-3600",
                "interface | a-name-that-is-too-long | 1 to 15 characters",
                "priorty | 100 | priority",
                "virtual_router_id | 51 | virtual.router.id",
            })
    void aBadValueNamesFileKeyValueAndWhatIsAllowed(String key, String value, String allowed) {
        assertThatThrownBy(() -> parse(key, value))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("etc/io.halcyon.vrrp-VI_1.cfg")
                .hasMessageContaining(key)
                .hasMessageContaining(value)
                .hasMessageContaining(allowed);
    }

    @Test
    void passWithVersion3IsRefused() {
        assertThatThrownBy(() -> parse("version", "3", "auth.type", "PASS", "auth.pass", "1111"))
                .hasMessageContaining("none with version = 3")
                .hasMessageNotContaining("1111");
    }

    @Test
    void passWithoutAPasswordIsRefused() {
        assertThatThrownBy(() -> parse("auth.type", "PASS")).hasMessageContaining("auth.pass.file");
    }
}
