package io.halcyon.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As root, below /tmp: a directory that everybody may write to, with the sticky bit. */
@Tag("lab")
class OwnershipRulesTest {

    private static final ScriptUser ROOT = ScriptUser.of("root");

    /** Stands for the user of a service, which has capabilities instead of being root. */
    private static final ScriptUser DAEMON = ScriptUser.of("daemon");

    @TempDir
    Path directory;

    private Path script;

    @BeforeEach
    void aGoodScript() throws IOException {
        mode(directory, "rwxr-xr-x");
        script = directory.resolve("script.sh");
        Files.writeString(script, "#!/bin/sh\n");
        mode(script, "rwxr-xr-x");
    }

    @Test
    void aFileThatOnlyRootCanChangeMayRun() throws IOException {
        assertThat(OwnershipRules.check(script, ROOT, true)).isEqualTo(script.toRealPath());
    }

    @Test
    void aFileOthersMayWriteToIsRefusedWithTheCure() throws IOException {
        mode(script, "rwxr-xrwx");

        assertThatThrownBy(() -> OwnershipRules.check(script, ROOT, true))
                .isInstanceOf(CommandRefusedException.class)
                .hasMessage(
                        "refused to run as root: %1$s (owner root, mode 757) can be changed by others than root;"
                                + " cure: chmod go-w %1$s",
                        script);
    }

    @Test
    void aFileOfAnotherUserIsRefusedWithTheCure() throws IOException {
        owner(script, "daemon");

        assertThatThrownBy(() -> OwnershipRules.check(script, ROOT, true))
                .hasMessage(
                        "refused to run as root: %1$s (owner daemon, mode 755) is not owned by root;"
                                + " cure: chown root:root %1$s",
                        script);
    }

    @Test
    void withCapabilitiesAFileOfOursOrOfRootMayRun() throws IOException {
        assertThat(OwnershipRules.check(script, DAEMON, true)).isEqualTo(script.toRealPath());
        owner(script, "daemon");
        owner(directory, "daemon");

        assertThat(OwnershipRules.check(script, DAEMON, true)).isEqualTo(script.toRealPath());
    }

    @Test
    void withCapabilitiesAFileThatOthersCanChangeIsRefused() throws IOException {
        owner(script, "daemon");
        mode(script, "rwxrwxr-x");
        assertThatThrownBy(() -> OwnershipRules.check(script, DAEMON, true))
                .hasMessage(
                        "refused to run with capabilities: %1$s (owner daemon, mode 775) can be changed by others than"
                                + " root and daemon; cure: chmod go-w %1$s",
                        script);

        owner(script, "nobody");
        mode(script, "rwxr-xr-x");
        assertThatThrownBy(() -> OwnershipRules.check(script, DAEMON, true))
                .hasMessage(
                        "refused to run with capabilities: %1$s (owner nobody, mode 755) is owned by neither root nor"
                                + " daemon; cure: chown root:root %1$s",
                        script);
    }

    @Test
    void aDirectoryOthersMayWriteToIsRefused() throws IOException {
        mode(directory, "rwxrwxr-x");

        assertThatThrownBy(() -> OwnershipRules.check(script, ROOT, true))
                .hasMessageEndingWith("cure: chmod go-w " + directory);
    }

    @Test
    void aDirectoryOfAnotherUserIsRefused() throws IOException {
        owner(directory, "daemon");

        assertThatThrownBy(() -> OwnershipRules.check(script, ROOT, true))
                .hasMessageEndingWith("cure: chown root:root " + directory);
    }

    @Test
    void aLinkIsFollowedAndItsTargetJudged() throws IOException {
        var link = directory.resolve("link");
        Files.createSymbolicLink(link, script);
        mode(script, "rwxrwxr-x");

        assertThatThrownBy(() -> OwnershipRules.check(link, ROOT, true))
                .hasMessageEndingWith("cure: chmod go-w " + script);
        mode(script, "rwxr-xr-x");
        assertThat(OwnershipRules.check(link, ROOT, true)).isEqualTo(script.toRealPath());
    }

    @Test
    void theCureCures() throws Exception {
        mode(script, "rwxrwxrwx");
        var message = "";
        try {
            OwnershipRules.check(script, ROOT, true);
        } catch (CommandRefusedException e) {
            message = e.getMessage();
        }
        var cure = message.substring(message.indexOf("cure: ") + 6);

        assertThat(ExternalCommand.of(cure, "").run(5_000).succeeded()).isTrue();
        assertThat(OwnershipRules.check(script, ROOT, true)).isNotNull();
    }

    @Test
    void aMissingOrNotExecutableFileIsNamed() throws IOException {
        assertThatThrownBy(() -> OwnershipRules.check(directory.resolve("none"), ROOT, true))
                .hasMessage("file missing: " + directory.resolve("none"));
        mode(script, "rw-r--r--");
        assertThatThrownBy(() -> OwnershipRules.check(script, ROOT, true))
                .hasMessageStartingWith("not executable: " + script)
                .hasMessageEndingWith("cure: chmod 755 " + script);
        assertThatThrownBy(() -> OwnershipRules.check(directory, ROOT, true))
                .hasMessageStartingWith("not a regular file");
    }

    @Test
    void theRulesAreOnlyForWhoMayDoMoreThanAnOrdinaryUser() throws IOException {
        mode(script, "rwxrwxrwx");

        assertThat(OwnershipRules.check(script, DAEMON, false)).isEqualTo(script.toRealPath());
    }

    @Test
    void aChangeBetweenTwoRunsIsNoticed() throws Exception {
        var command = ExternalCommand.of(script.toString(), "");
        assertThat(command.run(5_000).succeeded()).isTrue();
        mode(script, "rwxrwxrwx");

        assertThatThrownBy(() -> command.run(5_000)).isInstanceOf(CommandRefusedException.class);
    }

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private static void owner(Path path, String name) throws IOException {
        Files.setOwner(
                path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name));
    }
}
