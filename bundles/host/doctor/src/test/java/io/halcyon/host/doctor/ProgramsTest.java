package io.halcyon.host.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.check.Health;
import io.halcyon.api.doctor.Finding;
import io.halcyon.api.vrrp.RouterState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramsTest {

    @TempDir
    private Path root;

    private Patient patient;

    @BeforeEach
    void makeAHost() {
        patient = new Patient(root);
    }

    private List<Finding> seen() {
        return patient.seenBy(new Programs(patient.tree)).findings();
    }

    private void capture() {
        Patient.Router router = new Patient.Router();
        router.transport = "pcap";
        patient.with(router.status());
    }

    @Test
    void whoDoesNotUseThemDoesNotNeedThem() {
        patient.with(Patient.router()).check("chk", "exec", Health.DOWN);

        assertThat(seen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/usr/lib/x86_64-linux-gnu/libpcap.so.0.8",
                "/usr/lib64/libpcap.so.1",
                "/usr/local/lib/libpcap.so"
            })
    void libpcapIsFoundWhereSystemsHaveIt(String file) {
        capture();
        patient.file(file, "\u007fELF and more");

        assertThat(seen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/usr/lib/libssl.so", "/usr/lib/libpcap.so"})
    void withoutALibraryThatIsOnePcapIsAFinding(String file) {
        capture();
        patient.file(file, "this is none");

        assertThat(seen()).singleElement().satisfies(finding -> {
            assertThat(finding.object()).isEqualTo("VI_1 (transport = pcap)");
            assertThat(finding.cure()).startsWith("apt-get install --reinstall libpcap0.8 (");
        });
    }

    @ParameterizedTest
    @CsvSource({"DOWN, 1", "UNKNOWN, 1", "UP, 0", "DEGRADED, 0"})
    void aCheckOfNginxThatIsNotUpWantsAProgram(Health health, int findings) {
        patient.check("chk", "nginx", health);

        assertThat(seen()).hasSize(findings);
    }

    @Test
    void nginxIsFoundByTheNameThatIsConfigured() throws IOException {
        patient.check("chk", "nginx", Health.DOWN)
                .object("io.halcyon.check", "chk", "type = nginx\nprocess = openresty")
                .file("/usr/sbin/nginx", "")
                .file("/usr/local/bin/openresty", "");
        Path program = patient.tree.path("/usr/local/bin/openresty");
        assertThat(seen())
                .singleElement()
                .extracting(Finding::found)
                .asString()
                .startsWith("openresty is not installed");

        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(seen()).isEmpty();
    }

    @Test
    void nginxIsFoundWhereItsRestartCommandHasIt() throws IOException {
        patient.check("chk", "nginx", Health.DOWN)
                .object("io.halcyon.check", "chk", "type = nginx\nrestart.command = /srv/web/nginx -c /srv/web/conf")
                .file("/srv/web/nginx", "");
        Files.setPosixFilePermissions(
                patient.tree.path("/srv/web/nginx"), PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(seen()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "transport pcap is not installed, INIT, bin/halcyon feature:install halcyon-transport-raw",
        "vip manager cloud is not installed, INIT, bin/halcyon feature:install halcyon-vip-exec",
        "transport raw cannot use ens33: Operation not permitted, FAULT, bin/halcyon vrrp:explain VI_1 (it needs CAP_NET_RAW",
    })
    void aRouterThatWaitsForAPluginIsAFinding(String cause, RouterState state, String cure) {
        Patient.Router router = new Patient.Router();
        router.state = state;
        router.cause = cause;
        patient.with(router.status());

        assertThat(seen()).singleElement().satisfies(finding -> {
            assertThat(finding.found()).isEqualTo(cause);
            assertThat(finding.cure()).startsWith(cure);
        });
    }
}
