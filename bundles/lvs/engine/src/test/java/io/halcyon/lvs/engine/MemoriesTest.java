package io.halcyon.lvs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.lvs.engine.server.Memory;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoriesTest {

    @TempDir
    Path directory;

    @Test
    void whatWasKnownIsKnownAgain() throws Exception {
        var memory = new Memory(
                Map.of("[192.0.2.11]:80", true, "[2001:db8:0:0:0:0:0:1]:80", false),
                Map.of("web1", List.of(InetAddress.getByName("192.0.2.11"), InetAddress.getByName("2001:db8::1"))),
                true);

        new Memories(directory.resolve("lvs")).keep("web", memory);

        assertThat(new Memories(directory.resolve("lvs")).find("web")).isEqualTo(memory);
    }

    @Test
    void aServerThatIsGoneIsForgotten() {
        var memories = new Memories(directory);
        memories.keep("web", new Memory(Map.of("[192.0.2.11]:80", true), Map.of(), false));

        memories.forget("web");

        assertThat(memories.find("web")).isEqualTo(Memory.NONE);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aDamagedFileIsAsGoodAsNone() throws Exception {
        Files.writeString(directory.resolve("web"), "addresses.web1 = not.an.address");
        Files.writeString(directory.resolve("mail"), "up.a = \\u00zz");

        assertThat(new Memories(directory).find("web")).isEqualTo(Memory.NONE);
        assertThat(new Memories(directory).find("mail")).isEqualTo(Memory.NONE);
    }
}
