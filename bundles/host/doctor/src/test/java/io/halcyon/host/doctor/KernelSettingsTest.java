package io.halcyon.host.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.doctor.Finding;
import io.halcyon.api.vrrp.RouterAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** rp_filter and the ARP settings. */
class KernelSettingsTest {

    private static final String TO_PEER = "ip -j route get 192.168.88.1";

    @TempDir
    private Path root;

    private Patient patient(String through) {
        return new Patient(root)
                .with(Patient.router())
                .prints(TO_PEER, "[{\"dst\":\"192.168.88.1\",\"dev\":\"%s\"}]".formatted(through));
    }

    @ParameterizedTest
    @CsvSource({
        // all, interface, way back, findings: the larger number counts, and 2 is milder than 1
        "0, 0, mv0, 0",
        "1, 0, ens33, 0",
        "1, 0, mv0, 1",
        "0, 1, mv0, 1",
        "1, 2, mv0, 0",
        "2, 1, mv0, 0"
    })
    void strictReversePathFilteringHurtsWhereTheWayBackIsAnother(int all, int own, String through, int findings) {
        Patient patient = patient(through).ipv4("rp_filter", "all", all).ipv4("rp_filter", "ens33", own);

        assertThat(patient.seenBy(new ReversePath(patient.tree, patient)).findings())
                .hasSize(findings);
    }

    @Test
    void anAddressOfOursIsNoNeighborToAskTheWayFor() {
        Patient patient = patient("lo")
                .prints(
                        "ip -d -j addr",
                        Patient.ADDRESSES.replace(
                                "\"addr_info\":[",
                                "\"addr_info\":[{\"family\":\"inet\",\"local\":\"192.168.88.1\",\"prefixlen\":24},"))
                .prints("ip -j route get 192.168.88.2", "[{\"dst\":\"192.168.88.2\",\"dev\":\"ens33\"}]")
                .ipv4("rp_filter", "ens33", 1);

        assertThat(patient.seenBy(new ReversePath(patient.tree, patient)).findings())
                .isEmpty();
    }

    @Test
    void theFindingHasTheKernelsCountAndACure() {
        Patient patient = patient("mv0")
                .ipv4("rp_filter", "ens33", 1)
                .file(
                        "/proc/net/netstat",
                        "TcpExt: SyncookiesSent IPReversePathFilter\nTcpExt: 0 42\nIpExt: a\nIpExt: 1");

        Finding finding = patient.seenBy(new ReversePath(patient.tree, patient))
                .findings()
                .get(0);

        assertThat(finding.found())
                .isEqualTo("rp_filter is 1 (all 0, ens33 1), strict, and the way back to 192.168.88.1 goes through mv0;"
                        + " it has dropped 42 packets so far");
        assertThat(finding.cure()).startsWith("sysctl -w net.ipv4.conf.ens33.rp_filter=2 (");
    }

    @ParameterizedTest
    @CsvSource({
        // arp_ignore, address, interface of the address, findings
        "0, 10.9.9.9/32, ens33, 0",
        "1, 10.9.9.9/32, ens33, 0",
        "2, 192.168.88.50/32, ens33, 0",
        "2, 10.9.9.9/32, ens33, 1",
        "3, 10.9.9.9/32, ens33, 0",
        "8, 192.168.88.50/32, ens33, 1",
        "0, 192.168.88.50/32, lo, 0",
        "1, 192.168.88.50/32, lo, 1",
        "8, 2001:db8::1/128, ens33, 0",
    })
    void anAddressThatIsNotAnsweredForIsFound(int ignore, String cidr, String dev, int findings) {
        Patient.Router router = new Patient.Router();
        router.addresses = List.of(new RouterAddress(cidr, dev, false, true));
        Patient patient = new Patient(root)
                .with(router.status())
                .prints(
                        "ip -d -j addr",
                        Patient.ADDRESSES.strip().replaceFirst("]$", ",{\"ifname\":\"lo\",\"flags\":[\"LOOPBACK\"]}]"))
                .ipv4("arp_ignore", "all", ignore);

        assertThat(patient.seenBy(new ArpAnswers(patient.tree, patient)).findings())
                .hasSize(findings);
    }

    @Test
    void theCureOfArpIgnoreSetsWhatIsTooLarge() {
        Patient patient = patient("ens33").ipv4("arp_ignore", "all", 1).ipv4("arp_ignore", "ens33", 8);

        Finding finding =
                patient.seenBy(new ArpAnswers(patient.tree, patient)).findings().get(0);

        assertThat(finding.object()).isEqualTo("VI_1, 192.168.88.50/32 on ens33");
        assertThat(finding.found()).isEqualTo("arp_ignore is 8 (all 1, ens33 8): no request is answered at all");
        assertThat(finding.cure()).startsWith("sysctl -w net.ipv4.conf.ens33.arp_ignore=1 (");
    }

    @ParameterizedTest
    @CsvSource({"0, mv0, 0", "1, ens33, 0", "1, mv0, 1"})
    void arpFilterHurtsWhereTheWayBackIsAnother(int filter, String through, int findings) {
        Patient patient = patient(through).ipv4("arp_filter", "ens33", filter);

        assertThat(patient.seenBy(new ArpAnswers(patient.tree, patient)).findings())
                .hasSize(findings);
    }

    @Test
    void anInterfaceWithoutArpIsFound() {
        Patient patient =
                patient("ens33").prints("ip -d -j addr", Patient.ADDRESSES.replace("\"UP\"", "\"UP\",\"NOARP\""));

        assertThat(patient.seenBy(new ArpAnswers(patient.tree, patient)).findings())
                .extracting(Finding::cure)
                .containsExactly("ip link set dev ens33 arp on");
    }

    @Test
    void dotsInTheNameOfAnInterfaceAreWrittenAsSysctlWantsThem() {
        assertThat(new Sysctl(new Tree(root), "rp_filter").setting("ens33.100", 2))
                .isEqualTo("net.ipv4.conf.ens33/100.rp_filter=2");
    }
}
