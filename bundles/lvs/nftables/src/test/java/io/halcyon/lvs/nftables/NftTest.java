package io.halcyon.lvs.nftables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How nft may end, with programs that end so. */
class NftTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit makes it.
    Path directory;

    @Test
    void whatItRefusesIsToldInItsWords() {
        assertThatThrownBy(() -> run("cat > /dev/null; echo '/dev/stdin:1:1-3: Error: no such thing'; exit 1"))
                .isInstanceOf(NotTaken.class)
                .hasMessage("nft: Error: no such thing");
    }

    @Test
    void anEndBySignalIsNoRefusal() {
        assertThatThrownBy(() -> run("kill -9 $$"))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(NotTaken.class)
                .hasMessage("nft ended with status 137");
    }

    @Test
    void oneThatHangsIsEndedAndThatIsNoRefusal() {
        assertThatThrownBy(() -> run("exec sleep 60", Duration.ofSeconds(1)))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(NotTaken.class)
                .hasMessage("nft took longer than 1 s and was ended");
    }

    @Test
    void oneThatSucceedsHasReadEverything() throws IOException {
        var read = directory.resolve("read");

        run("cat > " + read);

        assertThat(read).hasContent("add table inet ours\n");
    }

    private void run(String script) throws IOException {
        run(script, Duration.ofSeconds(30));
    }

    private void run(String script, Duration limit) throws IOException {
        var program = Files.writeString(directory.resolve("nft"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        Nft.run(program, "add table inet ours\n", limit);
    }
}
