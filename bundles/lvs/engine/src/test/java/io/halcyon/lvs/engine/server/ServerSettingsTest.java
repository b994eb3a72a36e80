package io.halcyon.lvs.engine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Refusal;
import io.halcyon.spi.dataplane.Desired;
import io.halcyon.spi.dataplane.Destination;
import io.halcyon.spi.dataplane.Forwarding;
import io.halcyon.spi.dataplane.Forwarding.Checksum;
import io.halcyon.spi.dataplane.Forwarding.Encapsulation;
import io.halcyon.spi.dataplane.Persistence;
import io.halcyon.spi.dataplane.Scheduler;
import io.halcyon.spi.dataplane.SchedulerFlag;
import io.halcyon.spi.dataplane.Transport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a file may say, and what is said against one that says something else. */
class ServerSettingsTest {

    private static final String SMALLEST =
            "virtual.server = 192.0.2.1 80\nreal.server.web1 = 192.0.2.11 80\ncheck.page.type = http";

    /** The smallest file with other lines; a line without a value takes its key away. */
    private static ConfigText with(String lines) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : (SMALLEST + "\n" + lines.replace("; ", "\n")).split("\n", -1)) {
            String[] parts = line.split("=", 2);
            if (parts.length == 2) {
                values.put(parts[0].strip(), parts[1].strip());
            } else {
                values.remove(line.strip());
            }
        }
        return ConfigText.of("WEB", Texts.FILE, values);
    }

    private static ServerSettings settings(String lines) throws Refusal {
        return ServerSettings.of(with(lines));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            192.0.2.1 80                       | [192.0.2.1]:tcp:80
            2001:db8::1 80                     | [2001:db8::1]:tcp:80
            192.0.2.1 80, 192.0.2.1 443        | [192.0.2.1]:tcp:80 [192.0.2.1]:tcp:443
            192.0.2.254-255 80                 | [192.0.2.254]:tcp:80 [192.0.2.255]:tcp:80
            192.0.2.255-192.0.3.1 80           | [192.0.2.255]:tcp:80 [192.0.3.0]:tcp:80 [192.0.3.1]:tcp:80
            192.0.2.9/31 80                    | [192.0.2.8]:tcp:80 [192.0.2.9]:tcp:80
            0:0:0:0:0:0:0:ffff-1:0 80          |
            2001:db8::fe-ff 80                 | [2001:db8::fe]:tcp:80 [2001:db8::ff]:tcp:80
            2001:db8::/127 80                  | [2001:db8::]:tcp:80 [2001:db8::1]:tcp:80
            fwmark 5                           | FWM 5
            fwmark 5 inet6                     | FWM 5
            192.0.2.1 80, fwmark 5             | [192.0.2.1]:tcp:80 FWM 5
            """)
    void servicesAreAddressesRangesNetsAndMarks(String line, String expected) throws Refusal {
        boolean ipv6 = line.contains(":") || line.contains("inet6");
        ConfigText text =
                with("virtual.server = " + line + "; real.server.web1 = " + (ipv6 ? "2001:db8::11" : "192.0.2.11"));

        if (expected == null) {
            assertThat(catchThrowableOfType(Refusal.class, () -> ServerSettings.of(text))
                            .key())
                    .isEqualTo("virtual.server");
            return;
        }
        assertThat(ServerSettings.of(text).services().stream().map(Object::toString))
                .containsExactly(expected.split(" (?!\\d+$|\\d+ F)", -1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            NAT                     | Nat      |      |       |
            nat                     | Nat      |      |       |
            TUN                     | Tunnel   | IPIP | 0     | NOCSUM
            TUN ipip                | Tunnel   | IPIP | 0     | NOCSUM
            TUN type ipip           | Tunnel   | IPIP | 0     | NOCSUM
            TUN gue port 5555       | Tunnel   | GUE  | 5555  | NOCSUM
            TUN gue port 5555 csum  | Tunnel   | GUE  | 5555  | CSUM
            TUN gue port 1 remcsum  | Tunnel   | GUE  | 1     | REMCSUM
            TUN gre                 | Tunnel   | GRE  | 0     | NOCSUM
            TUN gre csum            | Tunnel   | GRE  | 0     | CSUM
            DR                      | Direct   |      |       |
            """)
    void methodsHaveTypes(String line, String kind, String encapsulation, Integer port, String checksum)
            throws Refusal {
        Forwarding forwarding =
                settings("lvs.method = " + line).realServers().get(0).forwarding();

        Forwarding expected =
                switch (kind) {
                    case "Nat" -> new Forwarding.Nat(false);
                    case "Direct" -> new Forwarding.DirectRouting();
                    default -> new Forwarding.Tunnel(
                            Encapsulation.valueOf(encapsulation), port, Checksum.valueOf(checksum));
                };
        assertThat(forwarding).isEqualTo(expected);
    }

    @Test
    void everyKeyHasItsPlace() throws Refusal {
        ServerSettings settings = settings(
                """
                virtual.server = 192.0.2.1 53
                protocol = UDP
                dataplane = ipvs
                lvs.sched = mh
                lvs.sched.flags = mh-port, flag-1
                masquerade = yes
                ops = yes
                persistence.timeout = 300
                persistence.granularity = 255.255.254.0
                quorum = 7
                hysteresis = 2
                omega = yes
                ha.suspend = yes
                quorum.up = /bin/up
                quorum.down = /bin/down 1
                weight = 10
                slow.start = 30
                ejected.max = 40
                connections.end = yes
                resolve.interval = 5
                sorry.server = 192.0.2.99
                sorry.server.inhibit = yes
                sorry.server.lvs.method = DR
                real.server.web1 = 192.0.2.11 5353
                real.server.web1.uthreshold = 4294967295
                real.server.web1.lthreshold = 100
                real.server.web1.notify.up = /bin/web1up
                real.server.web2 = web.example.org 53
                real.server.web2.weight = 0
                real.server.web2.alpha = yes
                real.server.web2.inhibit.on.failure = yes
                real.server.web2.lvs.method = TUN
                """);

        assertThat(settings.spreading())
                .isEqualTo(new Spreading(
                        "ipvs",
                        Transport.UDP,
                        Scheduler.MH,
                        Set.of(SchedulerFlag.FLAG_1, SchedulerFlag.FLAG_2),
                        new Persistence(300, 23),
                        true));
        assertThat(settings.policy())
                .isEqualTo(new Policy(7, 2, true, true, true, 5_000_000_000L, 30_000_000_000L, 40, true));
        assertThat(settings.scripts()).isEqualTo(new Scripts("/bin/up", "/bin/down 1"));
        assertThat(settings.sorry()).isNotNull();
        assertThat(settings.sorry().forwarding()).isEqualTo(new Forwarding.DirectRouting());
        RealServer web1 = settings.realServers().get(0);
        assertThat(web1.weight()).isEqualTo(10);
        assertThat(web1.upperThreshold()).isEqualTo(4_294_967_295L);
        assertThat(web1.lowerThreshold()).isEqualTo(100);
        assertThat(web1.forwarding()).isEqualTo(new Forwarding.Nat(true));
        assertThat(web1.scripts()).isEqualTo(new Scripts("/bin/web1up", ""));
        RealServer web2 = settings.realServers().get(1);
        assertThat(web2.weight()).isZero();
        assertThat(web2.host()).isEqualTo("web.example.org");
        assertThat(web2.alpha()).isTrue();
        assertThat(web2.inhibitOnFailure()).isTrue();
        assertThat(whole(settings)).isEqualTo("[192.0.2.11]:5353=10 [192.0.2.99]:53=1");
    }

    private static String whole(ServerSettings settings) {
        List<Destination> destinations = new ArrayList<>();
        for (Desired desired : settings.whole()) {
            destinations.addAll(desired.destinations());
        }
        return destinations.stream()
                .map(destination -> destination + "=" + destination.weight())
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            virtual.server                              | virtual.server            | is missing
            virtual.server =                            | virtual.server            | is missing
            virtual.server = 192.0.2.1                  | virtual.server            | persistence.timeout
            virtual.server = 192.0.2.1 0                | virtual.server            | a port from 1 to 65535
            virtual.server = 192.0.2.1 65536            | virtual.server            | a port from 1 to 65535
            virtual.server = web.example.org 80         | virtual.server            | 'ADDRESS PORT'
            virtual.server = 0.0.0.0 80                 | virtual.server            | 'ADDRESS PORT'
            virtual.server = 224.0.0.18 80              | virtual.server            | 'ADDRESS PORT'
            virtual.server = 192.0.2.1 80 TCP           | virtual.server            | 'ADDRESS PORT'
            virtual.server = 192.0.2.9-1 80             | virtual.server            | the lowest one first
            virtual.server = 192.0.2.9-256 80           | virtual.server            | 'ADDRESS PORT'
            virtual.server = 192.0.2.9-2001:db8::1 80   | virtual.server            | of the same family
            virtual.server = 10.0.0.0/8 80              | virtual.server            | 1 to 4096 addresses
            virtual.server = 10.0.0.0/33 80             | virtual.server            | LENGTH is at most 32
            virtual.server = 192.0.2.1 80, 192.0.2.1 80 | virtual.server            | each service once
            virtual.server = fwmark                     | virtual.server            | N is from 1
            virtual.server = fwmark 0                   | virtual.server            | N is from 1
            virtual.server = fwmark 5 ipv6              | virtual.server            | N is from 1
            virtual.server = 192.0.2.1 80, 2001:db8::1 80 | real.server.web1        | lvs.method = TUN
            virtual.server = 2001:db8::1 80             | real.server.web1          | an IPv6 address
            virtual.server = fwmark 5 inet6             | real.server.web1          | an IPv6 address
            virtual.server = fwmark 5; ha.suspend = yes | ha.suspend                | a mark is on every host
            protocol = ICMP                             | protocol                  | one of TCP, UDP, SCTP
            lvs.sched = best                            | lvs.sched                 | one of rr, wrr
            lvs.sched.flags = sh-port                   | lvs.sched.flags           | what belongs to lvs.sched = wlc
            lvs.sched.flags = mh-port; lvs.sched = sh   | lvs.sched.flags           | what belongs to lvs.sched = sh
            lvs.method = NAT DR                         | lvs.method                | NAT, DR, TUN
            lvs.method = TUN gue                        | lvs.method                | 'TUN gue port N'
            lvs.method = TUN gre remcsum                | lvs.method                | NAT, DR, TUN
            lvs.method = TUN ipip csum                  | lvs.method                | NAT, DR, TUN
            masquerade = yes; lvs.method = DR           | masquerade                | no, or lvs.method = NAT
            ops = yes                                   | ops                       | protocol = UDP
            persistence.granularity = 24                | persistence.granularity   | nothing while persistence.timeout is 0
            persistence.timeout = 9; persistence.granularity = 33 | persistence.granularity | from 1 to 32
            persistence.timeout = 9; persistence.granularity = 0 | persistence.granularity | from 1 to 32
            persistence.timeout = 9; persistence.granularity = 255.0.255.0 | persistence.granularity | from 1 to 32
            persistence.timeout = 2678401               | persistence.timeout       | from 0 to 2678400
            quorum = 0                                  | quorum                    | from 1 to
            hysteresis = 1                              | hysteresis                | below the quorum, 1
            weight = -1                                 | weight                    | from 0 to 2147483647
            ejected.max = 101                           | ejected.max               | from 0 to 100
            sorry.server.inhibit = yes                  | sorry.server.inhibit      | nothing without sorry.server
            sorry.server.lvs.method = DR                | sorry.server.lvs.method   | nothing without sorry.server
            sorry.server = sorry.example.org 80         | sorry.server              | an address
            sorry.server = 2001:db8::1 80               | sorry.server              | an IPv4 address
            sorry.server = 192.0.2.99 81; sorry.server.lvs.method = DR | sorry.server | port 80 or none
            sorry.server = 192.0.2.99; sorry.server.lvs.method = X | sorry.server.lvs.method | NAT, DR, TUN
            vritual.server = 192.0.2.1 80               | vritual.server            | did you mean virtual.server
            real.server.web1                            | real.server.NAME          | at least one real server
            real.server.web2.weight = 5                 | real.server.web2          | is missing
            real.server.sorry = 192.0.2.12 80           | real.server.sorry         | other than sorry
            real.server.web1 = 192.0.2.11 80 5          | real.server.web1          | a port behind a blank
            real.server.web1 = 192.0.2.11:80            | real.server.web1          | a port behind a blank
            real.server.web1 = 192.0.2.11 http          | real.server.web1          | a port from 1 to 65535
            real.server.web1 = 0.0.0.0 80               | real.server.web1          | the address of one host
            real.server.web1 = 2001:db8::1 80           | real.server.web1          | an IPv4 address
            real.server.web1 = 192.0.2.11 81; lvs.method = DR | real.server.web1    | port 80 or none
            virtual.server = 192.0.2.1; persistence.timeout = 9 | real.server.web1  | no port
            real.server.web2 = 192.0.2.11 80            | real.server.web2          | that real.server.web1 does not have
            real.server.web1.weigth = 5                 | real.server.web1.weigth   | did you mean real.server.web1.weight
            real.server.web1.weight = x                 | real.server.web1.weight   | from 0 to 2147483647
            real.server.web1.lthreshold = 5             | real.server.web1.lthreshold | at most uthreshold, 0
            real.server.web1.uthreshold = 4294967296    | real.server.web1.uthreshold | from 0 to 4294967295
            real.server.web1.lvs.method = X             | real.server.web1.lvs.method | NAT, DR, TUN
            real.server.web1.checks = none, page        | real.server.web1.checks   | none alone
            real.server.web1.checks = page, page        | real.server.web1.checks   | each check once
            real.server.web1.check.port.fall = 3        | real.server.web1.check.port.fall | keys of what looks at it: page
            real.server.web1.delay.loop = 0             | real.server.web1.delay.loop | from 0.001 to 86400
            check.page = http                           | check.page                | check.page.type
            check.port.fall = 2                         | check.port.type           | is missing
            virtual.server = fwmark 5; real.server.web1 = 192.0.2.11; check.p.type = tcp | check.p.connect.port | has none
            """)
    void whatIsWrongIsNamed(String lines, String key, String said) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> settings(lines));

        assertThat(refusal).as(lines).isNotNull();
        assertThat(refusal.key()).isEqualTo(key);
        assertThat(refusal).hasMessageStartingWith(Texts.FILE + ": " + key).hasMessageContaining(said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            check.page.type                  | real.server.web1: no check looks at it, so it is always up
            quorum = 3; hysteresis = 1       | quorum = 3 with hysteresis = 1 is never gained: all real servers together weigh 1
            slow.start = 9                   | slow.start does nothing for weights of 1: give weights of 10 or 100
            real.server.web1.checks = none   | check.page looks at no real server
            """)
    void whatIsHardlyMeantIsWarnedOf(String lines, String warning) throws Refusal {
        assertThat(settings(lines).warnings()).contains(warning);
    }

    @Test
    void theSmallestFileIsNotWarnedOf() throws Refusal {
        assertThat(settings("").warnings()).isEmpty();
        assertThat(settings("check.page.type; real.server.web1.checks = none").warnings())
                .isEmpty();
    }

    @Test
    void equalFilesAreEqualSettings() throws Refusal {
        assertThat(settings("weight = 3")).isEqualTo(settings("weight = 3"));
        assertThat(settings("weight = 3")).isNotEqualTo(settings("weight = 4"));
    }

    @Test
    void tunnelsMixFamilies() throws Refusal {
        ServerSettings settings = settings(
                "virtual.server = 192.0.2.1 80, 2001:db8::1 80; lvs.method = TUN; real.server.web2 = 2001:db8::12 80");

        assertThat(settings.whole()).hasSize(2).allSatisfy(service -> assertThat(service.destinations())
                .hasSize(2));
    }

    @Test
    void twoFilesDoNotTakeOneService() throws Refusal {
        ServerSettings web = settings("virtual.server = 192.0.2.1 80, 192.0.2.1 443");
        ConfigText text =
                Texts.named("SHOP", "virtual.server = 192.0.2.2 80, 192.0.2.1 443", "real.server.web1 = 192.0.2.11 80");
        ServerSettings shop = ServerSettings.of(text);

        Refusal refusal = catchThrowableOfType(Refusal.class, () -> shop.requireUnique(text, List.of(shop, web)));

        assertThat(refusal)
                .hasMessageContaining("etc/io.halcyon.lvs-SHOP.cfg: virtual.server")
                .hasMessageContaining("WEB takes [192.0.2.1]:tcp:443");
        shop.requireUnique(text, List.of(shop, settings("")));
    }
}
