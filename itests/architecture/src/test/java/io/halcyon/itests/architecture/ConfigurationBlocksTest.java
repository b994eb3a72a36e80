package io.halcyon.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.halcyon.settings.ConfigText;
import io.halcyon.settings.Refusal;
import io.halcyon.settings.Schema;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever configuration we show or ship is taken by the schemas that the engines use. */
class ConfigurationBlocksTest {

    private static final Pattern FENCE = Pattern.compile("(?m)^```(\\w*)\\n(.*?)^```$", Pattern.DOTALL);
    private static final Pattern FILE = Pattern.compile("(io\\.halcyon(?:\\.\\w+){0,2})(?:-(.+))?\\.cfg");

    /** Families of keys within a virtual server's file; what stands below them is judged by other schemas. */
    private static final List<String> FAMILIES = List.of("real.server", "check");

    private static final Pattern KEY_LINE = Pattern.compile("(?m)^[a-z][a-z0-9.]* = ");

    /** One file, shipped or shown. */
    record Block(Path page, String name, String text) {
        @Override
        public String toString() {
            return Room.root().relativize(page) + " " + name;
        }
    }

    @TempDir
    Path secrets;

    static List<Block> shipped() throws IOException {
        return pages("config", ".cfg")
                .map(file -> new Block(file, file.getFileName().toString(), Room.text(file)))
                .toList();
    }

    static List<Block> shown() throws IOException {
        List<Block> blocks = new ArrayList<>();
        for (Path page : documents()) {
            for (Matcher fence = FENCE.matcher(Room.text(page)); fence.find(); ) {
                if (fence.group(1).equals("properties")) {
                    String first = fence.group(2).lines().findFirst().orElse("");
                    blocks.add(new Block(page, first.replaceFirst("# etc/", ""), fence.group(2)));
                }
            }
        }
        return blocks;
    }

    @ParameterizedTest
    @MethodSource({"shipped", "shown"})
    void isTakenByTheSchemas(Block block) throws Exception {
        Matcher file = FILE.matcher(block.name());
        assertThat(file.matches()).as("name of a file in etc: " + block.name()).isTrue();
        assertThat(block.text()).as("FileInstall would change it").doesNotContain("${", "\\");
        assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(block.text()))
                .isTrue();
        ConfigText text = ConfigText.of("shown", block.toString(), properties(block));
        if (file.group(1).equals("io.halcyon.lvs")) {
            requireVirtualServer(text);
            return;
        }
        List<Schema<?>> schemas = new ArrayList<>(family(file.group(1)));
        if (text.has("type")) {
            schemas.add(type(file.group(1), properties(block).get("type")));
        }

