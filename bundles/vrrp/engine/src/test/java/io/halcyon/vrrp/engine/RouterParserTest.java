package io.halcyon.vrrp.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.api.net.VirtualAddress;
import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Refusal;
import io.halcyon.vrrp.engine.loop.RouterSettings;
import io.halcyon.vrrp.engine.loop.Track;
import io.halcyon.vrrp.protocol.AdvertisementCodec;
import io.halcyon.vrrp.protocol.GarpConfig;
import io.halcyon.vrrp.protocol.RouterConfig;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

    /** The settings as a person would say them, for one table of all keys. */
    private static String said(RouterSettings settings, String what) {
        RouterConfig protocol = settings.protocol();
        GarpConfig garp = protocol.garp();
        Object value =
                switch (what) {
                    case "version" -> protocol.version();
                    case "priority" -> protocol.priority();
                    case "interval" -> protocol.advertIntervalCentis();
                    case "preempt" -> protocol.preempt();
                    case "preempt delay" -> millis(protocol.preemptDelayNanos());
                    case "down timer" -> protocol.downTimerAdverts();
                    case "checksum" -> protocol.checksumForm();
                    case "delay" -> millis(garp.delayNanos());
                    case "repeat" -> garp.repeat();
                    case "refresh" -> millis(garp.refreshNanos());
                    case "refresh repeat" -> garp.refreshRepeat();
                    case "lower delay" -> millis(garp.lowerPriorityDelayNanos());
                    case "lower repeat" -> garp.lowerPriorityRepeat();
                    case "dead lease" -> millis(garp.deadLeaseNanos());
                    case "tracks" -> settings.tracks();
                    case "transport" -> settings.transport();
                    case "lease" -> settings.leaseSeconds();
                    case "excluded" -> settings.excluded().stream()
                            .map(VirtualAddress::cidr)
                            .toList();
                    default -> throw new AssertionError(what);
                };
        return value.toString();
    }

    private static String millis(long nanos) {
        return nanos / 1_000_000 + " ms";
    }

    @ParameterizedTest(name = "{0} = {1}: {2} is {3}, {4} without")
    @CsvSource(
            delimiter = '|',
            value = {
                "version                    | 3        | version        | 3            | 2",
                "priority                   | 42       | priority       | 42           | 100",
                "advert.int                 | 3        | interval       | 300          | 100",
                "nopreempt                  | true     | preempt        | false        | true",
                "preempt.delay              | 2.5      | preempt delay  | 2500 ms      | 0 ms",
                "down.timer.adverts         | 5        | down timer     | 5            | 3",
                "down.timer.adverts         | 5        | lease          | 7            | 5",
                "v3.checksum.as.v2          | true     | checksum       | MESSAGE_ONLY | PSEUDO_HEADER",
                "garp.master.delay          | 0        | delay          | 0 ms         | 5000 ms",
                "garp.master.delay          | 1.5      | delay          | 1500 ms      | 5000 ms",
                "garp.master.delay          | 1.5      | lower delay    | 1500 ms      | 5000 ms",
                "garp.master.repeat         | 7        | repeat         | 7            | 5",
                "garp.master.repeat         | 7        | lower repeat   | 7            | 5",
                "garp.master.refresh        | 60       | refresh        | 60000 ms     | 0 ms",
                "garp.master.refresh.repeat | 2        | refresh repeat | 2            | 1",
                "garp.lower.prio.delay      | 0.25     | lower delay    | 250 ms       | 5000 ms",
                "garp.lower.prio.delay      | 0        | lower delay    | 0 ms         | 5000 ms",
                "garp.lower.prio.repeat     | 0        | lower repeat   | 0            | 5",
                "garp.lower.prio.repeat     | 3        | lower repeat   | 3            | 5",
                "garp.lower.prio.repeat     | 3        | repeat         | 5            | 5",
                "lease                      | 17       | dead lease     | 18100 ms     | 6100 ms",
                "lease                      | off      | dead lease     | 0 ms         | 6100 ms",
                "transport                  | memory   | transport      | memory       | raw",
                "virtual.ipaddress.excluded | fd88::1  | excluded       | [fd88:0:0:0:0:0:0:1/128] | []",
            })
    void everyKeyReachesWhatItIsFor(String key, String value, String what, String expected, String without)
            throws Refusal {
        assertThat(said(parse(key, value), what)).isEqualTo(expected);
        assertThat(said(parse(), what)).isEqualTo(without);
    }

    @Test
    void interfacesAreTrackedBesideChecks() throws Refusal {
        assertThat(parse("track.script", "chk weight 5 reverse", "track.interface", "eth1, eth2 weight -30")
                        .tracks())
                .containsExactly(
                        new Track(Track.Kind.SCRIPT, "chk", 5, true),
                        new Track(Track.Kind.INTERFACE, "eth1", 0, false),
                        new Track(Track.Kind.INTERFACE, "eth2", -30, false));
    }

    /** The key by which version 3 goes out without the pseudo-header in its checksum. */
    @Test
    void theChecksumOnTheWireIsTheConfiguredOne() throws Refusal {
        InetAddress source = InetAddress.getLoopbackAddress();
        byte[] usual = AdvertisementCodec.encode(parse("version", "3").protocol(), 100, source);
        byte[] other = AdvertisementCodec.encode(
                parse("version", "3", "v3.checksum.as.v2", "true").protocol(), 100, source);

        assertThat(sum(other)).as("ones' complement sum of the message alone").isEqualTo(0xffff);
        assertThat(sum(usual)).isNotEqualTo(0xffff);
        other[6] = usual[6];
        other[7] = usual[7];
        assertThat(other).as("all but the checksum").isEqualTo(usual);
    }

    private static int sum(byte[] message) {
        ByteBuffer words = ByteBuffer.wrap(message);
        int sum = 0;
        while (words.hasRemaining()) {
            sum += words.getShort() & 0xffff;
        }
        return (sum & 0xffff) + (sum >>> 16);
    }

    @Test
    void aPasswordMayBeInAFile(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("password"), "from-a-file\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThat(parse("auth.type", "PASS", "auth.pass.file", file.toString())
                        .protocol()
                        .authPass())
                .isEqualTo("from-a-f");
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
        assertThat(settings.protocol().addresses()).hasSize(255);
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
