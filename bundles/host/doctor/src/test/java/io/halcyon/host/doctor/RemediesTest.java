package io.halcyon.host.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.doctor.Diagnosis;
import io.halcyon.api.event.Severity;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemediesTest {

    @TempDir
    private Path root;

    private Patient patient;

    @BeforeEach
    void makeAHost() {
        patient = new Patient(root);
    }

    private Diagnosis seen(String text) {
        patient.object("io.halcyon.check", "chk", "type = nginx\n" + text);
        return patient.seenBy(new Remedies(patient.tree, true));
    }

    @Test
    void aServerThatWeWouldStartOurselvesIsFoundWithTheWayAround() {
        assertThat(seen("restart.command = /usr/sbin/nginx -g 'user www;'").findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                    assertThat(finding.object()).isEqualTo("check chk, restart.command = /usr/sbin/nginx");
                    assertThat(finding.why()).contains("killed with it at each stop");
                    assertThat(finding.cure())
                            .startsWith("set restart.command = /usr/bin/systemctl restart nginx in"
                                    + " etc/io.halcyon.check-chk.cfg");
                });
    }

    @Test
    void aServerOfAnotherNameIsKnownByIt() {
        assertThat(seen("process = openresty\nrestart.command = openresty").findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.cure()).contains("restart openresty in "));
    }

    @Test
    void withoutAServiceManagerThereIsNoUnit() {
        patient.object("io.halcyon.check", "chk", "type = nginx\nrestart.command = /usr/sbin/nginx");

        Diagnosis diagnosis = patient.seenBy(new Remedies(patient.tree, false));

        assertThat(diagnosis.findings()).isEmpty();
        assertThat(diagnosis.examined()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/usr/bin/systemctl restart nginx",
                "systemctl restart nginx",
                "/usr/bin/busctl call org.freedesktop.systemd1 /org/freedesktop/systemd1",
                "/usr/sbin/service nginx restart",
                "/opt/restart.sh"
            })
    void whoAsksTheServiceManagerIsFine(String command) {
        patient.file("/opt/restart.sh", "#!/bin/sh\nsystemctl restart nginx");

        Diagnosis diagnosis = seen("restart.command = " + command);

        assertThat(diagnosis.findings()).isEmpty();
        assertThat(diagnosis.notExamined()).isEmpty();
        assertThat(diagnosis.examined()).singleElement().asString().startsWith("remedies: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/opt/restart.sh", "/opt/missing.sh", "docker restart web"})
    void whatCannotBeKnownIsSaid(String command) {
        patient.file("/opt/restart.sh", "#!/bin/sh\n/usr/sbin/nginx");

        Diagnosis diagnosis = seen("restart.command = " + command);

        assertThat(diagnosis.findings()).isEmpty();
        assertThat(diagnosis.notExamined()).singleElement().asString().contains("check chk does not name systemctl");
    }
}
