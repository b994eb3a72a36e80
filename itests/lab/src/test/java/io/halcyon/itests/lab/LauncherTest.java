package io.halcyon.itests.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What bin/halcyon does before there is a container: an archive of classes, and plugins that are to boot. */
@Tag("lab")
class LauncherTest {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final String HOME = "/run/own";
    private static final String LAUNCHER = HOME + "/bin/halcyon";

    /** Owner of its address: it would advertise as soon as it runs. */
    private static final String ROUTER =
            """
            interface = %s
            version = 3
            virtual.router.id = 51
            priority = 255
            advert.int = 0.1
            virtual.ipaddress = 192.168.88.50
            """;

    @Test
    void anArchiveIsMadeOnceTouchesNoNetworkAndIsNotNeeded() {
        var directory = Distribution.root().resolve("itests/lab/target/labs/archive");
        try (var lab = Lab.create("lab-archive", directory, 1);
                var capture = Capture.of(lab)) {
            var host = lab.host("h1");
            var copy = Distribution.unpacked().copiedTo(lab.directory("h1").resolve("own"));
            host.shell("mkdir %1$s && mount --bind '%2$s' %1$s".formatted(HOME, copy.home()));
            Directories.write(copy.home().resolve("etc/io.halcyon.vrrp-VI_51.cfg"), ROUTER.formatted(Lab.INTERFACE));

            var made = host.run(Map.of(), "", List.of(LAUNCHER, "archive"));
            assertThat(made.orThrow()).contains("making an archive of classes, once");
            assertThat(capture.adverts(0, advert -> true))
                    .as("what a container sent that was to do nothing")
                    .isEmpty();
            assertThat(archives(host)).hasSize(1);
            assertThat(host.shell("ls " + HOME + "/run")).as("what it left").doesNotContain("s.");

            assertThat(mappedByAStart(host, capture, ""))
                    .contains(archives(host).get(0));
            assertThat(mappedByAStart(host, capture, "HALCYON_ARCHIVE=off ")).doesNotContain("classes-");
            var whole = archives(host);
            host.shell("truncate -s 100000 " + whole.get(0));
            assertThat(host.shell(LAUNCHER + " archive"))
                    .as("a JVM would die of it")
                    .contains("making an archive");
            assertThat(archives(host)).hasSize(1);
            assertThat(mappedByAStart(host, capture, ""))
                    .contains(archives(host).get(0));
        }
    }

    @Test
    void aFeatureThatIsNotThereIsRefusedByNameAndOneThatIsBoots() {
        var directory = Distribution.root().resolve("itests/lab/target/labs/features");
        try (var lab = Lab.create("lab-features", directory, 1);
                var node = new HalcyonNode(lab, "h1", Distribution.unpacked())) {
            var env = node.etc().resolve("halcyon.env");
            Directories.write(env, "HALCYON_FEATURES='halcyon-vip-exec halcyon-nonsense'\n");
            var refused = node.command("start");
            assertThat(refused.exit()).isEqualTo(78);
            assertThat(refused.output())
                    .contains("there is no feature halcyon-nonsense; there are", " halcyon-transport-pcap ");

            Directories.write(env, "HALCYON_FEATURES='halcyon-vip-exec halcyon-transport-pcap'\n");
            node.command("start").orThrow();
            Await.until("both boot", LIMIT, () -> {
                var installed = node.command("feature:list", "-i").output();
                return installed.contains("halcyon-vip-exec") && installed.contains("halcyon-transport-pcap");
            });
            node.command("stop", "--now").orThrow();
        }
    }

    @Test
    void theCollectorIsTheOneWithShortPausesWhereTheJvmHasIt() {
        var directory = Distribution.root().resolve("itests/lab/target/labs/collector");
        try (var lab = Lab.create("lab-collector", directory, 1);
                var node = new HalcyonNode(lab, "h1", Distribution.unpacked())) {
            var poor = lab.directory("h1").resolve("poor");
            var java = System.getProperty("java.home");
            lab.host("h1").shell("mkdir -p '%s/bin'".formatted(poor));
            Directories.write(
                    poor.resolve("bin/java"),
                    """
                    #!/bin/sh
                    case "$*" in *+UseShenandoahGC*) echo 'Option -XX:+UseShenandoahGC not supported' >&2; exit 1 ;; esac
                    exec '%s/bin/java' "$@"
                    """
                            .formatted(java));
            lab.host("h1")
                    .shell("chmod +x '%1$s/bin/java' && cp '%2$s/release' '%1$s' && echo >>'%1$s/release'"
                            .formatted(poor, java));

            assertThat(collector(lab.host("h1"), node, poor.toString()))
                    .contains("-XX:+UseSerialGC")
                    .doesNotContain("Shenandoah");
            assertThat(collector(lab.host("h1"), node, java))
                    .contains("-XX:+UseShenandoahGC")
                    .doesNotContain("SerialGC");
        }
    }

    /** Options of a container that this JVM runs. */
    private static String collector(Host host, HalcyonNode node, String javaHome) {
        Directories.write(
                node.etc().resolve("halcyon.env"), "JAVA_HOME='%s'%nHALCYON_ARCHIVE=off%n".formatted(javaHome));
        node.command("start").orThrow();
        try {
            var pid = node.etc().resolveSibling("run/halcyon.pid");
            return host.shell("tr '\\0' '\\n' </proc/$(cat '%s')/cmdline | grep '^-XX'".formatted(pid));
        } finally {
            node.command("stop", "--now").orThrow();
        }
    }

    private static List<String> archives(Host host) {
        return host.shell("ls " + HOME + "/lib/classes-*.jsa").lines().toList();
    }

    /** The files that the container's process has mapped, seen while it is master. */
    private static String mappedByAStart(Host host, Capture capture, String environment) {
        long began = Times.now();
        var said = host.shell(environment + LAUNCHER + " start");
        assertThat(said).doesNotContain("making an archive");
        capture.awaitAdvert("the router runs", began, LIMIT, advert -> advert.priority() == 255);
        var mapped = host.shell("cat /proc/$(cat %s/run/halcyon.pid)/maps".formatted(HOME));
        assertThat(host.shell("cat %s/data/log/console.log".formatted(HOME))).doesNotContain("[warning]", "[error]");
        host.shell(LAUNCHER + " stop --now");
        return mapped;
    }
}
