package io.halcyon.host.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.api.doctor.Finding;
import io.halcyon.api.event.Severity;
import io.halcyon.api.lvs.RealServerStatus;
import io.halcyon.api.lvs.Traffic;
import io.halcyon.api.lvs.VirtualServerStatus;
import io.halcyon.testkit.Command;
import io.halcyon.testkit.InNetworkNamespace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VirtualServersTest {

    private static final String IPV4 = "/proc/sys/net/ipv4/ip_forward";
    private static final String IPV6 = "/proc/sys/net/ipv6/conf/all/forwarding";

    @TempDir
    private Path root;

    @ParameterizedTest
    @CsvSource({
        // method, real server, forwarding of IPv4 and IPv6, findings
        "NAT, [10.0.0.11]:80, 1, 0, ''",
        "NAT, [10.0.0.11]:80, 0, 1, net.ipv4.ip_forward",
        "NAT, [2001:db8::11]:80, 0, 1, ''",
        "NAT, [2001:db8::11]:80, 1, 0, net.ipv6.conf.all.forwarding",
        "DR, [10.0.0.11]:80, 0, 0, ''",
        "TUN, [10.0.0.11]:80, 0, 0, ''",
        // On this host, and not known yet.
        "NAT, [127.0.0.1]:80, 0, 0, ''",
        "NAT, [192.168.88.129]:80, 0, 0, ''",
        "NAT, web1.example.org, 0, 0, ''",
    })
    void forwardingIsMissedWhereNatNeedsIt(String method, String address, int ipv4, int ipv6, String found) {
        Patient patient = new Patient(root)
                .file(IPV4, Integer.toString(ipv4))
                .file(IPV6, Integer.toString(ipv6))
                .with(server("ipvs", "applied", method, address));

        List<Finding> findings = seen(patient);

        if (found.isEmpty()) {
            assertThat(findings).isEmpty();
            return;
        }
        assertThat(findings)
                .singleElement()
                .isEqualTo(new Finding(
                        Severity.CRITICAL,
                        "virtual server web",
                        found + " is 0, and real servers are behind NAT",
                        "the kernel forwards nothing between clients and real servers: connections are opened and never"
                                + " answered",
                        "sysctl -w " + found + "=1 (to keep it: the same in /etc/sysctl.d/90-halcyon.conf)"));
    }

    @Test
    void aDataPlaneThatIsMissingIsNamedWithWhatWouldBringOne() throws Exception {
        Patient patient =
                new Patient(root).file(IPV4, "1").with(server("", "waiting for a data plane", "NAT", "[10.0.0.11]:80"));

        assertThat(seen(patient))
                .singleElement()
                .satisfies(finding -> assertThat(finding.found())
                        .isEqualTo("waiting for a data plane; the program nft is not installed"))
                .satisfies(finding -> assertThat(finding.cure()).startsWith("apt-get install nftables"));

        patient.file("/usr/sbin/nft", "program");
        Files.setPosixFilePermissions(patient.tree.path("/usr/sbin/nft"), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(seen(patient))
                .singleElement()
                .satisfies(finding -> assertThat(finding.found()).isEqualTo("waiting for a data plane"))
                .satisfies(finding -> assertThat(finding.cure()).startsWith("bin/halcyon lvs:explain web"));
    }

    @Test
    void whatWasLookedAtIsSaidAndNothingWhereThereIsNone() {
        Patient patient = new Patient(root).file(IPV4, "1").with(server("ipvs", "applied", "NAT", "[10.0.0.11]:80"));

        assertThat(patient.seenBy(new VirtualServers(patient.tree, patient)).examined())
                .containsExactly("virtual servers: data planes ipvs; net.ipv4.ip_forward is 1");
        Patient other = new Patient(root);
        assertThat(other.seenBy(new VirtualServers(other.tree, other)).examined())
                .isEmpty();
    }

    /** In a namespace of its own, which forwards nothing until it is told to. */
    @Test
    @Tag("lab")
    @InNetworkNamespace
    void theKernelsOwnSettingIsRead() throws Exception {
        var host = new VirtualServers(Tree.OF_THE_HOST, new HostCommands(5_000));
        var patient = new Patient(root).with(server("ipvs", "applied", "NAT", "[10.0.0.11]:80"));
        Command.run("sysctl", "-w", "net.ipv4.ip_forward=0");

        assertThat(patient.seenBy(host).findings()).hasSize(1);

        Command.run("sysctl", "-w", "net.ipv4.ip_forward=1");
        assertThat(patient.seenBy(host).findings()).isEmpty();
    }

    private static List<Finding> seen(Patient patient) {
        return patient.seenBy(new VirtualServers(patient.tree, patient)).findings();
    }

    private static VirtualServerStatus server(String dataplane, String state, String method, String... addresses) {
        return new VirtualServerStatus(
                "web",
                List.of("[192.0.2.1]:tcp:80"),
                "wrr",
                method,
                dataplane,
                state,
                Health.UP,
                "",
                Instant.EPOCH,
                1,
                1,
                false,
                Traffic.NONE,
                Stream.of(addresses).map(address -> real(method, address)).toList(),
                List.of());
    }

    private static RealServerStatus real(String method, String address) {
        return new RealServerStatus(
                "web1",
                address,
                "",
                method,
                Health.UP,
                "in service",
                "",
                Instant.EPOCH,
                1,
                1,
                0,
                0,
                Traffic.NONE,
                List.of(),
                null);
    }
}
