package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code transport = pcap} for one router of a node, in the container that ships. */
@Tag("lab")
class PcapTransportTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String FIRST = "192.168.88.50";
    private static final String SECOND = "192.168.88.60";
    private static final Router RAW = new Router("VI_1", 2, 51, 100, "1", List.of(FIRST), "1111", false, "", 0);
    private static final Router PCAP = new Router("VI_2", 2, 52, 100, "1", List.of(SECOND), "1111", false, "", 0);

    @Test
    void aRouterWaitsForItsTransportAndForItsLibrary() throws IOException {
        try (var pair = new Pair("lab-pcap", Pair.HALCYON, Pair.HALCYON, List.of(FIRST, SECOND))) {
            var node = (HalcyonNode) pair.a();
            var host = pair.lab().host("h1");
            node.configure(List.of(RAW, PCAP));
            Directories.write(node.file(PCAP), PCAP.halcyon() + "transport = pcap\n");
            host.run("mount", "--bind", "/dev/null", library().toString());
            node.start();
            pair.awaitMaster(node, RAW, LIMIT);
            explained(node, "transport pcap is not installed");

            node.install("halcyon-transport-pcap");
            explained(
                    node,
                    "transport pcap cannot use ens33: libpcap is missing or damaged;"
                            + " it is in the Debian package libpcap0.8 (apt-get install libpcap0.8)");

            host.run("umount", library().toString());
            pair.awaitMaster(node, PCAP, LIMIT);

            node.command("bundle:update", "io.halcyon.transport.pcap").orThrow();
            startedAgain(node);
            pair.awaitMaster(node, PCAP, LIMIT);
            pair.awaitMaster(node, RAW, LIMIT);
            assertThat(node.log())
                    .as("what Pcap4J tells of itself, and names said twice")
                    .doesNotContain("Pcap4J", " PcapHandle ", "ens33: transport");
            assertThat(node.log().lines().filter(line -> line.contains("ERROR")))
                    .isEmpty();
        }
    }

    private static void explained(HalcyonNode node, String text) {
        Await.until("vrrp:explain says '" + text + "'", LIMIT, () -> node.command("vrrp:explain", PCAP.name())
                .output()
                .replaceAll("\\s+", " ")
                .contains(text));
    }

    /** Its first start ended in FAULT. */
    private static void startedAgain(HalcyonNode node) {
        Await.until("the router of the updated bundle starts", LIMIT, () -> node.log()
                .lines()
                .anyMatch(line -> line.contains(PCAP.name()) && line.contains("INIT -> BACKUP")));
    }

    /** The library as the loader finds it, without links. */
    static Path library() throws IOException {
        return Path.of(
                        "/usr/lib",
                        System.getProperty("os.arch").equals("aarch64") ? "aarch64-linux-gnu" : "x86_64-linux-gnu")
                .resolve("libpcap.so.0.8")
                .toRealPath();
    }
}
