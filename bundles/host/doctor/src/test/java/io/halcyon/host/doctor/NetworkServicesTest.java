package io.halcyon.host.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.doctor.Diagnosis;
import io.halcyon.api.event.Event;
import io.halcyon.api.event.EventRecord;
import io.halcyon.api.event.Severity;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkServicesTest {

    private static final String UNIT = "/etc/systemd/network/10-ens33.network";
    private static final String LINK = "/run/systemd/netif/links/2";

    @TempDir
    private Path root;

    private Patient patient;

    @BeforeEach
    void makeAHost() {
        patient = new Patient(root);
    }

    private Diagnosis seen() {
        return patient.seenBy(new NetworkServices(patient.tree, patient));
    }

    private void networkd(String link, String unit) {
        patient.file("/proc/17/comm", "systemd-network").file(LINK, link).file(UNIT, "[Match]\nName=ens33\n" + unit);
    }

    @Test
    void networkdWithoutKeepConfigurationIsFound() {
        patient.with(Patient.router());
        networkd("ADMIN_STATE=configured\nNETWORK_FILE=" + UNIT, "[Network]\nDHCP=yes");

        assertThat(seen().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.found()).contains("ADMIN_STATE=configured", UNIT, "without KeepConfiguration");
            assertThat(finding.cure())
                    .startsWith("mkdir -p " + UNIT + ".d && printf '[Network]\\nKeepConfiguration=yes\\n' >" + UNIT
                            + ".d/halcyon.conf && networkctl reload");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "yes, 5000, 0",
        "yes, 0, 0",
        "static, 5000, 1",
        "static, 0, 0",
        "dhcp, 5000, 0",
        "dhcp, 0, 1",
        "no, 0, 1"
    })
    void whatKeepConfigurationKeepsDependsOnTheLease(String keep, long lease, int findings) {
        Patient.Router router = new Patient.Router();
        router.timers = Map.of("lease", lease);
        patient.with(router.status());
        networkd("ADMIN_STATE=configured\nNETWORK_FILE=" + UNIT, "[Network]\nKeepConfiguration=" + keep);

        assertThat(seen().findings()).hasSize(findings);
    }

    @Test
    void anAdditionToTheFileCounts() {
        patient.with(Patient.router()).file(UNIT + ".d/halcyon.conf", "[Network]\nKeepConfiguration=yes");
        networkd(
                "ADMIN_STATE=configured\nNETWORK_FILE=" + UNIT + "\nNETWORK_FILE_DROPINS=\"" + UNIT
                        + ".d/halcyon.conf\"",
                "[Network]\nKeepConfiguration=no");

        assertThat(seen().findings()).isEmpty();
    }

    @Test
    void whatNetworkdDoesNotManageIsNoneOfItsBusiness() {
        patient.with(Patient.router());
        networkd("ADMIN_STATE=unmanaged\nNETWORK_FILE=" + UNIT, "");

        assertThat(seen().findings()).isEmpty();
    }

    @Test
    void filesOfAServiceThatDoesNotRunAreLeftOvers() {
        patient.with(Patient.router())
                .file(LINK, "ADMIN_STATE=configured\nNETWORK_FILE=" + UNIT)
                .file("/run/NetworkManager/devices/2", "[device]\nmanaged=true");

        assertThat(seen().findings()).isEmpty();
        assertThat(seen().examined())
                .containsExactly("network services: neither systemd-networkd nor NetworkManager runs");
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 0"})
    void networkManagerIsFoundWhereItManagesTheInterface(String managed, int findings) {
        patient.with(Patient.router())
                .file("/proc/18/comm", "NetworkManager")
                .file("/run/NetworkManager/devices/2", "[device]\nmanaged=" + managed);

        assertThat(seen().findings()).hasSize(findings).allMatch(finding -> finding.severity() == Severity.INFO);
    }

    @Test
    void itMattersMoreWhenAddressesWereTakenAway() {
        patient.with(Patient.router())
                .file("/proc/18/comm", "NetworkManager")
                .file("/run/NetworkManager/devices/2", "[device]\nmanaged=true");
        Event taken =
                new Event.AddressTrouble("VI_1", "192.168.88.50/32", "was removed by somebody else", Severity.WARNING);
        patient.events.add(new EventRecord(1, Instant.EPOCH, 1, "h1", List.of(), taken));

        assertThat(seen().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.found()).endsWith("addresses removed by somebody else since the start: 1");
        });
    }
}
