package io.halcyon.notify.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.halcyon.testkit.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptsKeysTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "notify.master",
                "notify.backup",
                "notify.fault",
                "notify.stop",
                "notify.deleted",
                "notify",
                "notify.master.rx.lower.pri",
                "quorum.up",
                "quorum.down",
                "notify.up",
                "notify.down",
                "script"
            })
    void everyKeyAloneIsEnoughAndItsFileIsLookedAt(String key) {
        assertThat(read(Map.of(key, "true")).commands()).containsOnlyKeys(key);

        assertThatThrownBy(() -> read(Map.of(key, "/no/such/file x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(key + " = /no/such/file x is refused: allowed is a command that can run"
                        + " (file missing: /no/such/file)");
    }

    @Test
    void withoutAnyScriptThereIsNothingToDo() {
        assertThatThrownBy(() -> read(Map.of("user", "root")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("script =  is refused: allowed is a command here or in one of");
    }

    @Test
    void whatCannotBeACommandIsRefused() throws IOException {
        var plain = Files.createFile(directory.resolve("plain"));
        Files.setPosixFilePermissions(plain, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> read(Map.of("notify", "'/bin/true")))
                .hasMessageStartingWith("notify = '/bin/true is refused: allowed is a command line (the quote");
        assertThatThrownBy(() -> read(Map.of("notify", "bin/true")))
                .hasMessageStartingWith("notify = bin/true is refused: allowed is a command (");
        assertThatThrownBy(() -> read(Map.of("quorum.up", plain.toString())))
                .hasMessageStartingWith("quorum.up = ")
                .hasMessageContaining("chmod 755 " + plain);
    }

    @Test
    void anUnknownUserIsRefused() {
        assertThatThrownBy(() -> read(Map.of("notify", "true", "user", "nobody-we-know")))
                .hasMessageStartingWith("user = nobody-we-know is refused: allowed is 'user', 'user group'");
    }

    @Test
    @Tag("lab")
    void aFileThatOthersCanChangeIsRefused() throws IOException {
        var file = Files.writeString(directory.resolve("script"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxrwxr-x"));

        assertThatThrownBy(() -> read(Map.of("notify.fault", file.toString())))
                .hasMessageStartingWith("notify.fault = ")
                .hasMessageContaining("can be changed by others than root");
        assertThat(read(Map.of("notify.fault", file.toString(), "user", "nobody"))
                        .commands())
                .hasSize(1);
    }

    @Test
    void realServersAreReadAsEventsNameThemHoweverTheirAddressIsWritten() {
        var servers = List.of("[192.0.2.71]:tcp:80", "[2001:db8:0:0::1]:udp:53", "[::ffff:0:1]:sctp:0");
        var scripts = read(Map.of("notify.up", "true", "real.server", servers.toArray(String[]::new)));

        assertThat(scripts.realServers())
                .containsExactlyInAnyOrderElementsOf(servers.stream()
                        .map(each -> RealServer.of(each).orElseThrow())
                        .toList());
        assertThat(RealServer.of("[2001:DB8::1]:udp:53")).isEqualTo(RealServer.of("[2001:db8:0:0:0:0:0:1]:udp:53"));
        assertThat(RealServer.of("[2001:db8::1]:udp:53")).isNotEqualTo(RealServer.of("[2001:db8::1]:tcp:53"));
        assertThat(read(Map.of("notify.down", "true")).realServers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.0.2.71:80",
                "[192.0.2.71]:80",
                "[192.0.2.71]:tcp:65536",
                "[192.0.2.710]:tcp:80",
                "[web1.example]:tcp:80",
                "[bad]:tcp:80",
                "[:::]:tcp:80",
                "FWM 3",
                ""
            })
    void whatNamesNoRealServerIsRefused(String text) {
        assertThatThrownBy(() -> read(Map.of("notify.up", "true", "real.server", new String[] {text})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("real.server = " + text
                        + " is refused: allowed is a list of [address]:protocol:port, such as [192.0.2.71]:tcp:80");
    }

    @Test
    void realServersWithoutAScriptOfTheirsAreRefused() {
        assertThatThrownBy(() -> read(Map.of("script", "true", "real.server", new String[] {"[192.0.2.71]:tcp:80"})))
                .hasMessageStartingWith(
                        "real.server = [192.0.2.71]:tcp:80 is refused: allowed is nothing here without");
    }

    @Test
    void limitsHaveTheirDefaults() {
        var scripts = read(Map.of("notify", "true"));

        assertThat(scripts.limitMillis()).isEqualTo(25_000);
        assertThat(scripts.retryStatuses()).containsExactly(75);
        assertThat(read(Map.of("notify", "true", "retry.status", new int[] {})).retryStatuses())
                .isEmpty();
    }

    private static Scripts read(Map<String, Object> keys) {
        return ScriptsKeys.read(Keys.of(ExecKeys.class, keys));
    }
}
