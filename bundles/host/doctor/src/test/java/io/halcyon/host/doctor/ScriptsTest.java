package io.halcyon.host.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.api.doctor.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptsTest {

    @TempDir
    private Path root;

    private Patient patient;
    private Path script;

    @BeforeEach
    void makeAScript() throws IOException {
        patient = new Patient(root);
        script = Files.writeString(root.resolve("check.sh"), "#!/bin/sh\nexit 0\n");
        modes("rwxr-xr-x");
        configure("io.halcyon.check", "script = " + script + " --token geheim");
    }

    private void modes(String modes) throws IOException {
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString(modes));
    }

    private void configure(String pid, String text) {
        patient.objects.clear();
        patient.object(pid, "chk", text);
    }

    private List<Finding> seen() {
        return patient.seenBy(new Scripts(Tree.OF_THE_HOST)).findings();
    }

    @Test
    void aScriptThatCanBeRunIsFine() {
        assertThat(seen()).isEmpty();
        assertThat(patient.seenBy(new Scripts(Tree.OF_THE_HOST)).examined())
                .containsExactly("scripts: owners, modes and interpreters of " + script);
    }

    @Test
    void oneThatIsNotExecutableIsFoundWithItsCure() throws IOException {
        modes("rw-r--r--");

        assertThat(seen()).singleElement().satisfies(finding -> {
            assertThat(finding.object()).isEqualTo("check chk, script = " + script);
            assertThat(finding.found()).startsWith("not executable: " + script).doesNotContain("geheim");
            assertThat(finding.cure()).isEqualTo("chmod 755 " + script);
        });
    }

    @Test
    void commandsOfVipManagersAndRemediesAreLookedAtToo() throws IOException {
        modes("rw-r--r--");
        configure(
                "io.halcyon.vip", "claim = %1$s claim\nrelease = %1$s release\nverify = %1$s verify".formatted(script));
        assertThat(seen()).hasSize(3).allMatch(finding -> finding.why().contains("neither claimed nor released"));

        configure("io.halcyon.check", "type = nginx\nrestart.command = " + script);
        assertThat(seen()).singleElement().extracting(Finding::why).isEqualTo("the remedy fails when it is needed");
    }

    @Test
    void whatIsMissingIsFound() {
        configure("io.halcyon.check", "script = /nowhere/check.sh");

        assertThat(seen()).singleElement().satisfies(finding -> {
            assertThat(finding.found()).isEqualTo("file missing: /nowhere/check.sh");
            assertThat(finding.cure()).startsWith("correct script in etc/io.halcyon.check-chk.cfg");
        });
    }

    @Test
    void aMissingInterpreterAndForeignLineEndsAreFound() throws IOException {
        Files.writeString(script, "#!/usr/bin/nosuch -x\n");
        assertThat(seen())
                .singleElement()
                .extracting(Finding::found)
                .asString()
                .contains("interpreter /usr/bin/nosuch");

        Files.writeString(script, "#!/bin/sh\r\nexit 0\r\n");
        assertThat(seen()).singleElement().extracting(Finding::cure).isEqualTo("sed -i 's/\\r$//' " + script);
    }

    @Test
    void aUserThatDoesNotExistIsFound() {
        configure("io.halcyon.check", "script = " + script + "\nuser = nosuchuser");

        assertThat(seen()).singleElement().extracting(Finding::found).asString().contains("nosuchuser");
    }

    @Test
    void aUserWeMayNotBecomeIsFound() {
        configure("io.halcyon.check", "script = /bin/true\nuser = nobody");
        patient.file("/proc/self/status", "CapEff:\t0000000000803000");

        assertThat(patient.seenBy(new Scripts(patient.tree)).findings())
                .singleElement()
                .extracting(Finding::found)
                .isEqualTo("it is to run as nobody, but the container may not change users");

        patient.file("/proc/self/status", "CapEff:\t000001ffffffffff");
        assertThat(patient.seenBy(new Scripts(patient.tree)).findings()).isEmpty();
    }
}
