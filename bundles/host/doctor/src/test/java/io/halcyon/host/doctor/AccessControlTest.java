package io.halcyon.host.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.doctor.Diagnosis;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessControlTest {

    private static final String AUDIT = "/var/log/audit/audit.log";
    private static final String ENFORCE = "/sys/fs/selinux/enforce";
    private static final String AVC =
            "type=AVC msg=audit(1700000100.123:45): avc:  denied  { create } for  pid=4711 comm=\"%s\""
                    + " scontext=system_u:system_r:init_t:s0 tcontext=system_u:system_r:init_t:s0 tclass=rawip_socket permissive=0";

    @TempDir
    private Path root;

    private Patient patient;

    @BeforeEach
    void makeAHost() {
        patient = new Patient(root).object("io.halcyon.check", "chk", "type = exec\nscript = /opt/check.sh --fast");
    }

    private Diagnosis seen() {
        return patient.seenBy(new AccessControl(patient.tree, patient, 4711, Instant.ofEpochSecond(1_700_000_000)));
    }

    @Test
    void withoutOneInForceThereIsNothingToSee() {
        patient.file(ENFORCE, "0").file(AUDIT, AVC.formatted("java"));

        assertThat(seen().findings()).isEmpty();
        assertThat(seen().examined()).containsExactly("SELinux and AppArmor: neither is in force");
    }

    @Test
    void aDenialOfSelinuxIsFoundWithWhatWasDenied() {
        patient.file(ENFORCE, "1").file(AUDIT, AVC.formatted("vrrp-loop"));

        assertThat(seen().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.found())
                    .contains("denials since the start: 1, the last: ", "create on rawip_socket", "vrrp-loop");
            assertThat(finding.cure()).startsWith("ausearch -m avc -ts today -c 'vrrp-loop' --raw | audit2allow");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"nft", "check.sh"})
    void whatWeStartConcernsUsToo(String name) {
        patient.file(ENFORCE, "1").file(AUDIT, AVC.formatted(name).replace("4711", "4712"));

        assertThat(seen().findings()).hasSize(1);
    }

    @Test
    void whatIsOldOrOfOthersOrOnlyToldIsNoFinding() {

        String ours = AVC.formatted("java");
        patient.object("io.halcyon.check", "page", "type = exec\nscript = /usr/bin/curl http://127.0.0.1/");
        patient.file(ENFORCE, "1")
                .file(
                        AUDIT,
                        ours.replace("1700000100", "1600000100") + "\n"
                                + AVC.formatted("java").replace("4711", "4712") + "\n"
                                + AVC.formatted("curl").replace("4711", "4712") + "\n"
                                + ours.replace("permissive=0", "permissive=1") + "\n"
                                + ours.replace("denied", "granted"));

        assertThat(seen().findings()).isEmpty();
        assertThat(seen().examined())
                .containsExactly(
                        "SELinux is in force: denials in /var/log/audit/audit.log since the start of the container");
    }

    @Test
    void aDenialOfAppArmorIsFoundInTheKernelsLog() {
        patient.file("/sys/module/apparmor/parameters/enabled", "Y")
                .file(
                        "/var/log/kern.log",
                        "Nov 25 h1 kernel: audit: type=1400 audit(1700000100.1:9): apparmor=\"DENIED\" operation=\"exec\""
                                + " profile=\"halcyon\" name=\"/opt/check.sh\" pid=9 comm=\"vip-exec\" requested_mask=\"x\"");

        assertThat(seen().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.found()).contains("exec on /opt/check.sh", "by profile halcyon");
            assertThat(finding.cure()).startsWith("aa-complain 'halcyon'");
        });
    }

    @Test
    void withoutAFileTheKernelIsAskedAndOtherwiseItIsSaid() {
        patient.file(ENFORCE, "1");
        assertThat(seen().notExamined()).containsExactly("SELinux and AppArmor: dmesg is not installed");

        patient.prints("dmesg", "[ 1.0] audit: " + AVC.formatted("java") + "\n");
        assertThat(seen().findings()).hasSize(1);
    }
}
