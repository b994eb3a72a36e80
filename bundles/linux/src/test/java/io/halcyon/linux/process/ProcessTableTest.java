package io.halcyon.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ProcessTableTest {

    @TempDir
    Path proc;

    @Test
    void weAreInTheTableWithNameArgumentsAndParent() throws Exception {
        var self = ProcessHandle.current();

        var found = ProcessTable.system().process(self.pid());
        assertThat(found.name()).isEqualTo("java");
        assertThat(found.isAlive()).isTrue();
        assertThat(found.isInOurNetwork()).isTrue();
        assertThat(found.arguments().get(0)).endsWith("java");
        assertThat(found.parent().pid()).isEqualTo(self.parent().orElseThrow().pid());
        assertThat(ProcessTable.system().all()).contains(found);
    }

    @Test
    void aProcessThatEndedIsNotAliveBeforeAndAfterItWasWaitedFor() throws Exception {
        var child = new ProcessBuilder("sleep", "60").start();
        var found = ProcessTable.system().process(child.pid());
        assertThat(found.isAlive()).isTrue();
        child.destroyForcibly().waitFor();

        assertThat(found.isAlive()).isFalse();
        assertThat(found.name()).isEmpty();
        assertThat(found.arguments()).isEmpty();
        assertThat(found.parent().isAlive()).isFalse();
    }

    @Test
    void aNameMayContainAnythingAndAZombieIsDead() throws Exception {
        process(7, "a) S (b", "Z", "");
        process(8, "b c", "S", "/usr/bin/b\0-x\0two words\0");

        assertThat(new ProcessTable(proc).process(7).name()).isEqualTo("a) S (b");
        assertThat(new ProcessTable(proc).process(7).isAlive()).isFalse();
        assertThat(new ProcessTable(proc).process(7).parent().pid()).isEqualTo(1);
        assertThat(new ProcessTable(proc).process(8).arguments()).containsExactly("/usr/bin/b", "-x", "two words");
    }

    @Test
    void aTitleIsWhatAProcessShowsInsteadOfItsCommand() throws Exception {
        process(9, "nginx", "S", "nginx: master process /usr/sbin/nginx\0\0\0\0");

        assertThat(new ProcessTable(proc).process(9).arguments())
                .containsExactly("nginx: master process /usr/sbin/nginx");
    }

    @Test
    void withoutProcNobodyKnows() {
        assertThatThrownBy(() -> new ProcessTable(proc.resolve("none")).all()).isInstanceOf(NoSuchFileException.class);
    }

    private void process(int pid, String name, String state, String arguments) throws IOException {
        var directory = Files.createDirectories(proc.resolve("" + pid));
        Files.writeString(directory.resolve("stat"), pid + " (" + name + ") " + state + " 1 1 1\n");
        Files.writeString(directory.resolve("comm"), name + "\n");
        Files.writeString(directory.resolve("cmdline"), arguments);
    }
}
