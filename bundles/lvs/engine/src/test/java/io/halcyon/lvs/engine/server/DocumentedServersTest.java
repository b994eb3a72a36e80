package io.halcyon.lvs.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.settings.ConfigText;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Virtual servers that are shown or shipped are taken as a whole, and nothing in them is odd but what is meant to be. */
class DocumentedServersTest {

    private static final Path ROOT = Path.of(System.getProperty("halcyon.root"));
    private static final Pattern BLOCK =
            Pattern.compile("(?m)^```properties\\n# etc/io\\.halcyon\\.lvs-(\\w+)\\.cfg\\n(.*?)^```$", Pattern.DOTALL);

    /** A virtual server that is shown, and where. */
    record Shown(String page, String name, String text) {
        @Override
        public String toString() {
            return page + " " + name;
        }
    }

    static List<Shown> shown() throws IOException {
        List<Shown> shown = new ArrayList<>();
        for (String page : List.of("docs/lvs.md", "README.md")) {
            BLOCK.matcher(Files.readString(ROOT.resolve(page)))
                    .results()
                    .forEach(block -> shown.add(new Shown(page, block.group(1), block.group(2))));
        }
        Path examples = ROOT.resolve("config/examples/lvs/etc");
        if (Files.exists(examples)) {
            try (Stream<Path> files = Files.list(examples)) {
                for (Path file : files.sorted().toList()) {
                    String name = file.getFileName().toString();
                    if (name.startsWith("io.halcyon.lvs-")) {
                        shown.add(new Shown("config/examples/lvs", name, Files.readString(file)));
                    }
                }
            }
        }
        return shown;
    }

    @ParameterizedTest
    @MethodSource("shown")
    void isTaken(Shown shown) throws Exception {
        Properties read = new Properties();
        read.load(new StringReader(shown.text()));
        Map<String, String> keys = new HashMap<>();
        read.stringPropertyNames().forEach(key -> keys.put(key, read.getProperty(key)));

        ServerSettings settings = new ServerParser(ConfigText.of(shown.name(), shown.toString(), keys)).settings();

        assertThat(settings.realServers()).isNotEmpty().noneMatch(RealServer::isAlwaysUp);
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void theBlocksWereFound() throws IOException {
        assertThat(shown()).hasSizeGreaterThan(5);
    }
}