        text.requireKnown(schemas);
        for (Schema<?> schema : schemas) {
            text.bind(schema);
        }
    }

    /** Its own keys, those of each real server, and those of each template of checks, with what the engine adds to them. */
    private static void requireVirtualServer(ConfigText text) throws Refusal {
        text.requireKnown(family("io.halcyon.lvs"), FAMILIES);
        for (Schema<?> schema : family("io.halcyon.lvs")) {
            text.bind(schema);
        }
        for (String name : text.parts("real.server")) {
            ConfigText part = text.part("real.server." + name);
            Schema<?> schema = type("io.halcyon.lvs", "real-server");
            part.requireKnown(List.of(schema), List.of("check"));
            part.bind(schema);
            for (String check : part.parts("check")) {
                requireTemplate(
                        text, "check." + check, part.part("check." + check).written());
            }
        }
        for (String name : text.parts("check")) {
            requireTemplate(text, "check." + name, Map.of());
        }
    }

    /** @param own what is different for a real server */
    private static void requireTemplate(ConfigText text, String key, Map<String, String> own) throws Refusal {
        Map<String, String> keys = new HashMap<>(text.part(key).written());
        keys.putAll(own);
        assertThat(keys).as(key).containsKey("type");
        List<Schema<?>> schemas = new ArrayList<>(family("io.halcyon.check"));
        Schema<?> type = type("io.halcyon.check", keys.get("type"));
        schemas.add(type);
        Map<String, String> added = Map.of("connect.ip", "192.0.2.11", "connect.port", "80");
        type.keys().stream()
                .filter(known -> added.containsKey(known.name()))
                .forEach(known -> keys.putIfAbsent(known.name(), added.get(known.name())));
        ConfigText check = ConfigText.of("shown", text.file() + " " + key, keys);
        check.requireKnown(schemas);
        for (Schema<?> schema : schemas) {
            check.bind(schema);
        }
    }

    @Test
    void thereIsSomethingToTake() throws IOException {
        assertThat(shipped()).hasSizeGreaterThan(30);
        assertThat(shown()).hasSizeGreaterThan(5);
    }

    @ParameterizedTest
    @CsvSource({
        "io.halcyon.vrrp-x.cfg, interface = a;virtual.router.id = 300",
        "io.halcyon.lvs-x.cfg, virtual.server = 192.0.2.1 80;quorrum = 1",
        "io.halcyon.lvs-x.cfg, virtual.server = 192.0.2.1 80;real.server.a = 192.0.2.2 80;real.server.a.weigth = 1",
        "io.halcyon.lvs-x.cfg, virtual.server = 192.0.2.1 80;check.page.type = http;check.page.ulr = /",
        "io.halcyon.lvs-x.cfg, virtual.server = 192.0.2.1 80;check.page.type = http;check.page.interval = 0",
        "io.halcyon.lvs-x.cfg, virtual.server = 192.0.2.1 80;check.page.type = tcp;real.server.a.check.page.url = /"
    })
    void aWrongBlockWouldBeFound(String name, String lines) {
        Block wrong = new Block(Room.root(), name, lines.replace(';', '\n'));

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> isTakenByTheSchemas(wrong)))
                .isInstanceOf(Refusal.class);
    }

    /** A block that is not marked as configuration would not be loaded by this test. */
    @Test
    void everyBlockOfConfigurationIsMarkedAsSuch() throws IOException {
        List<String> unmarked = new ArrayList<>();
        for (Path page : documents()) {
            for (Matcher fence = FENCE.matcher(Room.text(page)); fence.find(); ) {
                boolean looksLikeOne = KEY_LINE.matcher(fence.group(2)).find();
                if (looksLikeOne && fence.group(1).isEmpty()) {
                    unmarked.add(Room.root().relativize(page) + ": "
                            + fence.group(2).lines().findFirst().orElse(""));
                }
            }
        }

        assertThat(unmarked).isEmpty();
    }

    private Map<String, String> properties(Block block) throws IOException {
        Properties read = new Properties();
        read.load(new StringReader(block.text()));
        Map<String, String> properties = new HashMap<>();
        read.stringPropertyNames().forEach(key -> properties.put(key, read.getProperty(key)));
        for (String key : List.copyOf(properties.keySet())) {
            boolean secret = Metatype.all().stream()
                    .flatMap(metatype -> metatype.schema().keys().stream())
                    .anyMatch(known ->
                            key.equals(known.name() + ".file") && known.kind() == io.halcyon.settings.Key.Kind.SECRET);
            if (secret) {
                properties.put(key, secretFile().toString());
            }
        }
        return properties;
    }

    private Path secretFile() throws IOException {
        Path file = secrets.resolve("secret");
        Files.writeString(file, "secret");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static List<Schema<?>> family(String pid) {
        List<Schema<?>> found = new ArrayList<>();
        Metatype.all().stream()
                .filter(metatype -> metatype.pid().equals(pid))
                .forEach(metatype -> found.add(metatype.schema()));
        assertThat(found).as("schemas of " + pid).isNotEmpty();
        return found;
    }

    /** Keys of {@code type = tls-certificate} of checks are {@code TlsCertificateKeys} in a room of that family. */
    private static Schema<?> type(String pid, String type) {
        String family = pid.replace("io.halcyon.", "") + "/";
        String keys = Pattern.compile("(?:^|-)(.)").matcher(type).replaceAll(match -> match.group(1)
                        .toUpperCase(Locale.ROOT))
                + "Keys";
        return Metatype.all().stream()
                .filter(metatype -> metatype.room().path().startsWith(family)
                        && metatype.keys().equals(keys)
                        && metatype.pid().isEmpty())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + keys + " in a room of " + family))
                .schema();
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        documents.addAll(pages("bundles", "README.md").toList());
        documents.addAll(pages("config", ".md").toList());
        if (Files.exists(Room.root().resolve("docs"))) {
            documents.addAll(pages("docs", ".md").toList());
        }
        Path readme = Room.root().resolve("README.md");
        if (Files.exists(readme)) {
            documents.add(readme);
        }
        return documents;
    }

    private static Stream<Path> pages(String folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(Room.root().resolve(folder))) {
            return files
                    .filter(file ->
                            file.toString().endsWith(suffix) && !file.toString().contains("/target/"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }
}
